"""Numbers from counts of people against R: favourable share, eNPS, polarisation; and silence.

Tolerance 1e-9 where a figure is a number; ranges of people are exact.
"""

import math

import numpy as np
import pytest

from teamhealth.stats.agreement import agree_each, agrees
from teamhealth.stats.enps import recommendation
from teamhealth.stats.favourable import ranges, share
from teamhealth.stats.figures import Reason
from teamhealth.stats.polarisation import (
    divided,
    divided_each,
    polarisation,
    polarisation_each,
)
from teamhealth.stats.response import band, shift, whisker
from tests.numbers.reading import rows


@pytest.mark.parametrize(
    "row", rows("favourable"), ids=lambda r: f"{r['favourable']}of{r['n']}"
)
def test_the_range_of_favourable_people_is_that_of_r(row):
    everywhere = float(row["organisation"]) if row["organisation"] else None
    found = share(int(row["favourable"]), int(row["n"]), int(row["invited"]), everywhere)

    assert (found.low, found.high) == (int(row["low"]), int(row["high"]))


def test_once_everybody_answered_the_favourable_are_counted():
    found = share(7, 12, 11, 0.3)  # somebody left: N is at least n

    assert (found.low, found.high, found.invited) == (7, 7, 12)


def test_nine_answers_have_no_range_of_favourable_people():
    assert share(6, 9, 12, 0.6).reason == Reason.TOO_FEW_ANSWERS
    assert share(6, 9, 12, 0.6).low is None


@pytest.mark.parametrize("everywhere", [0.0, 1.0])
def test_a_unanimous_organisation_is_not_taken_for_certain(everywhere):
    found = share(5, 10, 60, everywhere)

    assert found.low < found.high


def test_the_range_covers_the_favourable_of_the_whole_group():
    rng = np.random.default_rng(6)
    inside = 0
    for _ in range(1000):
        group = rng.random(20) < rng.beta(6.5, 3.5)
        found = share(int(group[:14].sum()), 14, 20, 0.65)
        inside += found.low <= group.sum() <= found.high

    assert inside >= 950


@pytest.mark.parametrize("row", rows("enps"), ids=lambda r: r["score"])
def test_the_recommendation_score_and_its_error_are_those_of_r(row):
    counts = [int(row[kind]) for kind in ("detractors", "passives", "promoters")]
    found = recommendation(counts, int(row["invited"]))

    for figure in ("score", "error", "low", "high"):
        assert getattr(found, figure) == pytest.approx(float(row[figure]), abs=1e-9)
    assert float(found) == found.score


def test_nineteen_answers_have_no_score():
    found = recommendation((5, 7, 7), 25)

    assert found.reason == Reason.TOO_FEW_ANSWERS
    assert math.isnan(float(found))


@pytest.mark.parametrize(
    "row", rows("polarisation"), ids=lambda r: "-".join(list(r.values())[:5])
)
def test_polarisation_is_that_of_r(row):
    counts = [int(row[f"X{score}"]) for score in range(1, 6)]

    assert float(polarisation(counts)) == pytest.approx(float(row["polarisation"]), abs=1e-9)


def test_polarisation_of_the_published_example():
    # R's agrmt tells 0.1943333 for these counts of seven categories
    assert float(polarisation([30, 40, 210, 130, 530, 50, 10])) == pytest.approx(
        0.1943333, abs=1e-7
    )


def test_nobody_has_no_polarisation():
    assert polarisation([0] * 5).reason == Reason.TOO_FEW_ANSWERS


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([5, 1, 0, 1, 5], True),
        ([0, 6, 0, 6, 0], True),
        ([3, 3, 2, 2, 2], True),
        ([1, 2, 6, 2, 1], False),  # both ends filled, most in the middle
        ([0, 1, 2, 6, 3], False),
        ([9, 0, 0, 0, 3], True),
        ([10, 0, 0, 0, 2], False),
        ([4, 1, 0, 0, 4], None),
    ],
)
def test_a_group_is_divided_where_both_ends_are_filled_and_the_middle_is_not(counts, told):
    assert divided([counts]) is told


def test_a_theme_is_divided_over_all_its_items():
    split, calm = [6, 0, 0, 0, 6], [0, 0, 2, 8, 2]

    assert divided([split, split, calm]) is True
    assert divided([split, calm, calm]) is False
    assert divided([split, split, [4, 0, 0, 0, 5]]) is None
    assert divided([]) is None


@pytest.mark.parametrize(
    ("n", "invited", "name"),
    [
        (8, 10, "normal"),
        (79, 100, "some_silent"),
        (6, 10, "some_silent"),
        (59, 100, "half_silent"),
        (4, 10, "half_silent"),
        (39, 100, "too_silent"),
        (0, 10, "too_silent"),
        (7, 5, "normal"),
    ],
)
def test_bands_of_response(n, invited, name):
    assert band(n, invited) == name


def test_silence_lowers_a_score_by_half_a_point_of_the_silent():
    assert shift(9, 10) is None
    assert shift(8, 10) == pytest.approx(0.1)
    assert shift(5, 10) == 0.25
    assert whisker(3.25, 15, 20, one_decimal=False) == pytest.approx(3.125)
    assert whisker(3.2, 9, 9, one_decimal=True) is None


def test_below_ten_the_whisker_has_one_decimal_and_stays_on_the_scale():
    assert whisker(3.2, 5, 8, one_decimal=True) == 3.0
    assert whisker(3.2, 7, 8, one_decimal=True) == 3.1
    assert whisker(1.1, 5, 12, one_decimal=True) == 1.0


def test_many_groups_at_once_are_told_what_each_is_told_alone():
    rng = np.random.default_rng(3)
    counts = rng.multinomial(14, [0.1, 0.2, 0.2, 0.3, 0.2], size=(40, 3))
    counts[0], counts[1, 0] = 0, [10, 0, 0, 0, 4]
    n, liked = counts[:, 0].sum(axis=1), counts[:, 0, 3:].sum(axis=1)
    asked = n + rng.integers(0, 9, 40)

    ranges_ = ranges(liked[1:], n[1:], asked[1:], 0.5)
    alone = [share(*map(int, row), 0.5) for row in zip(liked, n, asked, strict=True)]
    assert ranges_ == [(one.low, one.high) for one in alone[1:]]
    assert divided_each(counts[1:]).tolist() == [divided(rows.tolist()) for rows in counts[1:]]
    apart = polarisation_each(counts)
    assert np.isnan(apart[0]).all()
    assert apart[1].tolist() == [float(polarisation(row.tolist())) for row in counts[1]]
    words = [one.word for one in agree_each(counts)]
    assert words == [agrees(rows.tolist()).word for rows in counts]
    assert words[0] is None
