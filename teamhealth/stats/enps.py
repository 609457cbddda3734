"""The recommendation score (eNPS) with its error: promoters less detractors, in points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

from teamhealth.stats.figures import Reason

LEAST_PEOPLE = 20
"""Below, the score is mostly noise and only the three counts are told."""

_RELIABILITY = 0.5  # of one answer
_END = 100.0


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The score (-100…100) over ``n`` people, its standard error and 95 % interval.

    All are NaN where ``reason`` says why. ``float()`` gives the score.
    """

    score: float
    error: float
    low: float
    high: float
    n: int
    reason: Reason | None = None

    def __float__(self) -> float:
        return self.score


def recommendation(counts: Sequence[int], invited: int) -> Recommendation:
    """Return the score of (detractors, passives, promoters) among ``invited`` people.

    Where all answered alike, the error is that of one answer elsewhere.
    """
    detractors, _, promoters = counts
    n = sum(counts)
    if n < LEAST_PEOPLE:
        nan = math.nan
        return Recommendation(nan, nan, nan, nan, n, Reason.TOO_FEW_ANSWERS)
    score = (promoters - detractors) / n
    variance = max((promoters + detractors) / n - score**2, (n - 1) / n**2)
    error = math.sqrt(variance / (n - 1) * (1 - _RELIABILITY * n / max(invited, n)))
    half = float(stdtrit(n - 1, 0.975)) * error
    low, high = 100 * (score - half), 100 * (score + half)
    return Recommendation(100 * score, 100 * error, max(-_END, low), min(_END, high), n)
