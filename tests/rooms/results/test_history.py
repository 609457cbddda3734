"""A group's past in its snapshot: what it was called and who answered then, and whether these may be others."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhealth.cells.findings import History
from teamhealth.results.history import with_history
from tests.rooms.results.makers import charter, decided, seeded, survey

FIRM = ([-1, 0, 0, 0], [1, 20, 9, 3])


@pytest.fixture(scope="module")
def spring():
    given, fixed = charter(*FIRM)
    return decided(given, *survey(given, fixed, seeded(1), rate=0.9))[0]


def followed(before, *, seed=2, **changes):
    """Count a survey that follows another; ``changes`` turn one of the earlier groups into another."""
    groups = tuple(replace(g, **changes.get(g.id, {})) for g in before.groups)
    given, fixed = charter(*FIRM, previous=replace(before, groups=groups), survey="s2")
    return decided(given, *survey(given, fixed, seeded(seed), rate=0.9))[0]


@cache
def alone():
    given, fixed = charter([-1], [40])
    return decided(given, *survey(given, fixed, seeded(3)))[0]


def past(invited, responses, invited_then, responses_then):
    """Give the history of a group by its numbers now and then."""
    now, then = (
        replace(alone(), groups=(replace(alone().root, invited=asked, responses=said),))
        for asked, said in ((invited, responses), (invited_then, responses_then))
    )
    return with_history(now, then).root.history


def test_a_first_survey_has_no_past(spring):
    assert all(group.history is None for group in spring.groups)


def test_a_group_s_past_is_that_of_the_same_id_whatever_it_was_called(spring):
    summer = followed(spring, g1={"path": "Acme/Warehouse", "name": "Warehouse"})

    then = spring.group("g1")
    assert summer.group("g1").history == History(
        "Acme/Warehouse", then.invited, then.responses, others=False
    )
    assert summer.group("g1").themes["safety"].change is not None


def test_a_group_that_took_over_a_name_has_no_past(spring):
    summer = followed(spring, g1={"id": "gone", "path": "Acme/g1"})

    assert summer.group("g1").history is None
    assert all(cell.change is None for cell in summer.group("g1").themes.values())


def test_of_a_group_that_is_hidden_only_what_was_told_before_is_known(spring):
    summer = followed(spring)

    assert summer.group("g3").responses is None
    assert summer.group("g3").history == History("Acme/g3", 3, None, others=False)
    assert all(cell.change is None for cell in summer.group("g3").themes.values())


def test_where_a_group_was_hidden_before_no_change_is_told(spring):
    hidden = {"responses": None, "items": {}, "themes": {}, "enps": None}
    summer = followed(spring, g2={**hidden, "counted_in": "g0"})

    assert summer.group("g2").responses
    assert summer.group("g2").history.responses is None
    assert all(cell.change is None for cell in summer.group("g2").themes.values())


def test_change_is_told_against_the_survey_right_before_or_not_at_all(spring):
    hidden = {"responses": None, "items": {}, "themes": {}, "enps": None}
    summer = followed(spring, g2={**hidden, "counted_in": "g0"})
    summer = replace(summer, groups=(*summer.groups[:2], *summer.groups[3:]))
    autumn = followed(summer, seed=4)

    assert autumn.group("g2").history is None
    assert all(cell.change is None for cell in autumn.group("g2").themes.values())
    assert autumn.group("g1").themes["safety"].change is not None


@pytest.mark.parametrize(
    ("invited", "invited_then", "others"),
    [(13, 10, False), (14, 10, True), (7, 10, False), (6, 10, True), (10, 10, False)],
)
def test_different_people_may_have_answered_where_a_group_grew_or_shrank_by_more_than_30_per_cent(
    invited, invited_then, others
):
    assert past(invited, None, invited_then, None).others is others


@pytest.mark.parametrize(
    ("responses", "responses_then", "others"),
    [
        (9, 7, False),
        (9, 6, True),
        (7, 9, False),
        (6, 9, True),
        (6, None, False),
        (None, 9, False),
    ],
)
def test_different_people_may_have_answered_where_the_response_moved_by_more_than_20_points(
    responses, responses_then, others
):
    assert past(10, responses, 10, responses_then).others is others


@given(st.tuples(*[st.integers(5, 60)] * 4))
def test_whoever_reads_a_snapshot_can_work_the_sentence_out_again(numbers):
    invited, responses, invited_then, responses_then = numbers
    told = past(
        invited, min(invited, responses), invited_then, min(invited_then, responses_then)
    )

    then, now = told.responses / told.invited, min(invited, responses) / invited
    apart = max(abs(invited - told.invited) / told.invited - 0.3, abs(now - then) - 0.2)
    if abs(apart) > 1e-9:
        assert told.others is (apart > 0)
