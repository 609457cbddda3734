"""Relative weights against R (Johnson and Genizi written out, Shapley by all subsets)."""

import math

import numpy as np
import pytest

from teamhealth.stats.drivers import moments, rank, relative_weights
from teamhealth.stats.figures import Reason
from tests.numbers.reading import cases, rows

DATA = {
    case: (table[:, :-1], table[:, -1])
    for case, (table, _) in cases("drivers", [*(f"x{k}" for k in range(1, 7)), "y"]).items()
}
R = rows("drivers_figures")


def told(case, figure):
    return [float(r["value"]) for r in R if (r["case"], r["figure"]) == (case, figure)]


@pytest.mark.parametrize("case", DATA)
def test_weights_are_those_of_johnson_and_of_genizi(case):
    found = relative_weights(*DATA[case])

    assert found.weights == pytest.approx(told(case, "johnson"), abs=1e-10)
    assert found.weights == pytest.approx(told(case, "genizi"), abs=1e-10)
    assert found.correlations == pytest.approx(told(case, "correlation"), abs=1e-10)
    assert sum(found.weights) == pytest.approx(found.r2)
    assert [found.r2] == pytest.approx(told(case, "r2"), abs=1e-10)
    assert sum(found.shares) == pytest.approx(1)


@pytest.mark.parametrize("case", DATA)
def test_shapley_by_all_subsets_says_about_the_same(case):
    assert relative_weights(*DATA[case]).weights == pytest.approx(told(case, "lmg"), abs=0.01)


def test_units_and_the_place_of_zero_do_not_matter():
    predictors, outcome = DATA["six"]
    found = relative_weights(predictors * [1, 1e3, 1e-3, 1, 1, 1] + 1e5, outcome - 1e4)

    assert found.weights == pytest.approx(
        relative_weights(predictors, outcome).weights, abs=1e-8
    )


@pytest.mark.parametrize(
    ("predictors", "outcome", "reason"),
    [
        ([[1, 2], [2, 1], [3, 5]], [1, 2, 3], Reason.TOO_FEW_ANSWERS),
        ([[1, 2], [2, 4], [3, 6], [5, 10], [4, 8]], [1, 2, 4, 3, 5], Reason.NO_VARIATION),
        ([[1], [2], [3], [4]], [2, 2, 2, 2], Reason.NO_VARIATION),
        ([[1, None], [2, None], [3, None]], [1, 2, 3], Reason.TOO_FEW_ANSWERS),
        (np.empty((5, 0)), [1, 2, 3, 4, 5], Reason.TOO_FEW_ITEMS),
    ],
)
def test_without_enough_there_is_a_reason_and_no_number(predictors, outcome, reason):
    found = relative_weights(predictors, outcome)

    assert (found.reason, found.weights) == (reason, ())
    assert math.isnan(found.r2)


def survey(people, groups, seed=1):
    """Four themes with a common halo; the first moves with the outcome most, the last against it."""
    rng = np.random.default_rng(seed)
    themes = 0.7 * rng.normal(size=(people, 1)) + 0.7 * rng.normal(size=(people, 4))
    outcome = themes @ [0.8, 0.4, 0.1, -0.2] + rng.normal(size=people)
    return themes, outcome, np.arange(people) % groups


def test_what_is_told_rests_on_the_same_weights_and_on_resampled_groups():
    themes, outcome, groups = survey(240, 24)
    found = rank(moments(themes, outcome, groups), np.random.default_rng(5))
    plain = relative_weights(themes, outcome)

    assert (found.n, found.groups, found.early) == (240, 24, False)
    assert found.r2 == pytest.approx(plain.r2)
    assert [d.share for d in found.drivers] == pytest.approx(plain.shares)
    assert [d.correlation for d in found.drivers] == pytest.approx(plain.correlations)
    assert all(d.low <= d.share <= d.high for d in found.drivers)
    assert found.drivers[0].top_three > 0.99
    assert sum(d.top_three for d in found.drivers) == pytest.approx(3)


def test_resampling_draws_whole_groups():
    themes, outcome, groups = survey(200, 20)
    rng = np.random.default_rng(8)
    shares = []
    for _ in range(300):
        people = np.concatenate([np.flatnonzero(groups == g) for g in rng.integers(0, 20, 20)])
        shares.append(relative_weights(themes[people], outcome[people]).shares)

    found = rank(moments(themes, outcome, groups), np.random.default_rng(5))

    ends = np.quantile(shares, [0.025, 0.975], axis=0)
    assert [d.low for d in found.drivers] == pytest.approx(ends[0], abs=0.05)
    assert [d.high for d in found.drivers] == pytest.approx(ends[1], abs=0.05)


@pytest.mark.parametrize(
    ("people", "groups", "reason"),
    [
        (119, 20, Reason.TOO_FEW_ANSWERS),
        (120, 9, Reason.TOO_FEW_GROUPS),
        (120, 10, None),
    ],
)
def test_nothing_is_told_of_few_people_or_few_groups(people, groups, reason):
    found = rank(moments(*survey(people, groups)), np.random.default_rng(5))

    assert found.reason == reason
    assert (found.drivers == ()) == (reason is not None)
    assert found.early


def test_of_nobody_nothing_is_told():
    sums = moments(np.empty((0, 3)), [], [])

    assert rank(sums, np.random.default_rng(5)).reason == Reason.TOO_FEW_ANSWERS


def test_ten_people_a_predictor_are_needed():
    rng = np.random.default_rng(2)
    sums = moments(rng.normal(size=(150, 16)), rng.normal(size=150), np.arange(150) % 15)

    assert rank(sums, rng).reason == Reason.TOO_FEW_ANSWERS


def test_themes_that_say_the_same_are_not_ranked():
    themes, outcome, groups = survey(150, 15)
    sums = moments(np.column_stack([themes, themes[:, 0]]), outcome, groups)

    assert rank(sums, np.random.default_rng(5)).reason == Reason.NO_VARIATION


def test_the_same_draws_give_the_same_words():
    sums = moments(*survey(150, 15))

    assert rank(sums, np.random.default_rng(5)) == rank(sums, np.random.default_rng(5))
