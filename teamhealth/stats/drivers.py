"""Which themes move together with an outcome: Johnson's relative weights.

They split R² among predictors that are correlated themselves. "Moves together with" is
all they say: everything was answered by the same people on the same day. With few
answers the order of the themes is luck, so what is told (``rank``) needs many, and says
how often a theme is among the first three when groups are drawn again.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from teamhealth.stats.arrays import Bools, Floats, Ints, grouped, table
from teamhealth.stats.figures import Reason

LEAST_PEOPLE, PEOPLE_EACH, LEAST_GROUPS = 120, 10, 10
"""People, people per predictor and groups below which nothing about drivers is told."""

SURE_FROM = 200
"""Below so many people the ranking is called an early indication."""

_DRAWS, _AT_A_TIME = 1000, 100
_USABLE = 0.9  # share of the draws that must be computable
_SINGULAR = 1e-10
_TOP = 3


@dataclass(frozen=True, slots=True)
class RelativeWeights:
    """Per predictor its weight (they sum to R²), its share (to 1) and its correlation.

    Nothing is there where ``reason`` says why; ``r2`` is then NaN.
    """

    weights: tuple[float, ...]
    r2: float
    shares: tuple[float, ...]
    correlations: tuple[float, ...]
    n: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """One predictor: share of R² with its 95 % range, how often among the first three, correlation."""

    share: float
    low: float
    high: float
    top_three: float
    correlation: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is told, in the order of the predictors; ``early`` says that it is an early indication."""

    drivers: tuple[Driver, ...]
    r2: float
    n: int
    groups: int
    early: bool
    reason: Reason | None = None


def relative_weights(predictors: ArrayLike, outcome: ArrayLike) -> RelativeWeights:
    """Return the weights of people × predictors for one outcome per person (NaN = missing).

    Over those who have everything (listwise). Computed from p + 2 people on, if no
    predictor follows from the others; equal to R's ``relaimpo`` (genizi) and ``rwa``.
    """
    rows, _ = _complete(predictors, outcome, None)
    n, many = len(rows), rows.shape[1] - 2
    if not many:
        return _without(Reason.TOO_FEW_ITEMS, n)
    if n < many + 2:
        return _without(Reason.TOO_FEW_ANSWERS, n)
    rows[:, 1:] -= rows[:, 1:].mean(axis=0)
    weights, correlations, usable = _weights((rows.T @ rows)[np.newaxis])
    if not usable[0]:
        return _without(Reason.NO_VARIATION, n)
    found, r2 = weights[0], float(weights[0].sum())
    shares = found / r2 if r2 > 0 else np.full(many, 1 / many)
    return RelativeWeights(
        tuple(found.tolist()), r2, tuple(shares.tolist()), tuple(correlations[0].tolist()), n
    )


def moments(predictors: ArrayLike, outcome: ArrayLike, groups: ArrayLike) -> Floats:
    """Return per group the sums of products of (1, predictors, outcome), over complete people.

    They are all that ``rank`` needs, and may be added up a few people at a time.
    """
    rows, number = _complete(predictors, outcome, groups)
    found: Floats = np.zeros((number.max(initial=-1) + 1, rows.shape[1], rows.shape[1]))
    order = np.argsort(number, kind="stable")
    present, starts = np.unique(number[order], return_index=True)
    # of nobody there is one empty part, and no group
    for at, some in zip(present, np.split(rows[order], starts[1:]), strict=False):
        found[at] = some.T @ some
    return found


def rank(sums: Floats, rng: np.random.Generator) -> Ranking:
    """Return what is told of drivers, from ``moments`` by group; ``rng`` draws groups again.

    A group is drawn with all its people, a thousand times.
    """
    sums = sums[sums[:, 0, 0] > 0]
    whole = sums.sum(axis=0)
    n, many, predictors = int(whole[0, 0]), len(sums), len(whole) - 2
    if n < max(LEAST_PEOPLE, PEOPLE_EACH * predictors) or predictors < 1:
        return Ranking((), math.nan, n, many, early=True, reason=Reason.TOO_FEW_ANSWERS)
    if many < LEAST_GROUPS:
        return Ranking((), math.nan, n, many, early=True, reason=Reason.TOO_FEW_GROUPS)
    weights, correlations, usable = _weights(whole[np.newaxis])
    drawn = _drawn(sums, rng)
    if not usable[0] or weights.sum() <= 0 or len(drawn) < _USABLE * _DRAWS:
        return Ranking((), math.nan, n, many, early=True, reason=Reason.NO_VARIATION)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    places = (-drawn).argsort(axis=1).argsort(axis=1)
    columns = (
        weights[0] / weights[0].sum(), low, high, (places < _TOP).mean(axis=0), correlations[0]
    )  # fmt: skip
    found = tuple(Driver(*row) for row in np.column_stack(columns).tolist())
    return Ranking(found, float(weights.sum()), n, many, early=n < SURE_FROM)


def _complete(
    predictors: ArrayLike, outcome: ArrayLike, groups: ArrayLike | None
) -> tuple[Floats, Ints]:
    """Return rows of (1, predictors, outcome) of complete people, and the number of their group."""
    x, y = table(predictors), np.asarray(outcome, dtype=np.float64)
    rows: Floats = np.column_stack([np.ones(len(x)), x, y])
    number: Ints = np.zeros(len(x), dtype=np.int64)
    if groups is not None:
        _, number = grouped(groups, len(x))
    known = np.isfinite(rows).all(axis=1) & (number >= 0)
    return rows[known], number[known]


def _without(reason: Reason, n: int) -> RelativeWeights:
    return RelativeWeights((), math.nan, (), (), n, reason)


def _drawn(sums: Floats, rng: np.random.Generator) -> Floats:
    """Return shares of R² for groups drawn with replacement; draws that cannot be used are left out."""
    many, flat = len(sums), sums.reshape(len(sums), -1)
    found = []
    for _ in range(_DRAWS // _AT_A_TIME):
        times = rng.multinomial(many, np.full(many, 1 / many), size=_AT_A_TIME)
        weights, _, usable = _weights((times @ flat).reshape(_AT_A_TIME, *sums.shape[1:]))
        some = weights[usable & (weights.sum(axis=1) > 0)]
        found.append(some / some.sum(axis=1, keepdims=True))
    return np.concatenate(found)


def _weights(sums: Floats) -> tuple[Floats, Floats, Bools]:
    """Return, for each of many sums of products: weights, correlations, and whether it is usable."""
    n = np.maximum(sums[:, 0, 0], 1)[:, np.newaxis, np.newaxis]
    means = sums[:, :1, 1:] / n
    covariance = sums[:, 1:, 1:] / n - means * means.transpose(0, 2, 1)
    spread = np.sqrt(np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0))
    usable: Bools = np.all(spread > _SINGULAR * (1 + np.abs(means[:, 0])), axis=1)
    spread = np.where(usable[:, np.newaxis], spread, 1.0)
    correlation = covariance / (spread[:, :, np.newaxis] * spread[:, np.newaxis, :])
    within, outcome = correlation[:, :-1, :-1], correlation[:, :-1, -1]
    values, vectors = np.linalg.eigh(within)
    usable &= values[:, 0] > _SINGULAR
    root = np.sqrt(np.maximum(values, _SINGULAR))[:, np.newaxis, :]
    back = vectors.transpose(0, 2, 1)
    bridge = (vectors * root) @ back
    slope = (vectors / root) @ back @ outcome[:, :, np.newaxis]
    return (bridge**2 @ slope**2)[:, :, 0], outcome, usable
