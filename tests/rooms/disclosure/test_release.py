"""What is shown: no combination covers one to four people; clip, words, caps."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.disclosure.audit import audit
from teamhealth.disclosure.guards import WORDS, clip, clip_enps, told, words
from teamhealth.disclosure.release import release_enps
from tests.rooms.disclosure.makers import CALM, cases, published


def _covered(claims, sheets, j):
    """Work out as an outsider which answering groups each cell of an item covers, from n alone."""
    n = claims.n[:, j]
    loose = [{v} if sheets[v] else set() for v in range(len(sheets))]
    inside = [set() for _ in sheets]
    ring = n.copy()
    for v in range(1, len(n)):
        up = claims.parent[v]
        while n[v] and up >= 0 and not n[up]:
            up = claims.parent[up]
        if n[v] and up >= 0:
            ring[up] -= n[v]
    for v in range(len(n) - 1, -1, -1):
        if n[v] and ring[v]:
            inside[v] |= loose[v]
            loose[v] = set()
        if v:
            loose[claims.parent[v]] |= loose[v]
            inside[claims.parent[v]] |= inside[v]
    return {v: inside[v] for v in range(len(n)) if n[v]}


def _rank(matrix):
    rows, rank = [row[:] for row in matrix], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            if rows[i][column]:
                f = rows[i][column] / rows[rank][column]
                rows[i] = [x - f * y for x, y in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank


def _isolates(rows, sizes, k):
    """Say whose answers some combination of the rows isolates: fewer than k people, exactly by ranks."""
    columns = sorted({atom for row in rows for atom in row})
    full = _rank([[Fraction(row.get(atom, 0)) for atom in columns] for row in rows])
    small = [v for v in sorted({v for v, _ in columns}) if 0 < sizes[v] < k]
    for many in range(1, k):
        for who in combinations(small, many):
            if sum(sizes[v] for v in who) < k:
                rest = [atom for atom in columns if atom[0] not in who]
                if (
                    _rank([[Fraction(row.get(atom, 0)) for atom in rest] for row in rows])
                    < full
                ):
                    return who
    return None


@settings(max_examples=150, **CALM)
@given(cases(most=9))
def test_no_combination_of_all_that_is_shown_covers_fewer_than_k_people(case):
    claims, evidence = published(case)
    rows = []
    cover = [_covered(claims, case.counts[:, j].sum(axis=1), j) for j in range(case.items())]
    for j, cells in enumerate(cover):
        rows += [{(v, j): 1 for v in groups} for groups in cells.values()]
    for theme in claims.themes:
        row = {}
        for j in theme.items:
            row |= {
                (v, j): Fraction(1, int(claims.n[theme.group, j]))
                for v in cover[j][theme.group]
            }
        rows.append(row)

    assert audit(claims, evidence) == []
    assert _isolates(rows, case.sheets.tolist(), case.k) is None


@settings(max_examples=50, **CALM)
@given(cases(), st.randoms(use_true_random=False))
def test_a_reader_s_part_is_as_safe_as_the_whole(case, rng):
    claims, _ = published(case)
    gone = np.array([rng.random() < 0.4 for _ in case.people])
    part = type(claims)(
        **{
            **{name: getattr(claims, name) for name in claims.__slots__},
            "responses": claims.responses * ~gone,
            "n": claims.n * ~gone[:, None],
            "full": claims.full & ~gone[:, None],
            "counts": claims.counts * ~gone[:, None, None],
            "enps": claims.enps * ~gone[:, None],
            "themes": tuple(t for t in claims.themes if not gone[t.group]),
        }
    )

    assert audit(part, whole=False) == []


@settings(max_examples=50, **CALM)
@given(cases())
def test_enps_covers_ten_and_never_shows_detractors_to_the_last(case):
    planned = case.planned()

    shown = release_enps(case.tree, case.scores, planned, case.items())

    for low, middle, high in shown.tolist():
        n = low + middle + high
        assert n == 0 or (n >= 10 and low <= n - 2)
    assert planned.of_items(case.items()).fine.shown.shape[1] == case.items()


@given(st.lists(st.integers(0, 12), min_size=5, max_size=5))
def test_the_clip_moves_at_most_two_answers_to_neutral_and_no_favourable_one(given_counts):
    before = np.array(given_counts)

    after = clip(before)

    assert after.sum() == before.sum()
    assert (after[3:] == before[3:]).all()
    assert (after >= 0).all()
    assert after[:2].sum() <= max(0, before.sum() - 2)
    assert 0 <= before[:2].sum() - after[:2].sum() <= 2


def test_the_clip_takes_a_two_before_a_one():
    assert clip(np.array([3, 2, 0, 0, 0])).tolist() == [3, 0, 2, 0, 0]
    assert clip(np.array([4, 1, 0, 0, 0])).tolist() == [3, 0, 2, 0, 0]
    assert clip(np.array([4, 0, 0, 1, 0])).tolist() == [3, 0, 1, 1, 0]
    assert clip(np.array([1, 1, 1, 1, 1])).tolist() == [1, 1, 1, 1, 1]
    assert clip_enps(np.array([10, 0, 0])).tolist() == [8, 2, 0]


@pytest.mark.parametrize("n", range(5, 30))
def test_words_are_symmetric_and_their_ends_hide_one_answer(n):
    said = [WORDS[words(np.array([[n - liked, 0, 0, liked, 0]]))[0]] for liked in range(n + 1)]
    mirror = dict(zip(WORDS, reversed(WORDS), strict=True))

    assert said[0] == said[1] == "almost_nobody"
    assert said[n] == said[n - 1] == "almost_everybody"
    assert [mirror[word] for word in said] == said[::-1]


def test_three_fifths_and_two_fifths_are_about_half():
    assert WORDS[words(np.array([0, 2, 0, 3, 0]))] == "about_half"
    assert WORDS[words(np.array([0, 3, 0, 2, 0]))] == "about_half"
    assert WORDS[words(np.array([0, 3, 0, 5, 0]))] == "most"


def test_a_theme_below_ten_tells_one_decimal_halves_up_and_at_most_4_8():
    assert told(Fraction(345, 100)) == 3.5
    assert told(Fraction(3449, 1000)) == 3.4
    assert told(Fraction(475, 100)) == 4.8
    assert told(Fraction(5)) == 4.8
    assert told(Fraction(1)) == 1.0
