"""Intervals, comparison and change as they stand in a snapshot."""

from dataclasses import replace

import pytest
from scipy import stats

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.counts import mean_of_means, variance
from teamhealth.cells.model import Change, Compared
from teamhealth.results.sheets import form_of
from tests.rooms.results.makers import (
    charter,
    decided,
    drawn,
    instrument,
    seeded,
    sheet,
    survey,
)

FLAT = ([-1, *[0] * 8], [1, 8, 9, 12, 14, 8, 9, 16, 20])
LOW, HIGH = [8, 20, 30, 30, 12], [1, 3, 6, 40, 50]


def _flat(seed=1, *, previous=None, mixes=None, people=FLAT[1], survey_id="s1"):
    given, fixed = charter(FLAT[0], people, previous=previous, survey=survey_id)
    form = form_of(given.instrument, given.tree)
    rng = seeded(seed)
    sheets = {
        v: [
            drawn(rng, form, skip=0, mix=(mixes or {}).get(v, [3, 9, 17, 45, 26]))
            for _ in range(n)
        ]
        for v, n in enumerate(fixed.invited)
        if v and n
    }
    return decided(given, form, sheets)[0]


def test_a_small_group_s_interval_is_centred_on_what_is_told_and_has_one_decimal():
    snapshot = _flat()

    for group in snapshot.groups:
        for cell in group.themes.values():
            low, high = cell.interval.low, cell.interval.high
            assert low <= cell.mean <= high
            if not cell.full:
                assert (low, high) == (round(low, 1), round(high, 1))
                if high < 5 and low > 1:
                    assert low + high == pytest.approx(2 * cell.mean)


def test_two_small_groups_of_one_size_have_intervals_of_one_width_whatever_they_said():
    snapshot = _flat(mixes={1: [0, 0, 0, 100, 0], 5: [30, 10, 20, 10, 30]})
    alike, divided = (snapshot.group(g).themes["calm"] for g in ("g1", "g5"))

    assert (alike.full, divided.full) == (False, False)
    assert alike.interval.high - alike.mean == pytest.approx(
        divided.mean - divided.interval.low
    )


def test_a_group_of_ten_or_more_by_hand():
    snapshot = _flat()
    facts = next(t for t in snapshot.themes if t.id == "safety")
    group, root = snapshot.group("g8"), snapshot.root
    r = facts.correlation

    def spread_of(counts):
        v = [variance(c) for c in counts]
        both = sum((v[a] * v[b]) ** 0.5 for a in range(3) for b in range(3) if a != b)
        return (sum(v) + r * both) / 9

    own = spread_of([group.items[i].counts for i in facts.items])
    everywhere = spread_of([root.items[i].counts for i in facts.items])
    s2 = (4 * everywhere + 19 * own) / 23
    rho = min(max(3 * r / (1 + 2 * r), 0.4), 0.9)
    half = stats.t.ppf(0.975, 23) * (s2 / 20 * (1 - rho * 20 / 20)) ** 0.5
    cell = group.themes["safety"]

    assert cell.mean == mean_of_means([group.items[i].counts for i in facts.items])
    assert cell.interval.low == pytest.approx(cell.mean - half)
    assert cell.interval.high == pytest.approx(min(5, cell.mean + half))
    assert cell.whole == root.themes["safety"].mean


def test_groups_that_differ_are_labelled_and_the_organisation_is_not():
    snapshot = _flat(mixes={7: LOW, 8: HIGH, 3: LOW, 4: HIGH})
    safety = {group.id: group.themes["safety"] for group in snapshot.groups}

    assert safety["g7"].compared is Compared.LOWER
    assert safety["g8"].compared is Compared.HIGHER
    assert safety["g0"].compared is None
    assert len({cell.usual for cell in safety.values()}) == 1
    assert safety["g0"].usual.low < safety["g0"].mean < safety["g0"].usual.high


def test_four_groups_are_too_few_to_compare():
    given, fixed = charter([-1, 0, 0, 0, 0], [1, 8, 9, 12, 14])
    snapshot = decided(given, *survey(given, fixed, seeded(2)))[0]

    assert all(
        c.compared is None and c.usual is None
        for g in snapshot.groups
        for c in g.themes.values()
    )


def test_change_is_told_where_a_group_was_shown_before_on_the_same_items():
    before = _flat(seed=1, mixes={8: LOW})
    after = _flat(seed=2, mixes={8: HIGH, 7: LOW}, previous=before, survey_id="s2")
    change = {group.id: group.themes["safety"].change for group in after.groups}

    assert change["g8"] is Change.VERY_LIKELY_HIGHER
    assert change["g7"] in {Change.VERY_LIKELY_LOWER, Change.LIKELY_LOWER}
    assert None not in change.values()
    assert all(c.change is None for g in before.groups for c in g.themes.values())


def test_no_change_is_told_where_the_theme_rested_on_other_items_or_was_hidden():
    before = _flat(seed=1)
    cell = before.group("g8").themes["safety"]
    other = replace(cell, items=("s1", "s2"))
    groups = tuple(
        replace(g, themes={**g.themes, "safety": other}) if g.id == "g8"
        else replace(g, themes={}) if g.id == "g7" else g
        for g in before.groups
    )  # fmt: skip

    after = _flat(seed=2, previous=replace(before, groups=groups), survey_id="s2")

    assert after.group("g8").themes["safety"].change is None
    assert after.group("g7").themes["safety"].change is None
    assert after.group("g6").themes["safety"].change is not None


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("leader", "leader", False),  # another person may lead the group since
        ("leader", "agreed", False),
        ("agreed", "leader", False),
        ("agreed", "agreed", True),
    ],
)
def test_a_change_in_what_is_said_about_leaders_is_told_where_both_were_for_everybody(
    before, now, told
):
    asked = instrument({LEADER_THEME: ("l1", "l2", "l3"), "calm": ("c1", "c2", "c3")})
    first = _of_audience(before, asked, 1, None)
    second = _of_audience(now, asked, 2, first)

    for group in second.groups:
        assert (group.themes[LEADER_THEME].change is not None) is told
        assert group.themes["calm"].change is not None


def _of_audience(audience, asked, seed, previous):
    given, fixed = charter(*FLAT, asked=asked, previous=previous, survey=f"s{seed}")
    given = replace(given, survey=replace(given.survey, leader_theme=audience))
    form, sheets = survey(given, fixed, seeded(seed), rate=1, skip=0)
    return decided(given, form, sheets)[0]


def test_a_whole_organisation_that_answers_alike_is_still_not_certain():
    given, fixed = charter(*FLAT)
    form = form_of(given.instrument, given.tree)
    alike = {
        v: [sheet(form, dict.fromkeys(form.items, 4))] * n
        for v, n in enumerate(fixed.invited)
        if v
    }

    snapshot = decided(given, form, alike)[0]

    cell = snapshot.group("g8").themes["safety"]
    assert cell.interval.low < 4 < cell.interval.high
    assert cell.compared is Compared.USUAL
