"""Agreement and ICC against R (multilevel, aov), critical values against simulating again.

Tolerance 1e-10: all are closed forms.
"""

import math

import numpy as np
import pytest

from teamhealth.stats.agreement import (
    SKEWED,
    agrees,
    average_deviation,
    icc1,
    icc2,
    rwg_j,
    uniform,
)
from teamhealth.stats.critical import critical
from teamhealth.stats.figures import Reason
from tests.numbers.critical_values import cell
from tests.numbers.reading import cases, number, rows

ITEMS = cases("items", [f"i{k}" for k in range(1, 7)])
SCORES = cases("scores", ["score"])
R = rows("agreement")
FIGURES = {
    "uniform": lambda answers: rwg_j(answers, 5, uniform(5)),
    "skewed": lambda answers: rwg_j(answers, 5, SKEWED),
    "deviation": average_deviation,
}


@pytest.mark.parametrize("case", ["complete", "missing", "reversed", "tiny", "two"])
@pytest.mark.parametrize("figure", FIGURES)
def test_agreement_of_each_group_is_that_of_r(case, figure):
    answers, groups = ITEMS[case]
    told = [row for row in R if row["case"] == case and row["figure"] == figure]

    assert len(told) == len(set(groups))
    for row in told:
        found = float(FIGURES[figure](answers[groups == int(row["group"])]))
        assert found == pytest.approx(number(row["value"]), abs=1e-10, nan_ok=True)


@pytest.mark.parametrize("case", SCORES)
def test_both_icc_are_those_of_r(case):
    scores, groups = SCORES[case]
    told = {r["figure"]: number(r["value"]) for r in R if r["case"] == case and not r["group"]}

    assert float(icc1(scores[:, 0], groups)) == pytest.approx(told["icc1"], abs=1e-10)
    assert float(icc2(scores[:, 0], groups)) == pytest.approx(told["icc2"], abs=1e-10)
    assert told.get("multilevel", told["icc1"]) == pytest.approx(told["icc1"], abs=1e-10)


def test_chance_is_uniform_unless_said_otherwise():
    answers = ITEMS["complete"][0][:9]

    assert uniform(5) == 2
    assert rwg_j(answers) == rwg_j(answers, 5, 2.0)
    assert float(rwg_j(answers, null_variance=SKEWED)) < float(rwg_j(answers))
    assert float(rwg_j(answers, 7)) > float(rwg_j(answers))


def test_a_unanimous_group_agrees_and_two_camps_do_not():
    assert float(rwg_j([[4, 5, 3]] * 6)) == 1
    assert float(average_deviation([[4, 5, 3]] * 6)) == 0
    assert float(rwg_j([[1, 1]] * 5 + [[5, 5]] * 5)) == 0
    assert float(average_deviation([[1, 1]] * 5 + [[5, 5]] * 5)) == 2


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (rwg_j([[4, 5]]), Reason.TOO_FEW_ANSWERS),
        (rwg_j(np.empty((0, 3))), Reason.TOO_FEW_ANSWERS),
        (average_deviation([[4, 5], [None, 3]]), Reason.TOO_FEW_ANSWERS),
        (icc1([3, 4, 5], ["a", "a", "a"]), Reason.TOO_FEW_GROUPS),
        (icc1([3, 4, 5], ["a", "b", None]), Reason.TOO_FEW_ANSWERS),
        (icc2([4, 4, 4, 4], [1, 1, 2, 2]), Reason.NO_VARIATION),
        (icc2([3, 5, 5, 3], [1, 1, 2, 2]), Reason.NO_VARIATION),
    ],
)
def test_without_enough_there_is_a_reason_and_no_number(found, reason):
    assert found.reason == reason
    assert math.isnan(float(found))


def counted(answers):
    return [[int((column == score).sum()) for score in range(1, 6)] for column in answers.T]


@pytest.mark.parametrize("people", [10, 11, 24])
def test_what_is_told_from_counts_is_what_the_answers_give(people):
    answers = np.random.default_rng(people).integers(1, 6, (people, 3))

    found = agrees(counted(answers))

    assert float(found.uniform) == pytest.approx(float(rwg_j(answers)), abs=1e-12)
    assert float(found.skewed) == pytest.approx(float(rwg_j(answers, 5, SKEWED)), abs=1e-12)
    assert float(found.deviation) == pytest.approx(float(average_deviation(answers)), abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([0, 0, 1, 10, 1], "agree"),
        ([1, 1, 3, 7, 2], "partly"),
        ([4, 2, 1, 2, 3], "little"),
        ([2, 1, 3, 3, 1], "little"),
        ([0, 0, 0, 0, 10], "agree"),
    ],
)
def test_the_word_needs_both_kinds_of_chance(counts, word):
    assert agrees([counts] * 3).word == word


def test_nothing_is_told_below_ten_answers_to_any_item():
    found = agrees([[0, 0, 0, 12, 0], [0, 0, 0, 9, 0]])

    assert (found.word, found.reason) == (None, Reason.TOO_FEW_ANSWERS)
    assert math.isnan(float(found.uniform))


def test_five_counts_an_item_are_needed():
    with pytest.raises(ValueError, match="five counts"):
        agrees([[1, 2, 3]])


@pytest.mark.parametrize(("people", "items"), [(5, 4), (10, 3), (20, 1)])
def test_critical_values_come_out_again(people, items):
    again = cell(people, items, 20_000, np.random.default_rng(7))
    found = critical(people, items)

    assert (found.uniform, found.skewed) == pytest.approx(again[:2], abs=0.02)
    assert found.deviation == pytest.approx(again[2], abs=1 / people)


def test_between_two_sizes_the_smaller_one_counts():
    assert critical(14, 3) == critical(12, 3)
    assert critical(500, 3) == critical(30, 3)
    assert critical(10, 9) == critical(10, 6)
    with pytest.raises(ValueError, match="below 5"):
        critical(4, 3)


def test_people_who_answer_by_chance_seldom_agree():
    answers = np.random.default_rng(4).integers(1, 6, (400, 10, 3))
    words = [agrees(counted(group)).word for group in answers]

    assert words.count("little") > 0.97 * len(words)
    assert words.count("agree") == 0
