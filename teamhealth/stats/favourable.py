"""How many of all who were asked are favourable, where some did not answer.

Those who answered are counted. For the others a beta-binomial prediction is made: from
the answers, and from the organisation's share as if two of its people had answered too.
The range is one of people, so at full response it is the count itself.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, gammaln

from teamhealth.stats.arrays import Floats
from teamhealth.stats.figures import Reason

LEAST_PEOPLE = 10
"""Below, an item is told in words."""

_PRIOR = 2.0
_JEFFREYS = 0.5
_SURE = 0.01, 0.99  # no organisation's share is taken for more certain


@dataclass(frozen=True, slots=True)
class Share:
    """Between ``low`` and ``high`` of ``invited`` people are favourable (95 %); None with a reason."""

    low: int | None
    high: int | None
    n: int
    invited: int
    reason: Reason | None = None


def share(favourable: int, n: int, invited: int, organisation: float | None) -> Share:
    """Return the range for ``favourable`` of ``n`` answers among ``invited`` people (at least n).

    ``organisation`` is its favourable share (0…1); without one Jeffreys' prior is taken.
    """
    invited = max(invited, n)
    if n < LEAST_PEOPLE:
        return Share(None, None, n, invited, Reason.TOO_FEW_ANSWERS)
    low, high = ranges([favourable], [n], [invited], organisation)[0]
    return Share(low, high, n, invited)


def ranges(
    favourable: ArrayLike, n: ArrayLike, invited: ArrayLike, organisation: float | None
) -> list[tuple[int, int]]:
    """Return the same for many groups at once, each of ten answers or more."""
    liked, seen = np.asarray(favourable, dtype=np.int64), np.asarray(n, dtype=np.int64)
    silent = np.maximum(np.asarray(invited, dtype=np.int64) - seen, 0)
    alpha, beta = (np.full(len(liked), prior) for prior in _prior(organisation))
    alpha += liked
    beta += seen - liked
    found: list[tuple[int, int]] = [(0, 0)] * len(liked)
    for many in np.unique(silent).tolist():
        at = np.flatnonzero(silent == many)
        unseen = _predicted(many, alpha[at], beta[at])
        ends = [(liked[at] + (unseen < end).sum(axis=1)).tolist() for end in (0.025, 0.975)]
        for place, low, high in zip(at.tolist(), *ends, strict=True):
            found[place] = low, high
    return found


def _prior(organisation: float | None) -> tuple[float, float]:
    if organisation is None:
        return _JEFFREYS, _JEFFREYS
    alpha = _PRIOR * min(max(organisation, _SURE[0]), _SURE[1])
    return alpha, _PRIOR - alpha


def _predicted(many: int, alpha: Floats, beta: Floats) -> Floats:
    """Return the distribution functions of beta-binomial counts of ``many`` people, one a row."""
    some, alpha, beta = np.arange(many + 1), alpha[:, np.newaxis], beta[:, np.newaxis]
    ways = gammaln(many + 1) - gammaln(some + 1) - gammaln(many - some + 1)
    chance = np.exp(ways + betaln(some + alpha, many - some + beta) - betaln(alpha, beta))
    found: Floats = np.cumsum(chance, axis=1) / chance.sum(axis=1, keepdims=True)
    return found
