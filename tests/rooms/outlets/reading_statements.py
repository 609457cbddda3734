"""Tables of statements read against the cells: each in a word or in shares."""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.paper import without
from tests.rooms.outlets.reading_drawings import five, spread
from tests.rooms.outlets.told import HIDDEN, SHARES, favourable, near


def shared(question, cell, words):
    """See that words say how many answer a statement in its favourable sense."""
    verb = "disagree" if question.reverse else "agree"
    if cell.counts is None:
        word = SHARES[cell.word]
        plural = word in {"most", "about half"}
        assert words == f"{word} {verb}{'' if plural else 's'}".capitalize()
    else:
        share, said = re.fullmatch(r"(\d+)\s%\s(\w+)", words).groups()
        near(share, favourable(cell), 0)
        assert said == verb


def statements(t, table):
    """Read a table of statements: each theme's, with words or shares; give the ids of all."""
    heads = [one.take() for one in table.parts("thead")[0].parts("th")]
    assert heads in (["Favourable"], ["Theme", "Statement", "Favourable"])
    found = []
    for body in table.parts("tbody"):
        (name,) = [one.take() for one in body.parts("th", "theme")] or [None]
        some = [_statement(t, row) for row in body.parts("tr") if not _is_head(row)]
        for item in some:
            theme = t.items.get(item)
            assert name in (None, t.titles[theme] if theme else "Also asked"), (name, item)
        found += some
    return found


def _is_head(row):
    return len([one for one in row.parts() if one.tag in {"th", "td"}]) == 1 and row.parts(
        "th", "theme"
    )


def _statement(t, row):
    parts = [
        one for one in row.within if getattr(one, "tag", "") in {"th", "td"}
        and "theme" not in one.classes
    ]  # fmt: skip
    text, *rest = parts
    marked = [one.words() for one in text.parts("span", "turned")]
    words = text.take()
    question = t.asked[without(words, marked)]
    assert marked == (["turned"] if question.reverse else [])
    cell = t.group.items.get(question.id)
    if cell is None:
        assert [one.take() for one in rest] == [HIDDEN]
        return question.id
    picture, told = rest
    if drawing := picture.parts("svg"):
        (five if cell.counts is None else spread)(cell, drawing[0])
    picture.take()
    small = [one.words() for one in told.parts("span", "of")]
    said = without(told.take(), small)
    if cell.counts is None:
        assert said == SHARES[cell.word]
    else:
        near(re.fullmatch(r"(\d+)\s%", said)[1], favourable(cell), 0)
    if small:
        people(
            t,
            cell,
            re.fullmatch(r"(?P<low>\d+)(?:–(?P<high>\d+))? of\s(?P<asked>\d+)", small[0]),
        )
    elif cell.counts is not None and drawing:
        assert cell.people is None
    return question.id


def people(t, cell, said):
    """See that a range of people is a cell's, of all who were asked."""
    low, high, asked = said["low"], said["high"] or said["low"], said["asked"]
    assert (int(low), int(high)) == cell.people
    assert int(asked) == t.group.invited
    assert cell.counts[3] + cell.counts[4] <= t.group.invited


def statements_of(t, told):
    """See that each statement of the themes, and what is shown besides, stands there once."""
    asked = [i for title in t.general for i in t.themes[title].items]
    besides = [i for i in t.seen.extra if i in t.group.items]
    shown = any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items)
    assert told == [*(asked if shown else []), *besides]
