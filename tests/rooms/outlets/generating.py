"""Results made up cell by cell: any that a count could give, and some that it never would."""

from dataclasses import replace

from hypothesis import strategies as st

from teamhealth.cells.findings import Agreement, Alike, Response
from teamhealth.cells.model import Change, Compared, Range, ThemeCell
from tests.rooms.outlets import planting
from tests.rooms.outlets.printing import LARGE, SMALL, counted

ends = st.lists(st.integers(10, 50), min_size=2, max_size=2, unique=True).map(sorted)


@st.composite
def cells(draw):
    """Make any cell that a count could make, and some that it never would."""
    low, high = (end / 10 for end in draw(ends))
    alike = Alike(Agreement.LITTLE, 0.4, 0.1, 1.1, 0.5, divided=draw(st.booleans()))
    return ThemeCell(
        items=("a", "b"),
        mean=draw(st.sampled_from([low, high, (low + high) / 2])),
        interval=Range(low, high),
        full=draw(st.booleans()),
        compared=draw(st.none() | st.sampled_from(Compared)),
        change=draw(st.none() | st.sampled_from(Change)),
        agreement=draw(st.none() | st.just(alike)),
    )


THEMES = [theme.id for theme in counted()[0].themes]


@st.composite
def results(draw):
    """Make a survey, a group of it, what was asked, and the surveys before that its reader may see."""
    group = draw(st.sampled_from([SMALL, LARGE]))
    themes = draw(st.dictionaries(st.sampled_from(THEMES), cells()))
    response = draw(st.none() | st.sampled_from(Response))
    before = draw(st.sampled_from(["", "open", "closed"]))
    snapshot, asked = counted()
    if before:
        snapshot = replace(snapshot, survey=replace(snapshot.survey, previous="s0"))
    for theme in draw(st.sets(st.sampled_from(THEMES), max_size=2)):
        snapshot = planting.facts(snapshot, theme, reliability=planting.reliable("apart"))
    snapshot = planting.group(snapshot, group, themes=themes, response=response)
    past = replace(counted()[0], survey=replace(counted()[0].survey, id="s0"))
    return snapshot, group, asked, [past] if before == "open" else ()
