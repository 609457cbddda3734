"""How sure a group's mean is: t interval with a finite population, corrected for reliability.

The mean of n who answered stands for the N who were asked. Ordinary sampling theory
takes off the share n/N and would be certain once everybody answered; but answers are
not exact either, so only the reliable part of the variance is taken off:
se² = s²/n · (1 − ρ n/N).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from scipy.special import stdtrit

PRIOR = 4  # the organisation's spread counts like so many answers beside the group's own
_LOWEST, _HIGHEST = 1.0, 5.0
_CAP = 4.8  # told as "4.8 or higher": its interval reaches the end of the scale


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the mean of all who were asked likely lies (95 %), on the scale 1–5."""

    low: float
    high: float


def moderated(variance: float, n: int, organisation: float) -> float:
    """Return a group's variance drawn towards the organisation's, as by four more answers.

    A group of five may answer alike by luck; its own variance alone would claim certainty.
    """
    return (PRIOR * organisation + (n - 1) * variance) / (PRIOR + n - 1)


def error(variance: float, n: int, invited: int, reliability: float) -> float:
    """Return the standard error of a mean over ``n`` of ``invited`` people (at least n)."""
    share = n / max(invited, n)
    return math.sqrt(variance / n * (1 - reliability * share))


def interval(mean: float, error: float, n: int, *, one_decimal: bool) -> Interval:
    """Return the 95 % interval around ``mean``, cut at the ends of the scale.

    ``one_decimal`` is for groups below ten, whose mean has one decimal: the half-width
    is rounded half up to one decimal, so that the ends tell no more than the mean does.
    """
    half = _quantile(PRIOR + n - 1) * error
    if not one_decimal:
        return Interval(max(_LOWEST, mean - half), min(_HIGHEST, mean + half))
    half = math.floor(10 * half + 0.5) / 10
    high = _HIGHEST if mean >= _CAP else min(_HIGHEST, round(mean + half, 1))
    return Interval(max(_LOWEST, round(mean - half, 1)), high)


@lru_cache(maxsize=4096)
def _quantile(freedom: int) -> float:
    return float(stdtrit(freedom, 0.975))
