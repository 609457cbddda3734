"""What too few answers of a group do not carry is told to nobody."""

from dataclasses import replace

import pytest

from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.findings import Response
from teamhealth.cells.silence import is_comparable, within_response
from tests.rooms.cells.makers import a_snapshot, facts

SNAPSHOT = a_snapshot(survey=facts(leader_theme="agreed"))


def _seen(response):
    groups = tuple(
        replace(group, response=response) if group.id == "north" else group
        for group in SNAPSHOT.groups
    )
    seen = seen_by(replace(SNAPSHOT, groups=groups), HR)
    return seen.group("north").themes["leader_support"], seen.group("south").themes


@pytest.mark.parametrize("response", [None, Response.NORMAL, Response.SOME_SILENT])
def test_where_most_are_heard_everything_is_told(response):
    cell, _ = _seen(response)
    assert cell == SNAPSHOT.group("north").themes["leader_support"]


def test_where_half_are_silent_no_change_is_told():
    cell, others = _seen(Response.HALF_SILENT)
    whole = SNAPSHOT.group("north").themes["leader_support"]
    assert cell == replace(whole, change=None, moved=None)
    assert others == SNAPSHOT.group("south").themes


def test_where_few_are_heard_no_comparison_is_told_either():
    cell, _ = _seen(Response.TOO_SILENT)
    assert (cell.change, cell.moved, cell.compared, cell.usual) == (None, None, None, None)
    assert (cell.above, cell.whole) == (None, None)
    assert cell.mean == SNAPSHOT.group("north").themes["leader_support"].mean
    assert not is_comparable(replace(SNAPSHOT.root, response=Response.TOO_SILENT))
    assert is_comparable(replace(SNAPSHOT.root, response=Response.HALF_SILENT))


def test_a_snapshot_in_which_all_may_be_told_stays_the_same_object():
    assert within_response(SNAPSHOT) is SNAPSHOT
