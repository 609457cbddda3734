"""Every sentence of page one is carried by the cells it speaks of, whatever the result."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teamhealth.cells.audience import HR, Viewer, seen_by
from teamhealth.cells.findings import Agreement, Alike, Response
from teamhealth.cells.model import Change, Compared, Range, ThemeCell
from teamhealth.instruments.library import library
from teamhealth.outlets.print_facts import Source, facts_of, right_before
from teamhealth.outlets.print_past import OverTime
from teamhealth.outlets.print_press import page
from teamhealth.outlets.print_team import team_view
from tests import northwind
from tests.journeys.odd_shapes import SHAPES, count
from tests.rooms.outlets import planting
from tests.rooms.outlets.named_themes import Group
from tests.rooms.outlets.printing import LARGE, SMALL, counted
from tests.rooms.outlets.reading_first_page import read


def first_page(snapshot, name, asked, *, earlier=(), viewer=HR):
    """Read the first page of a group's report and give its headline."""
    seen = seen_by(snapshot, viewer)
    facts = facts_of(seen, "", right_before(seen, earlier))
    source = Source(seen, facts, asked, library())
    group = seen.group(name)
    view = team_view(source, group, group.responses, ())
    given = {"v": view, "facts": facts, "guide": source.library.retro, "over": OverTime()}
    html = page("team.html", given)
    return read(html, Group(seen, group, source.words.themes, facts.previous))


def with_results(snapshot):
    return [group.id for group in snapshot.groups if group.responses is not None]


@pytest.mark.parametrize("audience", ["leader", "agreed"])
@pytest.mark.parametrize("form", ["pulse", "quarterly"])
def test_of_a_real_firm_every_sentence_is_carried(form, audience):
    asked = library().instrument(form, ["en"])
    waves = [snapshot for snapshot, _ in northwind.counted(form, audience)]
    for at, snapshot in enumerate(waves):
        for name in with_results(snapshot):
            for earlier in ((), waves[:at][::-1]):
                viewer = Viewer(frozenset({name}))
                first_page(snapshot, name, asked, earlier=earlier, viewer=viewer)


@pytest.mark.parametrize("shape", SHAPES)
def test_of_odd_firms_every_sentence_is_carried(shape):
    found = count(SHAPES[shape])
    for name in with_results(found.snapshot)[:6]:
        first_page(found.snapshot, name, found.instrument)


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


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    group=st.sampled_from([SMALL, LARGE]),
    themes=st.dictionaries(st.sampled_from(THEMES), cells()),
    apart=st.sets(st.sampled_from(THEMES), max_size=2),
    response=st.none() | st.sampled_from(Response),
    before=st.sampled_from(["", "open", "closed"]),
)
def test_whatever_the_numbers_every_sentence_is_carried(group, themes, apart, response, before):
    snapshot, asked = counted()
    if before:
        snapshot = replace(snapshot, survey=replace(snapshot.survey, previous="s0"))
    for theme in apart:
        snapshot = planting.facts(snapshot, theme, reliability=planting.reliable("apart"))
    snapshot = planting.group(snapshot, group, themes=themes, response=response)
    past = replace(counted()[0], survey=replace(counted()[0].survey, id="s0"))
    first_page(snapshot, group, asked, earlier=[past] if before == "open" else ())


def test_a_theme_that_is_high_and_has_fallen_is_not_said_to_be_nowhere():
    torn = {"interval": Range(4.2, 4.8), "mean": 4.5, "change": Change.LIKELY_LOWER}
    snapshot, asked = counted()
    snapshot = planting.cells(snapshot, SMALL, interval=Range(3.2, 3.8), compared=None)
    snapshot = planting.cell(snapshot, SMALL, "listening", **torn)

    told = first_page(snapshot, SMALL, asked)

    assert told == (
        "No theme stands out clearly. Talk about the whole picture. "
        "Likely lower than in the survey before: Listening and dialogue."
    )
