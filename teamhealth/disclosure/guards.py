"""What is done to numbers so that the ends tell nobody's answer: the clip, the words, the cap.

Arrays end in the five counts of answers 1…5 (or three of eNPS) and keep their shape.
"""

from fractions import Fraction

import numpy as np

from teamhealth.disclosure.tree import Ints

ALMOST_EVERYBODY, MOST, ABOUT_HALF, A_MINORITY, ALMOST_NOBODY = range(5)
WORDS = ("almost_everybody", "most", "about_half", "a_minority", "almost_nobody")
TOP = 4.8  # below ten a theme's mean above 4.75 is told as 4.8: 5.0 would be everybody's every answer


def clip(counts: Ints) -> Ints:
    """Keep at most n − 2 unfavourable answers (1 or 2) in each block of n people.

    The surplus, two answers at most, becomes 3; a 2 does so before a 1.
    """
    one, two = counts[..., 0], counts[..., 1]
    surplus = np.maximum(one + two - np.maximum(counts.sum(axis=-1) - 2, 0), 0)
    soft = np.minimum(surplus, two)
    kept = counts.copy()
    kept[..., 0] -= surplus - soft
    kept[..., 1] -= soft
    kept[..., 2] += surplus
    return kept


def clip_enps(counts: Ints) -> Ints:
    """Keep at most n − 2 detractors in each block; the surplus becomes passive."""
    surplus = np.maximum(counts[..., 0] - np.maximum(counts.sum(axis=-1) - 2, 0), 0)
    kept = counts.copy()
    kept[..., 0] -= surplus
    kept[..., 1] += surplus
    return kept


def words(counts: Ints) -> Ints:
    """Return the place in ``WORDS`` of the favourable share (answers 4 and 5).

    Symmetric; the ends never tell n from n − 1 nor 0 from 1. In between three and two
    fifths are the borders of *about half*, and belong to it.
    """
    return _words(counts, 1)


def words_of_many(counts: Ints) -> Ints:
    """Return ``words`` with wider ends: up to a tenth of the people, or one, may be on the other side."""
    return _words(counts, np.maximum(1, counts.sum(axis=-1) // 10))


def _words(counts: Ints, others: int | Ints) -> Ints:
    n, liked = counts.sum(axis=-1), counts[..., 3] + counts[..., 4]
    return np.select(
        [liked >= n - others, liked <= others, 5 * liked > 3 * n, 5 * liked < 2 * n],
        [ALMOST_EVERYBODY, ALMOST_NOBODY, MOST, A_MINORITY],
        ABOUT_HALF,
    )


def told(mean: Fraction) -> float:
    """Return a theme's mean as it is told below ten: one decimal, halves up, at most 4.8."""
    top, bottom = mean.as_integer_ratio()
    return min(TOP, (20 * top + bottom) // (2 * bottom) / 10)
