"""A group beside the organisation: three labels and the usual range, no ranks.

Groups are pooled first (``pooling``). Without pooling one group in five would get a
label where no group differs; with it fewer than one in a hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr

from teamhealth.stats import pooling
from teamhealth.stats.pooling import Pool, column

Label = Literal["higher", "usual", "lower"]

LEAST_GROUPS = 5
_SPREAD, _MOST_SPREAD = 0.3, 1.2  # of groups' true means: prior and end of the grid
_CONFIDENT = 0.90
_FOUR_IN_FIVE = 1.2815515655446004  # standard normal deviates that hold 80 %
_LOWEST, _HIGHEST = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class Usual:
    """The range in which the true means of four in five groups lie, on the scale 1–5."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Probability that a group's true mean is above the organisation's, and the label for it."""

    above: float
    label: Label


def pool(means: Sequence[float], errors: Sequence[float]) -> Pool | None:
    """Pool disjoint groups (each with its mean and standard error); None below five."""
    if len(means) < LEAST_GROUPS:
        return None
    return pooling.pool(means, errors, spread=_SPREAD, most=_MOST_SPREAD)


def usual(pool: Pool) -> Usual:
    """Return where the true means of most groups (80 %) lie."""
    middle = float((pool.weight * pool.middle).sum())
    spread = float(np.sqrt((pool.weight * pool.tau**2).sum()))
    low, high = middle - _FOUR_IN_FIVE * spread, middle + _FOUR_IN_FIVE * spread
    return Usual(max(_LOWEST, low), min(_HIGHEST, high))


def standings(
    means: Sequence[float], errors: Sequence[float], shares: Sequence[float], pool: Pool
) -> tuple[Standing, ...]:
    """Place groups, each with its mean, its standard error and its ``share``.

    ``share`` is Σ (n_i/n)² over the groups that a group is made of, 1 for one that is
    pooled itself. A department of many teams varies less than they do: by τ √share.
    """
    tau2 = column(shares) * pool.tau**2
    kept = tau2 / (tau2 + column(errors) ** 2)
    spread = np.sqrt(tau2 * (1 - kept) + kept**2 * pool.doubt)
    away = kept * (column(means) - pool.middle)
    above = np.where(tau2 > 0, ndtr(away / np.where(tau2 > 0, spread, 1.0)), 0.5) @ pool.weight
    return tuple(Standing(p, _label(p)) for p in above.clip(0, 1).tolist())


def _label(above: float) -> Label:
    if above >= _CONFIDENT:
        return "higher"
    return "lower" if above <= 1 - _CONFIDENT else "usual"
