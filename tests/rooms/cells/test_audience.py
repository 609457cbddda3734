"""Law 10: the leader's theme is their personal data, and one filter keeps it."""

from dataclasses import replace

import pytest

from teamhealth.cells.audience import HR, LEADER_THEME, Viewer, seen_by
from tests.rooms.cells.makers import a_group, a_snapshot, facts


def _seen(audience, viewer, snapshot=None):
    snapshot = snapshot or a_snapshot()
    asked = replace(snapshot, survey=facts(leader_theme=audience))
    seen = seen_by(asked, viewer)
    return {group.id for group in seen.groups if LEADER_THEME in group.themes}


def test_off_shows_it_to_nobody():
    assert _seen("off", HR) == _seen("off", Viewer(frozenset({"acme", "north"}))) == set()


def test_leader_shows_it_to_those_who_lead_exactly_that_group():
    assert _seen("leader", Viewer(frozenset({"north"}))) == {"north"}
    assert _seen("leader", Viewer(frozenset({"sales"}))) == {"sales"}
    assert _seen("leader", HR) == set()


def test_above_adds_sums_over_three_led_groups():
    # sales = itself, north, south: three leaders; a leader of sales reads no single team
    assert _seen("above", Viewer(frozenset({"sales"}))) == {"sales"}
    assert _seen("above", Viewer(frozenset({"north"}))) == {"north"}
    assert _seen("above", HR) == set()


def test_above_shows_no_two_sums_that_differ_by_fewer_than_three_leaders():
    # bakery has no people of its own, so only two leaders; acme less sales would be bakery and acme
    snapshot = a_snapshot()
    seen = _seen("above", Viewer(frozenset({"acme"})), snapshot)

    assert "bakery" not in seen
    assert seen == {"acme", "sales"}


def test_agreed_shows_it_to_everybody_with_access():
    assert _seen("agreed", HR) == {group.id for group in a_snapshot().groups}


@pytest.mark.parametrize("audience", ["off", "leader", "above"])
def test_whoever_may_not_see_it_finds_neither_its_items_nor_its_name(audience):
    seen = seen_by(replace(a_snapshot(), survey=facts(leader_theme=audience)), HR)

    assert all(theme.id != LEADER_THEME for theme in seen.themes)
    assert not any({"lead_1", "lead_2"} & set(group.items) for group in seen.groups)
    assert all("calm_1" in group.items for group in seen.groups)
    classes = seen.cross_cuts["tenure"]
    assert [one.responses for one in classes] == [12, 18]
    assert not any(one.themes or one.items for one in classes)


def test_a_comparison_that_would_tell_the_other_leader_s_result_is_left_out():
    two = replace(
        a_snapshot(),
        groups=(
            a_group("acme", None, 16, 15),
            a_group("north", "acme", 8, 7),
            a_group("south", "acme", 8, 8),
        ),
    )

    cell = seen_by(two, Viewer(frozenset({"north"}))).group("north").themes[LEADER_THEME]

    assert (cell.whole, cell.usual, cell.compared) == (None, None, None)
    assert cell.mean == 3.9


def _department(*teams, own=2):
    """Make a department with people of its own, led by one, and teams of eight."""
    groups = (
        a_group("acme", None, own + 8 * len(teams), own + 8 * len(teams)),
        *(a_group(team, "acme", 8, 8) for team in teams),
    )
    return replace(a_snapshot(), groups=groups)


def test_a_sum_that_is_about_one_or_two_others_is_not_for_who_leads_them():
    boss = Viewer(frozenset({"acme"}))

    assert _seen("leader", boss, _department("north")) == set()
    assert _seen("leader", boss, _department("north", own=0)) == set()
    assert _seen("leader", boss, _department("north", "south", own=0)) == set()
    assert _seen("leader", boss, _department("north", "south")) == {"acme"}
    assert _seen("leader", boss, _department()) == {"acme"}
    assert _seen("above", boss, _department("north")) == set()


def test_who_leads_two_groups_cannot_take_one_from_the_other_to_read_a_third():
    both = Viewer(frozenset({"acme", "north"}))

    assert _seen("leader", both, _department("north", "south")) == {"north"}
    assert _seen("leader", both, _department("north")) == {"acme", "north"}
    assert _seen("leader", both, _department("north", "south", "west")) == {"acme", "north"}
