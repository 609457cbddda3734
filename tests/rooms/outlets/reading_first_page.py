"""Page one read sentence by sentence: each must be one that is known, and carried by its cells."""

import re

from tests.rooms.outlets.named_themes import to_care_for, to_keep
from tests.rooms.outlets.reading_sentences import consume, is_so, words_of
from tests.rooms.outlets.sentences_first_page import CARE, EITHER, KEEP, LEAD, SIGNS, SURE


def read(html, group):
    """Read page one as it is before it becomes a PDF; fails for a sentence that nothing carries."""
    lead = words_of(re.search(r'<p class="lead">(.*?)</p>', html, re.DOTALL)[1])
    consume(lead, LEAD, group)
    pair = re.search(r'<div class="row pair">(.*?)<div class="row pair">', html, re.DOTALL)[1]
    keep, care = (words_of(part) for part in pair.split('<div class="cell">')[1:3])
    box(keep, "One thing to keep", KEEP, group, to_keep)
    box(care, "One thing to care for", CARE, group, to_care_for)
    consume(
        words_of(re.search(r'<div class="call">(.*?)</div>', html, re.DOTALL)[1]), SURE, group
    )
    return lead


def box(words, start, known, group, rule):
    """Read what is said of one theme, or why none is named; give the id of the theme."""
    theme, cell, rest = None, None, words
    if not words.startswith(f"{start} Nothing"):
        rest = words.removeprefix(f"{start} ")
        title = max((t for t in group.titles if rest.startswith(t)), key=len)
        rest = rest.removeprefix(title).strip()
        theme = group.titles[title]
        cell = group.cells[theme]
        assert rule(cell)
    signs = [
        (pattern, lambda _g, _m, holds=holds: is_so(cell is not None and holds(cell)))
        for pattern, holds in SIGNS
    ]
    consume(rest, [*known, *EITHER, *signs], group)
    return theme
