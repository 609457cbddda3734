"""α and ω against R (psych, factanal, lavaan), and what is said where they are none.

Tolerances: 1e-10 for α (closed form), 1e-6 for ω (two searches for one peak).
"""

import math

import numpy as np
import pytest

from teamhealth.stats.factor import one_factor
from teamhealth.stats.figures import Reason
from teamhealth.stats.reliability import (
    cronbach_alpha,
    item_rest,
    omega_of,
    omega_total,
    scale,
)
from tests.numbers.reading import cases, rows

ITEMS = {c: x for c, (x, _) in cases("items", [f"i{k}" for k in range(1, 7)]).items()}
R = {(row["case"], row["figure"]): float(row["value"]) for row in rows("reliability")}


def covariance(answers):
    return np.cov(answers[~np.isnan(answers).any(axis=1)].T)


@pytest.mark.parametrize("case", ITEMS)
def test_alpha_and_its_interval_are_those_of_r(case):
    found = cronbach_alpha(ITEMS[case])

    assert found.n == R[case, "n"]
    assert float(found) == found.value == pytest.approx(R[case, "alpha"], abs=1e-10)
    assert (found.low, found.high) == pytest.approx(
        (R[case, "low"], R[case, "high"]), abs=1e-10
    )


@pytest.mark.parametrize("case", ["complete", "missing", "reversed", "continuous", "unrelated"])
def test_omega_is_that_of_r(case):
    found = omega_total(ITEMS[case])

    assert (found.by, found.reason) == ("omega", None)
    assert float(found) == pytest.approx(R[case, "omega"], abs=1e-6)
    if case != "unrelated":
        assert float(found) == pytest.approx(R[case, "lavaan"], abs=1e-6)


@pytest.mark.parametrize("case", ITEMS)
def test_item_rest_correlations_are_those_of_r(case):
    found = item_rest(covariance(ITEMS[case]))

    assert found == pytest.approx(
        [R[case, f"rest{i}"] for i in range(1, len(found) + 1)], abs=1e-10
    )


def test_an_item_scored_the_wrong_way_round_is_seen():
    assert min(item_rest(covariance(ITEMS["complete"]))) > 0.3
    assert item_rest(covariance(ITEMS["reversed"]))[1] < 0


@pytest.mark.parametrize(
    ("case", "reason"), [("heywood", Reason.NO_ONE_FACTOR), ("two", Reason.TOO_FEW_ITEMS)]
)
def test_where_no_factor_is_found_omega_is_alpha_and_says_so(case, reason):
    found, alpha = omega_total(ITEMS[case]), cronbach_alpha(ITEMS[case])

    assert (found.by, found.reason) == ("alpha", reason)
    assert (found.value, found.low, found.high) == (alpha.value, alpha.low, alpha.high)


def test_an_item_asked_twice_has_no_factor_fitted():
    answers = ITEMS["complete"]
    found = omega_total(np.column_stack([answers, answers[:, 0]]))

    assert (found.by, found.reason) == ("alpha", Reason.NO_ONE_FACTOR)


def test_the_factor_behind_exact_correlations_is_found_again():
    loadings = np.array([0.9, 0.7, 0.5, 0.3, -0.4])
    correlations = np.outer(loadings, loadings)
    np.fill_diagonal(correlations, 1)

    found = one_factor(correlations)

    assert np.abs(found.loadings) == pytest.approx(np.abs(loadings), abs=1e-6)
    assert found.uniquenesses == pytest.approx(1 - loadings**2, abs=1e-6)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        (np.empty((0, 3)), Reason.TOO_FEW_ANSWERS),
        ([[1, 2, 3], [2, 3, 4]], Reason.TOO_FEW_ANSWERS),
        ([[1, 2], [None, 3], [3, None], [2, 2]], Reason.TOO_FEW_ANSWERS),
        ([[1], [2], [3], [4]], Reason.TOO_FEW_ITEMS),
        ([[4, 4, 4]] * 9, Reason.NO_VARIATION),
        ([[1, 5], [2, 4], [4, 2], [3, 3]], Reason.NO_VARIATION),
    ],
)
@pytest.mark.parametrize("coefficient", [cronbach_alpha, omega_total])
def test_without_enough_there_is_a_reason_and_no_number(coefficient, items, reason):
    found = coefficient(items)

    assert found.reason == reason
    assert math.isnan(float(found))
    assert math.isnan(found.low)


def test_an_item_that_all_answer_alike_leaves_alpha_but_no_factor():
    answers = ITEMS["complete"].copy()
    answers[:, 1] = 4

    found = omega_total(answers)

    assert (found.by, found.reason) == ("alpha", Reason.NO_VARIATION)
    assert math.isnan(item_rest(covariance(answers))[1])


def test_people_by_items_is_needed():
    with pytest.raises(ValueError, match="two dimensions"):
        cronbach_alpha([1, 2, 3])


def test_a_theme_is_judged_from_a_hundred_people_on():
    shared = covariance(ITEMS["complete"])

    assert scale(shared, 99).omega.reason == Reason.TOO_FEW_ANSWERS
    assert scale(shared, 99).band is None
    assert scale(shared, 100).band == "fine"
    assert scale(np.zeros((3, 3)), 500).band is None


@pytest.mark.parametrize(
    ("correlation", "band"),
    [(0.2, "apart"), (0.35, "rough"), (0.6, "fine"), (0.9, "redundant")],
)
def test_bands_of_reliability(correlation, band):
    shared = np.full((3, 3), correlation)
    np.fill_diagonal(shared, 1)

    found = scale(shared, 300)

    assert found.band == band
    # equal correlations: ω is Spearman and Brown's formula
    assert found.omega.value == pytest.approx(3 * correlation / (1 + 2 * correlation), abs=1e-6)
    assert omega_of(shared, 300) == found.omega
