"""Shrunken means by REML against R's lme4, at the boundary and where little is known.

Tolerance 1e-6: R's optimiser stops about there.
"""

import math

import numpy as np
import pytest

from teamhealth.stats.figures import Reason
from teamhealth.stats.pooling import differing, shrunken_means
from tests.numbers.reading import cases, rows

SCORES = {case: (x[:, 0], groups) for case, (x, groups) in cases("scores", ["score"]).items()}
R = rows("pooling")


@pytest.mark.parametrize("case", SCORES)
def test_the_model_is_that_of_lme4(case):
    found = shrunken_means(*SCORES[case])

    for row in (row for row in R if row["case"] == case):
        if row["group"]:
            at = found.groups.index(int(row["group"]))
            value = {"mean": found.means, "error": found.errors}[row["figure"]][at]
        else:
            value = getattr(found, row["figure"])
        assert value == pytest.approx(float(row["value"]), abs=1e-6), row


def test_groups_that_do_not_differ_all_have_the_middle_exactly():
    found = shrunken_means(*SCORES["boundary"])

    assert found.tau2 == found.icc1 == found.mean_icc2 == 0
    assert set(found.means) == {found.mu}
    assert set(found.errors) == {0}


def test_small_groups_are_drawn_to_the_middle_more_than_large_ones():
    found = shrunken_means(*SCORES["uneven"])

    by_size = sorted(zip(found.sizes, found.icc2, strict=True))
    assert [kept for _, kept in by_size] == sorted(found.icc2)
    assert found.icc1 == found.tau2 / (found.tau2 + found.sigma2)
    for raw, mean in zip(found.raw, found.means, strict=True):
        assert min(raw, found.mu) <= mean <= max(raw, found.mu)


def test_the_order_of_people_and_the_kind_of_names_do_not_matter():
    scores, groups = SCORES["missing"]
    order = np.random.default_rng(1).permutation(len(scores))
    plain = shrunken_means(scores, groups)
    named = shrunken_means(scores[order], [f"team {g:02}" for g in groups[order]])

    assert named.means == pytest.approx(plain.means, abs=1e-9)
    assert named.of("team 03") == pytest.approx(plain.of(3), abs=1e-9)


def test_groups_without_a_score_and_people_without_a_group_are_left_out():
    found = shrunken_means([3, 4, 5, None, 2, 1], ["a", "a", "b", "c", "b", None])

    assert (found.groups, found.sizes, found.raw) == (("a", "b"), (2, 2), (3.5, 3.5))


def test_where_everybody_answers_as_their_group_nothing_is_shrunk():
    found = shrunken_means([3, 3, 4, 4, 5, 5], [1, 1, 2, 2, 3, 3])

    assert (found.tau2, found.sigma2, found.icc1) == (1, 0, 1)
    assert found.means == found.raw


def test_where_all_are_alike_nothing_differs():
    found = shrunken_means([4] * 6, [1, 1, 2, 2, 3, 3])

    assert (found.mu, found.tau2, found.sigma2, found.icc1) == (4, 0, 0, 0)
    assert found.means == (4, 4, 4)


@pytest.mark.parametrize(
    ("scores", "groups", "reason"),
    [
        ([], [], Reason.TOO_FEW_GROUPS),
        ([3, 4, 5], [1, 1, 1], Reason.TOO_FEW_GROUPS),
        ([3, 4, 5], [1, 2, 3], Reason.TOO_FEW_ANSWERS),
    ],
)
def test_without_enough_there_is_a_reason_and_no_number(scores, groups, reason):
    found = shrunken_means(scores, groups)

    assert (found.reason, found.means) == (reason, ())
    assert math.isnan(found.mu)
    assert math.isnan(found.icc1)


def test_one_group_per_person_is_needed():
    with pytest.raises(ValueError, match="one group per person"):
        shrunken_means([1, 2, 3], [1, 2])


def _summed(case):
    scores, groups = SCORES[case]
    known = np.isfinite(scores)
    scores, groups = scores[known], groups[known]
    sizes = np.bincount(groups)
    return sizes, np.bincount(groups, scores), np.bincount(groups, scores**2)


@pytest.mark.parametrize("case", ["uneven", "likert", "missing"])
def test_from_sums_alone_groups_differ_as_much_as_from_people(case):
    people, sums = shrunken_means(*SCORES[case]), differing(*_summed(case))

    for figure in ("mu", "tau2", "sigma2", "icc1", "mean_icc2"):
        assert getattr(sums, figure) == pytest.approx(getattr(people, figure), abs=1e-9)


def test_how_much_groups_differ_is_told_from_five_groups_and_a_hundred_people():
    assert differing(*_summed("balanced")).reason == Reason.TOO_FEW_ANSWERS  # 90 people
    assert differing(*_summed("two")).reason == Reason.TOO_FEW_GROUPS
    alone = np.ones(120, dtype=np.int64)
    assert differing(alone, alone * 4.0, alone * 16.0).reason == Reason.TOO_FEW_ANSWERS
