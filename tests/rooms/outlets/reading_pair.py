"""The theme to keep and the one to care for, read with their drawings and values."""

import re

from tests.rooms.outlets.named_themes import to_care_for, to_keep
from tests.rooms.outlets.reading_drawings import strip
from tests.rooms.outlets.reading_first_page import box
from tests.rooms.outlets.sentences_first_page import CARE, KEEP
from tests.rooms.outlets.told import ends


def box_pair(t, pair, heads=("One thing to keep", "One thing to care for")):
    """Read the theme to keep and the one to care for."""
    keep, care = pair.parts("div", "cell")
    read_box(t, keep, "keep", heads[0])
    read_box(t, care, "care", heads[1])


def read_box(t, place, what, start):
    """Read what is said of the theme to keep or to care for: its name, drawing, value and signs."""
    for about in place.parts("p", "about"):
        about.taken = True
    words = " ".join(
        part.take()
        for part in place.parts()
        if part.tag in {"h2", "p"} and "about" not in part.classes
    )
    known, rule = (KEEP, to_keep) if what == "keep" else (CARE, to_care_for)
    assert words.startswith(f"{start} ")
    named = "One thing to keep" if what == "keep" else "One thing to care for"
    theme = box(named + words.removeprefix(start), named, known, t.first, rule)
    setattr(t, what, theme)
    for about in place.parts("p", "about"):
        assert about.take() == " ".join(t.library.theme(theme).definition.split())
    for drawing in place.parts("svg"):
        assert strip(t, drawing) in (None, t.titles.get(theme))
    value = re.search(
        r"(?:About )?(\d\.\d)(?: or higher)? of 5; .*? between (\S+) and (\S+)\. ", f"{words} "
    )
    if theme and value:
        cell = t.group.themes[theme]
        t.is_mean(f"{'≥ ' if 'or higher' in value[0] else ''}{value[1]}", cell)
        ends(f"{value[2]}–{value[3]}", cell.interval)
