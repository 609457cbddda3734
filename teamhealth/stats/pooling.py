"""What disjoint groups say together: partial pooling, averaged over what is not known.

True values lie around a middle μ with spread τ; what is seen of each adds its own
error. With few groups τ is poorly known and one best τ promises too much, so everything
shown (``pool``) is averaged over a grid of values of τ, weighted by their restricted
likelihood and a half-normal prior. All steps are closed forms; nothing is drawn at
random. ``shrunken_means`` is the same model with one best τ, as R's ``lme4`` fits it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from teamhealth.stats.arrays import Floats, Ints, grouped
from teamhealth.stats.figures import Reason
from teamhealth.stats.reml import Summary, best_ratio, of_sums, summarised

LEAST_GROUPS, LEAST_PEOPLE = 5, 100
"""Groups and people below which nobody is told how much groups differ."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Per value of ``tau``: its weight, the middle μ and the variance of μ."""

    tau: Floats
    weight: Floats
    middle: Floats
    doubt: Floats


def pool(
    values: Sequence[float],
    errors: Sequence[float],
    *,
    spread: float,
    most: float,
    middle: float | None = None,
) -> Pool:
    """Pool groups, each with its value and its standard error (above 0).

    ``spread`` is that of the half-normal prior of τ, ``most`` the end of its grid of 61
    values. The middle is unknown if ``middle`` is None, which needs at least one group;
    else it is expected around 0 with that spread.
    """
    tau = np.linspace(0, most, 61)
    seen = np.asarray(values, dtype=np.float64)
    variance = tau[:, np.newaxis] ** 2 + np.asarray(errors, dtype=np.float64) ** 2
    precision = 1 / variance
    total = precision.sum(axis=1) + (0.0 if middle is None else middle**-2)
    centre = (precision * seen).sum(axis=1) / total
    squares = (precision * (seen - centre[:, np.newaxis]) ** 2).sum(axis=1)
    if middle is not None:
        squares += (centre / middle) ** 2
    likelihood = -0.5 * (np.log(variance).sum(axis=1) + np.log(total) + squares)
    weight = np.exp(likelihood - likelihood.max() - 0.5 * (tau / spread) ** 2)
    return Pool(tau, weight / weight.sum(), centre, 1 / total)


def column(values: Sequence[float]) -> Floats:
    """Return figures of groups as a column, to stand against the grid's row."""
    return np.asarray(values, dtype=np.float64)[:, np.newaxis]


@dataclass(frozen=True, slots=True)
class Shrunken:
    """A one-way random-intercept model by REML, and each group's mean drawn towards the middle.

    ``mu`` is the middle, ``tau2`` the variance of true means, ``sigma2`` that of people
    within groups, ``icc1`` = tau2 / (tau2 + sigma2). Per group, in the order of ``groups``
    (sorted): ``sizes``, ``raw`` means, ``icc2`` (how much of the raw distance from the
    middle is kept), ``means`` = mu + icc2 · (raw - mu), and their posterior ``errors``.
    With ``reason`` nothing was computed: numbers are NaN, groups are none.
    """

    mu: float
    tau2: float
    sigma2: float
    icc1: float
    mean_icc2: float
    groups: tuple[object, ...] = ()
    sizes: tuple[int, ...] = ()
    raw: tuple[float, ...] = ()
    icc2: tuple[float, ...] = ()
    means: tuple[float, ...] = ()
    errors: tuple[float, ...] = ()
    reason: Reason | None = None

    def of(self, group: object) -> float:
        """Return the shrunken mean of a group by its name; ValueError if there is none."""
        return self.means[self.groups.index(group)]


def shrunken_means(scores: ArrayLike, groups: ArrayLike) -> Shrunken:
    """Shrink groups' means: one score and one group per person, either missing as NaN or None.

    It needs two groups and one person more than groups. If groups differ no more than
    chance would have it, tau2 is exactly 0 and every mean is the middle.
    """
    given = np.asarray(scores, dtype=np.float64)
    names, number = grouped(groups, len(given))
    known = np.isfinite(given) & (number >= 0)
    seen = summarised(given[known], number[known], len(names))
    if len(seen.sizes) < 2:  # noqa: PLR2004
        return _nothing(Reason.TOO_FEW_GROUPS)
    if seen.sizes.sum() <= len(seen.sizes):
        return _nothing(Reason.TOO_FEW_ANSWERS)
    return _shrunken(seen, [names[at] for at in seen.present])


def differing(sizes: Ints, totals: Floats, squares: Floats) -> Shrunken:
    """Return what is told of how much groups differ, from sums alone; ``groups`` are numbers.

    Per group its people, the sum of their scores and that of the squares. From five groups
    and a hundred people.
    """
    seen = of_sums(sizes, totals, squares)
    if len(seen.sizes) < LEAST_GROUPS:
        return _nothing(Reason.TOO_FEW_GROUPS)
    if seen.sizes.sum() < max(LEAST_PEOPLE, len(seen.sizes) + 1):
        return _nothing(Reason.TOO_FEW_ANSWERS)
    return _shrunken(seen, list(seen.present.tolist()))


def _shrunken(seen: Summary, names: list[object]) -> Shrunken:
    best = best_ratio(seen)
    kept = best.kept
    means = best.mu + kept * (seen.means - best.mu)
    total = best.tau2 + best.sigma2
    return Shrunken(
        mu=best.mu,
        tau2=best.tau2,
        sigma2=best.sigma2,
        icc1=best.tau2 / total if total else 0.0,
        mean_icc2=float(kept.mean()),
        groups=tuple(names),
        sizes=tuple(seen.sizes.tolist()),
        raw=tuple(seen.means.tolist()),
        icc2=tuple(kept.tolist()),
        means=tuple(means.tolist()),
        errors=tuple(np.sqrt(best.tau2 * (1 - kept)).tolist()),
    )


def _nothing(reason: Reason) -> Shrunken:
    nan = float("nan")
    return Shrunken(nan, nan, nan, nan, nan, reason=reason)
