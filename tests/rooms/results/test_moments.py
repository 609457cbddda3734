"""Sums of people's theme scores: worked by hand, and the same however the people come."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.cells.canonical import canonical
from teamhealth.cells.plain import to_plain
from teamhealth.results.count import decide, tally_for
from teamhealth.results.moments import Scoring, empty
from teamhealth.results.runs import Runs
from teamhealth.results.sheets import form_of
from tests.rooms.results.makers import as_they_come, charter, instrument, leaning, seeded

# two items, three items, one, and the outcome
SCORING = Scoring(7, ((0, 1), (2, 3, 4), (5,)), drives=(0, 1), outcome=6)
EVERYBODY = np.array([True, True])


def _added(rows, groups, scoring=SCORING, many=2):
    found = empty(many, scoring)
    found.add(Runs.of(groups), np.array(rows, dtype=np.int64))
    return found


def test_a_score_is_the_mean_of_at_least_half_of_a_theme_s_items():
    found = _added(
        [
            [4, 2, 5, 4, 3, 1, 5],  # 3, 4, 1
            [0, 5, 0, 4, 2, 0, 5],  # one of two: 5; two of three: 3
            [0, 0, 0, 3, 0, 2, 5],  # nothing; one of three is too few
        ],
        [0, 0, 0],
    )

    first, second, third = (found.scored(theme, EVERYBODY) for theme in range(3))
    assert [figures[0].tolist() for figures in (first, second, third)] == [[2, 0]] * 3
    assert (first[1][0], first[2][0]) == (8, 34)
    assert (second[1][0], second[2][0]) == (7, 25)
    assert (third[1][0], third[2][0]) == (3, 5)


def test_means_of_two_and_three_answers_add_up_exactly():
    third = [0, 0, 5, 5, 4, 0, 0]  # 14/3
    found = _added([third] * 999, [1] * 999)

    n, total, squares = (figures[1] for figures in found.scored(1, EVERYBODY))
    assert (n, total) == (999, float(999 * Fraction(14, 3)))
    assert squares == float(999 * Fraction(196, 9))


def test_a_covariance_is_that_of_those_who_answered_all_of_a_theme():
    rng = np.random.default_rng(1)
    rows = rng.integers(0, 6, (60, 7))
    groups = [0] * 25 + [1] * 35
    found = _added(rows, groups)

    for here in ([True, True], [False, True]):
        some = rows[:, 2:5][np.repeat(here, [25, 35])]
        whole = some[(some > 0).all(axis=1)]
        covariance, n = found.covariance(1, np.array(here))
        assert n == len(whole)
        assert covariance == pytest.approx(np.cov(whole.T), abs=1e-12)


def test_products_are_of_those_who_have_every_score_and_the_outcome():
    found = _added(
        [[4, 2, 5, 4, 3, 1, 5], [0, 5, 0, 4, 2, 0, 2], [4, 4, 4, 4, 4, 4, 0]], [0, 0, 1]
    )

    together = found.together(EVERYBODY)
    one, two = np.array([1, 3, 4, 5]), np.array([1, 5, 3, 2])
    assert together[0] == pytest.approx(np.outer(one, one) + np.outer(two, two))
    assert not together[1].any()


def test_without_an_outcome_nothing_is_kept_for_it():
    found = _added([[4, 2, 5, 4, 3, 1, 5]], [0], Scoring(7, SCORING.themes))

    assert found.joint.size == 0


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_parts_added_up_in_any_order_are_the_whole(rng):
    rows = np.array([[rng.randint(0, 5) for _ in range(7)] for _ in range(40)])
    groups = sorted(rng.randint(0, 2) for _ in range(40))
    cut = rng.randint(1, 39)
    whole = _added(rows, groups, many=3)

    added = empty(3, SCORING)
    for some in rng.sample([slice(0, cut), slice(cut, 40)], 2):
        present = sorted(set(groups[some]))
        number = [present.index(group) for group in groups[some]]
        added.plus(_added(rows[some], number, many=len(present)), present)

    for sums in ("complete", "sums", "products", "scores", "joint"):
        assert (getattr(added, sums) == getattr(whole, sums)).all()


@pytest.fixture(scope="module")
def firm():
    asked = instrument({"safety": ("s1", "s2", "s3"), "calm": ("c1", "c2")})
    given_, fixed = charter([-1, *[0] * 11], [0, *[14] * 11], asked=asked)
    form, rng = form_of(given_.instrument, given_.tree), seeded(5)
    people = [(v, leaning(rng, form)) for v, n in enumerate(fixed.invited) for _ in range(n)]
    return given_, form, people


def _snapshot(given_, tally):
    return canonical(to_plain(decide(given_, tally, void=0, shuffle=as_they_come)[0]))


def test_batches_added_up_in_any_order_give_the_same_snapshot(firm):
    given_, form, people = firm
    whole = tally_for(given_, form)
    whole.add_all(people)
    expected = _snapshot(given_, whole)
    assert b'"top_three"' in expected
    assert b'"turned"' in expected

    for seed in (1, 2):
        rng = seeded(seed)
        mixed = rng.sample(people, len(people))
        parts = []
        for some in (mixed[:30], mixed[30:31], mixed[31:]):
            part = tally_for(given_, form)
            part.add_all(some)
            parts.append(part)
        rng.shuffle(parts)
        total = tally_for(given_, form)
        for part in parts:
            total.plus(part, range(len(given_.groups)))
        assert _snapshot(given_, total) == expected
