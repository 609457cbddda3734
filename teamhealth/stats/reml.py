"""The one-way random-intercept model by restricted maximum likelihood, from groups' sums alone.

Everything follows from λ = τ²/σ²: the middle, σ² and the likelihood are closed forms of
it. So one number is searched: over a grid first, since the likelihood may have more than
one peak, then where its slope is zero. λ = 0, no difference between groups, is exact.
"""

from dataclasses import dataclass

import numpy as np

from teamhealth.stats.arrays import Floats, Ints

_GRID = np.logspace(-8, 8, 129)
_HALVINGS = 60
_FLAT = 1e-12  # share of all squares that counts as none


@dataclass(frozen=True, slots=True)
class Summary:
    """Groups with anybody in them, by number (``present``); ``within`` is the sum of squares inside."""

    present: Ints
    sizes: Ints
    means: Floats
    within: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The best parameters, and per group how much of its distance from the middle is kept."""

    mu: float
    tau2: float
    sigma2: float
    kept: Floats


def summarised(scores: Floats, number: Ints, many: int) -> Summary:
    """Sum up scores of people, each in a group of this number below ``many``."""
    sizes = np.bincount(number, minlength=many)
    means = np.bincount(number, scores, minlength=many) / np.maximum(sizes, 1)
    within = float(((scores - means[number]) ** 2).sum())
    present = np.flatnonzero(sizes)
    return Summary(present, sizes[present], means[present], within)


def of_sums(sizes: Ints, totals: Floats, squares: Floats) -> Summary:
    """Return the summary of groups of which the sums of scores and of their squares are known."""
    means = totals / np.maximum(sizes, 1)
    within = max(float((squares - totals * means).sum()), 0.0)
    present = np.flatnonzero(sizes)
    return Summary(present, sizes[present], means[present], within)


def best_ratio(seen: Summary) -> Fit:
    """Return the most likely parameters; needs more people than groups."""
    n, many = int(seen.sizes.sum()), len(seen.sizes)
    middle = float((seen.sizes * seen.means).sum()) / n
    between = float((seen.sizes * (seen.means - middle) ** 2).sum())
    if between <= _FLAT * seen.within or not between:
        return Fit(middle, 0.0, seen.within / (n - 1), np.zeros(many))
    if seen.within <= _FLAT * between:
        tau2 = float(seen.means.var(ddof=1))
        return Fit(float(seen.means.mean()), tau2, 0.0, np.ones(many))
    ratio = _search(seen)
    weight, mu, squares = _profile(seen, np.array([ratio]))
    sigma2 = float(squares[0]) / (n - 1)
    return Fit(float(mu[0]), ratio * sigma2, sigma2, ratio * weight[0])


def _search(seen: Summary) -> float:
    grid = np.concatenate([[0.0], _GRID])
    best = int(_misfit(seen, grid).argmin())
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    if best == 0 and _slope(seen, 0.0) >= 0:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _slope(seen, middle) < 0 else (low, middle)
    return float(low + high) / 2


def _profile(seen: Summary, ratio: Floats) -> tuple[Floats, Floats, Floats]:
    """Return per ratio: the groups' weights, the middle, and the squares that make σ²."""
    weight = seen.sizes / (1 + np.multiply.outer(ratio, seen.sizes))
    middle = weight @ seen.means / weight.sum(axis=1)
    away = seen.means - middle[:, np.newaxis]
    return weight, middle, seen.within + (weight * away**2).sum(axis=1)


def _misfit(seen: Summary, ratio: Floats) -> Floats:
    """Return minus twice the restricted log likelihood, up to a constant."""
    weight, _, squares = _profile(seen, ratio)
    spread = np.log1p(np.multiply.outer(ratio, seen.sizes)).sum(axis=1)
    found: Floats = (
        (seen.sizes.sum() - 1) * np.log(squares) + spread + np.log(weight.sum(axis=1))
    )
    return found


def _slope(seen: Summary, ratio: float) -> float:
    weights, middle, squares = _profile(seen, np.array([ratio]))
    weight = weights[0]
    fitted = (weight**2 * (seen.means - middle[0]) ** 2).sum() / squares[0]
    free = weight.sum() - (weight**2).sum() / weight.sum()
    return float(free - (seen.sizes.sum() - 1) * fitted)
