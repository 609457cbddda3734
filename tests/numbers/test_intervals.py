"""Spread and interval against figures worked out by hand and closed forms.

Tolerances: 1e-12 where the figure is exact, else what the printed source gives.
"""

import math

import numpy as np
import pytest
from scipy import stats

from teamhealth.stats.intervals import error, interval, moderated
from teamhealth.stats.spread import (
    DEFAULT_CORRELATION,
    Products,
    correlation,
    reliability,
    theme_variance,
)


def test_a_theme_s_variance_is_that_of_people_s_means():
    # where everybody answers everything, the formula is exact: compare with the people themselves
    rng = np.random.default_rng(3)
    people = rng.integers(1, 6, (40, 3)).astype(float)
    people[:, 1] = people[:, 0]  # correlations 1, r, r
    spreads = people.std(axis=0, ddof=1)
    together = np.corrcoef(people.T)
    pairs = [(0, 1), (0, 2), (1, 2)]
    mean = sum(together[a, b] * spreads[a] * spreads[b] for a, b in pairs) / sum(
        spreads[a] * spreads[b] for a, b in pairs
    )

    assert theme_variance((spreads**2).tolist(), mean) == pytest.approx(
        people.mean(axis=1).var(ddof=1), abs=1e-12
    )


def test_a_theme_of_one_item_varies_as_the_item_does():
    assert theme_variance([0.81], 0.5) == pytest.approx(0.81)


def test_two_items_by_hand():
    # (1 + 4 + 2 · 0.5 · 1 · 2) / 4
    assert theme_variance([1.0, 4.0], 0.5) == pytest.approx(7 / 4)


def test_reliability_is_that_of_spearman_and_brown_within_limits():
    assert reliability(3, DEFAULT_CORRELATION) == pytest.approx(0.70, abs=0.005)
    assert reliability(4, DEFAULT_CORRELATION) == pytest.approx(0.76, abs=0.005)
    assert reliability(2, 0.5) == pytest.approx(2 / 3)
    assert reliability(1, 0.1) == 0.4
    assert reliability(9, 0.9) == 0.9


def test_the_correlation_within_groups_by_hand():
    # xy / √(xx · yy): 6/12, 3/12, 9/12
    pairs = [Products(40, 9, 6, 16), Products(40, 16, 3, 9), Products(40, 12, 9, 12)]

    assert correlation(pairs) == 0.5


@pytest.mark.parametrize(
    "products",
    [
        [],
        [Products(29, 9, 6, 16)],
        [Products(40, 9, 6, 16), Products(5, 1, 1, 1)],
    ],
)
def test_there_is_no_correlation_of_one_item_or_of_too_few_answers(products):
    assert correlation(products) is None


def test_a_correlation_below_zero_counts_as_none():
    assert correlation([Products(40, 9, -6, 16)]) == 0


def test_an_item_that_everybody_answered_alike_counts_as_not_correlated():
    assert correlation([Products(40, 0, 0, 16)]) == 0
    assert correlation([Products(40, 0, 0, 16), Products(40, 9, 6, 16)]) == 0.25


def test_without_correction_the_interval_is_the_usual_t_interval():
    scores = [3.0, 4.0, 4.5, 2.5, 5.0, 4.0]
    s2, n = np.var(scores, ddof=1), len(scores)
    usual = stats.t.interval(0.95, 9, np.mean(scores), math.sqrt(s2 / n))

    found = interval(np.mean(scores), error(s2, n, 10**9, 0.7), n, one_decimal=False)

    assert (found.low, found.high) == pytest.approx((usual[0], min(5, usual[1])), abs=1e-6)


def test_the_error_when_everybody_answered_is_that_of_measuring_alone():
    # (1 − ρ) of the variance remains
    assert error(0.64, 8, 8, 0.75) == pytest.approx(math.sqrt(0.64 / 8 * 0.25))
    assert error(0.64, 8, 5, 0.75) == error(0.64, 8, 8, 0.75)  # somebody left: N is at least n


def test_a_unanimous_team_is_drawn_towards_the_organisation():
    # (4 · 0.5 + 4 · 0) / 8
    assert moderated(0.0, 5, 0.5) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("n", "invited", "half"),
    [
        (5, 6, 0.50),
        (5, 8, 0.58),
        (5, 10, 0.63),
        (9, 12, 0.38),
        (12, 16, 0.31),
        (18, 24, 0.25),
        (30, 40, 0.19),
    ],
)
def test_half_widths_are_those_of_the_simulation_study(n, invited, half):
    # the study's generator had a within-team standard deviation of about 0.77 and reliability .73
    found = interval(3.0, error(0.77**2, n, invited, 0.73), n, one_decimal=False)

    assert (found.high - found.low) / 2 == pytest.approx(half, abs=0.01)


def test_below_ten_the_ends_have_one_decimal_and_lie_evenly_around_the_mean():
    found = interval(3.4, 0.2231, 7, one_decimal=True)
    half = stats.t.ppf(0.975, 10) * 0.2231

    assert (found.low, found.high) == (2.9, 3.9)
    assert half == pytest.approx(0.497, abs=0.001)


def test_ends_stay_on_the_scale_and_4_8_or_higher_reaches_5():
    assert interval(1.2, 0.3, 7, one_decimal=True).low == 1
    assert interval(4.8, 0.01, 9, one_decimal=True).high == 5
    assert interval(4.9, 0.3, 12, one_decimal=False).high == 5


def test_the_interval_covers_the_members_true_mean():
    # 10 of 14 answer; true scores and independent noise make a reliability of .7
    rng = np.random.default_rng(11)
    inside, rounds = 0, 2_000
    for _ in range(rounds):
        true = rng.normal(3.2, math.sqrt(0.7) * 0.6, 14)
        told = true[:10] + rng.normal(0, math.sqrt(0.3) * 0.6, 10)
        s2 = moderated(told.var(ddof=1), 10, 0.36)
        found = interval(told.mean(), error(s2, 10, 14, 0.7), 10, one_decimal=False)
        inside += found.low <= true.mean() <= found.high

    assert 0.94 <= inside / rounds <= 0.98
