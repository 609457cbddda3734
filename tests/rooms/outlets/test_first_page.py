"""Every sentence of page one is carried by the cells it speaks of, whatever the result."""

import pytest
from hypothesis import HealthCheck, given, settings

from teamhealth.cells.audience import HR, Viewer, seen_by
from teamhealth.cells.model import Change, Range
from teamhealth.instruments.library import library
from teamhealth.outlets.print_facts import Source, facts_of, right_before
from teamhealth.outlets.print_past import OverTime
from teamhealth.outlets.print_press import page
from teamhealth.outlets.print_team import team_view
from tests import northwind
from tests.journeys.odd_shapes import SHAPES, count
from tests.rooms.outlets import planting
from tests.rooms.outlets.generating import results
from tests.rooms.outlets.named_themes import Group
from tests.rooms.outlets.printing import SMALL, counted
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


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(generated=results())
def test_whatever_the_numbers_every_sentence_is_carried(generated):
    snapshot, group, asked, earlier = generated
    first_page(snapshot, group, asked, earlier=earlier)


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
