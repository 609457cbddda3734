"""What a snapshot says beside its figures: where it may, from the numbers it may, and nowhere else."""

from dataclasses import replace

import pytest

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Agreement, Response, Settings
from teamhealth.instruments.model import Kind, Question
from teamhealth.results.auditing import audit_snapshot
from teamhealth.results.sheets import form_of
from teamhealth.stats import favourable, intervals
from tests.rooms.results.makers import (
    BRIGHT,
    COMPANY,
    DARK,
    SITE,
    charter,
    decided,
    drawn,
    instrument,
    seeded,
    sheet,
    survey,
)

SPLIT, NEAR = [45, 5, 0, 5, 45], [0, 0, 10, 80, 10]


def _counted(
    people, answered, *, mixes=None, seed=1, previous=None, asked=None, survey_id="s1"
):
    """Count groups of so many people of whom so many answered, all alike but where ``mixes`` says."""
    given, _ = charter(
        [-1, *[0] * len(people)], [0, *people], asked=asked, previous=previous, survey=survey_id
    )
    form, rng = form_of(given.instrument, given.tree), seeded(seed)
    sheets = {
        v: [
            drawn(rng, form, skip=0, mix=(mixes or {}).get(v, [3, 9, 17, 45, 26]))
            for _ in range(n)
        ]
        for v, n in enumerate(answered, 1)
    }
    snapshot, _ = decided(given, form, sheets)
    assert audit_snapshot(snapshot) == []
    return snapshot


FIVE = [40, 20, 20, 20, 20, 12, 12]
ANSWERED = [40, 16, 12, 8, 6, 12, 7]
BANDS = [
    "normal",
    "normal",
    "some_silent",
    "half_silent",
    "too_silent",
    "normal",
    "half_silent",
]


@pytest.fixture(scope="module")
def waves():
    """Count the same seven groups twice; g3, of whom 12 of 20 answered, had 8 before."""
    before = _counted(FIVE, [40, 16, 8, 16, 16, 12, 12], seed=1)
    return before, _counted(FIVE, ANSWERED, seed=2, previous=before, survey_id="s2")


def test_every_shown_group_says_how_many_stand_behind_it(waves):
    _, now = waves

    assert [group.response for group in now.groups[1:]] == BANDS
    assert now.root.response is Response.SOME_SILENT  # 101 of 144


def test_where_half_kept_silent_now_or_before_no_change_is_told(waves):
    _, now = waves
    cells = {group.id: group.themes["safety"] for group in now.groups}

    told = {name for name, cell in cells.items() if cell.change is not None}
    assert told == {"g0", "g1", "g2", "g6"}
    for name, cell in cells.items():
        assert (cell.moved is not None) is (name in told)


def test_what_stands_behind_a_word_of_change(waves):
    before, now = waves

    for group in now.groups:
        cell = group.themes["safety"]
        if cell.moved is None:
            continue
        then = before.group(group.id).themes["safety"]
        raw = cell.mean - then.mean
        assert cell.moved.before == then.mean
        assert min(0, raw) - 0.15 <= cell.moved.difference <= max(0, raw) + 0.15
        if abs(cell.moved.difference) > 0.02:
            assert (cell.moved.above > 0.5) is (cell.moved.difference > 0)


def test_a_group_of_which_most_kept_silent_is_not_compared_but_keeps_its_mean(waves):
    _, now = waves
    silent = now.group("g5").themes["safety"]

    assert now.group("g5").response is Response.TOO_SILENT
    assert (silent.compared, silent.above) == (None, None)
    assert silent.usual == now.root.themes["safety"].usual
    assert silent.interval.low <= silent.mean <= silent.interval.high
    for name in ("g1", "g2", "g3", "g4", "g6", "g7"):
        cell = now.group(name).themes["safety"]
        assert (cell.above >= 0.9) is (cell.compared == "higher")
        assert (cell.above <= 0.1) is (cell.compared == "lower")
    assert now.root.themes["safety"].above is None


def test_the_whisker_lies_below_the_interval_by_half_a_point_of_the_silent(waves):
    _, now = waves
    cells = {group.id: group.themes["safety"] for group in now.groups}

    assert cells["g1"].silent is None
    assert cells["g3"].silent == pytest.approx(cells["g3"].interval.low - 0.4 * 0.5)
    # 8 of 20 in words: three tenths, as 0.6 · 0.5 is
    assert cells["g4"].silent == pytest.approx(cells["g4"].interval.low - 0.3)
    assert cells["g4"].silent == round(cells["g4"].silent, 1)


def test_the_error_is_what_the_interval_rests_on(waves):
    _, now = waves

    for group in now.groups:
        for cell in group.themes.values():
            again = intervals.interval(
                cell.mean, cell.error, group.responses, one_decimal=not cell.full
            )
            assert (again.low, again.high) == (cell.interval.low, cell.interval.high)


def test_agreement_is_told_of_numbers_only():
    snapshot = _counted([12, 12, 8, 20], [12, 12, 8, 20], mixes={1: SPLIT, 2: NEAR, 3: NEAR})
    split, near, few = (snapshot.group(g).themes["safety"] for g in ("g1", "g2", "g3"))

    assert (split.agreement.divided, split.agreement.word) == (True, Agreement.LITTLE)
    assert (near.agreement.divided, near.agreement.word) == (False, Agreement.AGREE)
    assert split.agreement.uniform < near.agreement.uniform <= 1
    assert split.agreement.polarisation > 0.4 > near.agreement.polarisation
    assert few.full is False
    assert few.agreement is None


def test_agreement_by_hand():
    given, _ = charter([-1], [12], asked=instrument({"safety": ("s1", "s2")}, reverse=()))
    form = form_of(given.instrument, given.tree)
    some = [{"s1": 4, "s2": 4}] * 6 + [{"s1": 5, "s2": 3}] * 6
    alike = decided(given, form, {0: [sheet(form, a) for a in some]})[0].root.themes["safety"]

    # both items: twelve answers half a point from their mean, s² = 12 · ¼ / 11
    s = 3 / 11
    assert alike.agreement.uniform == pytest.approx(2 * (1 - s / 2) / (2 * (1 - s / 2) + s / 2))
    assert alike.agreement.deviation == pytest.approx(0.5)
    # two answers side by side, six each: A = 1 − 1/4
    assert alike.agreement.polarisation == pytest.approx(0.125)


def test_the_range_of_favourable_people_is_among_all_who_were_asked():
    snapshot = _counted([12, 20, 8, 30], [12, 14, 8, 30])
    root = snapshot.root.items["s1"].counts
    everywhere = sum(root[3:]) / sum(root)

    for name, invited, prior in (
        ("g0", 70, None),
        ("g1", 12, everywhere),
        ("g2", 20, everywhere),
    ):
        counts = snapshot.group(name).items["s1"].counts
        liked, n = sum(counts[3:]), sum(counts)
        found = favourable.share(liked, n, invited, prior)
        assert snapshot.group(name).items["s1"].people == (found.low, found.high)
    everybody = snapshot.group("g1").items["s1"]
    assert everybody.people == (sum(everybody.counts[3:]),) * 2
    assert snapshot.group("g3").items["s1"].people is None


def test_of_a_follow_up_there_is_a_range_only_where_everybody_was_asked_it():
    follow_up = Question("again", Kind.AGREE, {"en": "…"}, groups=("g1",))
    given, _ = charter([-1, 0, 0], [0, 20, 20], asked=instrument(extra=(follow_up,)))
    form = form_of(given.instrument, given.tree)
    sheets = {1: [sheet(form, {"again": 4, "s1": 4})] * 15, 2: [sheet(form, {"s1": 4})] * 15}
    snapshot = decided(given, form, sheets)[0]

    assert snapshot.root.items["again"].counts == (0, 0, 0, 15, 0)
    assert snapshot.root.items["again"].people is None
    assert snapshot.group("g1").items["again"].people is not None
    assert snapshot.root.items["s1"].people is not None


def test_the_recommendation_s_range_is_told_from_twenty_answers():
    given, _ = charter([-1, 0, 0], [0, 30, 19])
    form = form_of(given.instrument, given.tree)
    sheets = {
        v: [sheet(form, {"s1": 4}, recommend=r % 11) for r in range(n)]
        for v, n in ((1, 20), (2, 19))
    }
    snapshot = decided(given, form, sheets)[0]

    told = snapshot.group("g1").enps
    assert told.interval.low < told.score < told.interval.high
    assert snapshot.group("g2").enps.interval is None
    assert sum(snapshot.group("g2").enps.counts) == 19


def test_a_hidden_group_gets_nothing():
    before = decided(*_company(1))[0]
    given, form, sheets = _company(2, previous=before)
    snapshot = decided(given, form, sheets)[0]
    hidden = [group for group in snapshot.groups if group.responses is None]

    assert hidden
    for group in hidden:
        assert (group.items, group.themes, group.enps, group.response) == ({}, {}, None, None)


def _company(seed, previous=None):
    given, fixed = charter(*COMPANY, previous=previous)
    return given, *survey(given, fixed, seeded(seed), rate=0.6)


def test_the_rules_of_the_count_are_in_the_snapshot():
    given, form, sheets = _company(1)
    snapshot = decided(given, form, sheets)[0]

    assert snapshot.settings == Settings(10, 20, 0.2, pytest.approx(1 / 3))
    assert snapshot.withdrawn == 0


FIRM = [14] * 11
UNEVEN = {v: BRIGHT if v % 2 else DARK for v in range(1, 13)}
"""Every other group is brighter in everything, so its themes have much to do with the outcome."""


@pytest.mark.parametrize(
    ("people", "reliability", "groups", "drivers"),
    [
        ([14] * 11, True, True, True),  # 154 in 11 groups
        ([20] * 6, True, True, False),  # 120 in 6
        ([30] * 4, True, False, False),  # 120 in 4
        ([10] * 10, True, True, False),  # 100 in 10
        ([9] * 11, False, False, False),  # 99 in 11
    ],
)
def test_what_is_told_of_the_whole_has_its_minimums(people, reliability, groups, drivers):
    snapshot = _counted(people, people, mixes=UNEVEN)
    safety = snapshot.themes[0]

    assert (safety.reliability is not None) is reliability
    assert (safety.icc1 is not None) is (safety.icc2 is not None) is groups
    assert (snapshot.drivers is not None) is drivers


def test_a_theme_of_one_item_has_no_reliability_and_may_still_differ_between_groups():
    joy = next(theme for theme in _counted(FIRM, FIRM).themes if theme.id == "joy")

    assert joy.reliability is None
    assert joy.icc1 is not None


def test_without_the_outcome_there_are_no_drivers():
    asked = instrument()
    kept = tuple(q for q in asked.questions if q.id != "engagement")

    snapshot = _counted(FIRM, FIRM, mixes=UNEVEN, asked=replace(asked, questions=kept))

    assert snapshot.drivers is None
    assert snapshot.themes[0].reliability is not None


@pytest.mark.parametrize("audience", ["leader", "above", "agreed"])
def test_what_the_whole_says_about_leaders_is_told_only_where_it_is_for_everybody(audience):
    themes = {LEADER_THEME: ("l1", "l2", "l3"), "calm": ("c1", "c2", "c3")}
    given, _ = charter([-1, *[0] * 11], [0, *FIRM], asked=instrument(themes))
    given = replace(given, survey=replace(given.survey, leader_theme=audience))
    form, rng = form_of(given.instrument, given.tree), seeded(3)
    sheets = {
        v: [drawn(rng, form, mix=mix) for _ in range(14)] for v, mix in UNEVEN.items() if v < 12
    }
    snapshot = decided(given, form, sheets)[0]

    agreed = audience == "agreed"
    assert (snapshot.themes[0].icc1 is not None) is agreed
    assert snapshot.themes[1].icc1 is not None
    driving = [one.theme for one in snapshot.drivers.themes]
    assert driving == ([LEADER_THEME, "calm"] if agreed else ["calm"])


def test_the_draws_behind_drivers_follow_from_the_survey_and_their_shares_do_not():
    found = {
        name: _counted(FIRM, FIRM, mixes=UNEVEN, survey_id=name).drivers
        for name in ("s1", "s2", "s3", "s4", "s5")
    }

    assert len(set(found.values())) > 1
    assert len({tuple(one.share for one in told.themes) for told in found.values()}) == 1


def test_the_ranges_of_drivers_come_in_steps_of_a_twentieth_and_hold_the_share():
    for one in _counted(FIRM, FIRM, mixes=UNEVEN).drivers.themes:
        assert one.low <= one.share <= one.high
        for value in (one.low, one.high, one.top_three):
            assert value * 20 == pytest.approx(round(value * 20))


def test_that_nothing_has_to_do_with_the_outcome_looks_like_everybody_answering_it_alike():
    given, fixed = charter([-1, *[0] * 11], [0, *FIRM])
    form, sheets = survey(given, fixed, seeded(3), rate=1, skip=0)
    weakly = decided(given, form, sheets)[0]
    at = form.items.index("engagement")
    alike = {
        v: [
            replace(one, answers=one.answers[:at] + b"\2" + one.answers[at + 1 :])
            for one in some
        ]
        for v, some in sheets.items()
    }

    assert weakly.drivers is None
    assert decided(given, form, alike)[0].drivers is None


def test_a_class_tells_an_error_and_nothing_of_who_kept_silent():
    given, fixed = charter([-1, *[0] * 11], [0, *FIRM], asked=instrument(attributes=(SITE,)))
    snapshot = decided(given, *survey(given, fixed, seeded(3), rate=0.7))[0]

    cells = [cell for one in snapshot.cross_cuts["site"] for cell in one.themes.values()]
    assert cells
    for cell in cells:
        assert cell.error > 0
        assert (cell.silent, cell.compared, cell.above, cell.agreement) == (None,) * 4
