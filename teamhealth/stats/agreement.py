"""Whether a group's mean stands for the group: whether people agree, and groups differ.

``rwg_j`` and ``average_deviation`` are about one group; ``icc1`` and ``icc2`` about all.
They are computed wherever they are defined; what a reader is told of one group
(``agrees``) needs ten answers and follows from its released counts alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from teamhealth.stats.arrays import Floats, Ints, complete, grouped, table
from teamhealth.stats.critical import Critical, critical
from teamhealth.stats.figures import Figure, Reason, none

LEAST_PEOPLE = 10
"""Below, nobody is told whether a group agrees."""

SKEWED = 1.34
"""Variance of answers 1–5 that nobody agrees on but that lean to the favourable side."""

_POINTS = 5
_AGREED, _SOME = 0.70, 0.50
_TOO_APART = _POINTS / 6
_FLAT = 1e-12

Word = Literal["agree", "partly", "little"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """rwg(j) against both kinds of chance, mean deviation from the medians, and the word.

    ``word`` is None where ``reason`` says why.
    """

    uniform: Figure
    skewed: Figure
    deviation: Figure
    word: Word | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Anova:
    between: float
    within: float
    size: float
    n: int


def uniform(points: int) -> float:
    """Return the variance of answers of which each of ``points`` is as likely as any other."""
    return (points**2 - 1) / 12


def rwg_j(items: ArrayLike, points: int = 5, null_variance: float | None = None) -> Figure:
    """Return one group's within-group agreement, 0…1, over its people × items (NaN = missing).

    Item variances use all answers there are (as R's ``multilevel`` since 2.8), J is the
    number of columns. ``null_variance`` is that of answers by chance: the uniform one of
    ``points`` if None; give ``SKEWED`` too and tell both. More spread than chance is 0.
    """
    answers = table(items)
    n = int((~np.isnan(answers)).any(axis=1).sum())
    enough = (~np.isnan(answers)).sum(axis=0) > 1
    if not enough.any():
        return none(Reason.TOO_FEW_ANSWERS, n)
    chance = uniform(points) if null_variance is None else null_variance
    spread = float(np.nanvar(answers[:, enough], axis=0, ddof=1).mean())
    return Figure(_rwg(spread / chance, answers.shape[1]), n)


def average_deviation(items: ArrayLike) -> Figure:
    """Return the mean absolute deviation from the item medians, averaged over items.

    Over those who answered every item (listwise, as R's ``ad.m``); 0 if all are alike.
    """
    answers = complete(items)
    if len(answers) < 2 or not answers.shape[1]:  # noqa: PLR2004
        return none(Reason.TOO_FEW_ANSWERS, len(answers))
    return Figure(float(np.abs(answers - np.median(answers, axis=0)).mean()), len(answers))


def icc1(scores: ArrayLike, groups: ArrayLike) -> Figure:
    """Return ICC(1), how much of the variance lies between groups, from a one-way ANOVA.

    The group size is n0 = (N - Σn²/N) / (k - 1), not the mean size. It may be below 0.
    ``pooling.shrunken_means`` gives the REML value, which is not.
    """
    found = _anova(scores, groups)
    if isinstance(found, Figure):
        return found
    total = found.between + (found.size - 1) * found.within
    return Figure((found.between - found.within) / total, found.n)


def icc2(scores: ArrayLike, groups: ArrayLike) -> Figure:
    """Return ICC(2), how reliably groups' means differ, from a one-way ANOVA; may be below 0."""
    found = _anova(scores, groups)
    if isinstance(found, Figure):
        return found
    if not found.between:
        return none(Reason.NO_VARIATION, found.n)
    return Figure((found.between - found.within) / found.between, found.n)


def agrees(counts: Sequence[Sequence[int]]) -> Agreement:
    """Tell whether one group agrees on a theme: per item its released counts of the answers 1…5.

    *agree*: rwg(j) is at least .70 against either kind of chance. *partly*: at least .50
    against uniform chance. Both need more than one group in twenty reaches by chance
    (``critical``), and a deviation of at most 5/6 and the critical one. Else *little*.
    Raises ValueError unless every item has five counts.
    """
    answers = np.array(counts, dtype=np.int64)
    if answers.ndim != 2 or answers.shape[1] != _POINTS:  # noqa: PLR2004
        raise ValueError("five counts per item are needed")
    n = int(answers.sum(axis=1).min()) if len(answers) else 0
    if n < LEAST_PEOPLE:
        return _unsaid(n)
    return agree_each(answers[np.newaxis])[0]


def agree_each(counts: ArrayLike) -> list[Agreement]:
    """Tell the same of many groups at once: groups × items × five counts, one item or more."""
    answers = np.asarray(counts, dtype=np.int64)
    items, people = answers.shape[1], answers.sum(axis=2)
    rows = answers.reshape(-1, _POINTS)
    spread = _variances(rows).reshape(people.shape).mean(axis=1).tolist()
    apart = _deviations(rows).reshape(people.shape).mean(axis=1).tolist()
    return [
        _agreement(s, d, n, items) if n >= LEAST_PEOPLE else _unsaid(n)
        for s, d, n in zip(spread, apart, people.min(axis=1).tolist(), strict=True)
    ]


def _agreement(spread: float, apart: float, n: int, items: int) -> Agreement:
    generous, strict = _rwg(spread / uniform(_POINTS), items), _rwg(spread / SKEWED, items)
    word = _word(generous, strict, apart, critical(n, items))
    return Agreement(Figure(generous, n), Figure(strict, n), Figure(apart, n), word)


def _unsaid(n: int) -> Agreement:
    lacking = none(Reason.TOO_FEW_ANSWERS, n)
    return Agreement(lacking, lacking, lacking, None, Reason.TOO_FEW_ANSWERS)


def _word(generous: float, strict: float, apart: float, bars: Critical) -> Word:
    if apart > min(_TOO_APART, bars.deviation) + _FLAT or generous < max(_SOME, bars.uniform):
        return "little"
    both = generous >= max(_AGREED, bars.uniform) and strict >= max(_AGREED, bars.skewed)
    return "agree" if both else "partly"


def _rwg(ratio: float, items: int) -> float:
    ratio = min(ratio, 1.0)
    return items * (1 - ratio) / (items * (1 - ratio) + ratio)


def _variances(counts: Ints) -> Floats:
    n, answers = counts.sum(axis=1), np.arange(1, _POINTS + 1)
    sums, squares = counts @ answers, counts @ answers**2
    found: Floats = (squares - sums**2 / np.maximum(n, 1)) / np.maximum(n - 1, 1)
    return found


def _deviations(counts: Ints) -> Floats:
    """Return per item the mean distance to the median; halfway medians included."""
    n, answers = counts.sum(axis=1, keepdims=True), np.arange(1, _POINTS + 1)
    below = counts.cumsum(axis=1)
    lower, upper = (1 + (below <= at).sum(axis=1) for at in ((n - 1) // 2, n // 2))
    medians = (lower + upper)[:, np.newaxis] / 2
    found: Floats = (counts * np.abs(answers - medians)).sum(axis=1) / np.maximum(n[:, 0], 1)
    return found


def _anova(scores: ArrayLike, groups: ArrayLike) -> _Anova | Figure:
    given = np.asarray(scores, dtype=np.float64)
    _, number = grouped(groups, len(given))
    known = np.isfinite(given) & (number >= 0)
    given, number = given[known], number[known]
    _, number, sizes = np.unique(number, return_inverse=True, return_counts=True)
    n, many = len(given), len(sizes)
    if many < 2:  # noqa: PLR2004
        return none(Reason.TOO_FEW_GROUPS, n)
    if n <= many:
        return none(Reason.TOO_FEW_ANSWERS, n)
    means = np.bincount(number, given) / sizes
    between = float((sizes * (means - given.mean()) ** 2).sum()) / (many - 1)
    within = float(((given - means[number]) ** 2).sum()) / (n - many)
    if between + within <= _FLAT:
        return none(Reason.NO_VARIATION, n)
    return _Anova(between, within, float(n - (sizes**2).sum() / n) / (many - 1), n)
