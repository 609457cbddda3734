"""The report on many groups, of the whole or of a branch, read whole."""

import re

from tests.rooms.outlets.reading_classes import classes
from tests.rooms.outlets.reading_digests import digests
from tests.rooms.outlets.reading_groups import differing, groups, lies
from tests.rooms.outlets.reading_pair import box_pair
from tests.rooms.outlets.reading_points import points
from tests.rooms.outlets.reading_practices import practices
from tests.rooms.outlets.reading_sentences import consume, is_so
from tests.rooms.outlets.reading_statements import statements, statements_of
from tests.rooms.outlets.reading_theme_facts import carry, moving
from tests.rooms.outlets.reading_themes import themes
from tests.rooms.outlets.reading_whole import read_rest, start
from tests.rooms.outlets.sentences_everywhere import TALK, margin
from tests.rooms.outlets.sentences_first_page import LEAD, SURE
from tests.rooms.outlets.sentences_groups import GROUPS
from tests.rooms.outlets.sentences_team import TEAM


def read_organisation(t, html):
    """Read the report on a group and all groups below it."""
    page = start(t, html)
    t.below = _below(t)
    t.seen_rows = []
    consume(page.parts("p", "lead")[0].take(), LEAD, t.first)
    box_pair(t, page.parts("div", "pair")[0])
    _sure(t, page.parts("div", "overview")[0])
    _counted(t, page.parts("div", "facts")[0])
    practices(t, page)
    points(t, page)
    for table in page.parts("table", "themes"):
        if "moving" in table.classes:
            moving(t, table)
        else:
            themes(t, table)
    for cls, reader in _TABLES.items():
        for table in page.parts("table", cls):
            reader(t, table)
    read_rest(t, page, [*GROUPS, *TALK, *TEAM])
    if t.below and page.parts("table", "groups") and len(t.seen_rows) < len(t.below):
        assert page.parts("table", "lies") or not any(
            c.compared for g in t.below for c in g.themes.values()
        )


def _below(t):
    """Give the groups below, each before those below it, in the order of the tree."""
    children = {}
    for group in t.seen.groups:
        children.setdefault(group.parent, []).append(group)
    found, left = [], list(reversed(children.get(t.id, [])))
    while left:
        found.append(left.pop())
        left += reversed(children.get(found[-1].id, []))
    return found


def _counted(t, facts):
    """Read how many of the groups below have a result; the other facts are sentences."""
    for cell in facts.parts("div", "cell"):
        if found := re.match(r"(\d+) of (\d+) groups?\b", cell.words()):
            shown = sum(group.responses is not None for group in t.below)
            assert (int(found[1]), int(found[2])) == (shown, len(t.below))
            cell.parts("p", "big")[0].take()


def _sure(t, call):
    known = [
        *SURE,
        (r"Not answering is everybody’s right; a few answers may be left out, to protect anonymity\.",
         lambda _g, _m: is_so(t.id == t.seen.root.id)),
        (r"A typical theme may be off by about (?P<n>\d\.\d) up or down\.", lambda _g, m: margin(t, m)),
    ]  # fmt: skip
    consume(call.take(), known, t.first)


_TABLES = {
    "groups": groups,
    "lies": lies,
    "differing": differing,
    "carry": carry,
    "classes": classes,
    "statements": lambda t, table: statements_of(t, statements(t, table)),
    "digests": digests,
}
