"""How many of all who were asked are favourable, where some did not answer.

Those who answered are counted. For the others a beta-binomial prediction is made: from
the answers, and from the organisation's share as if two of its people had answered too.
The range is one of people, so at full response it is the count itself.
"""

from dataclasses import dataclass

import numpy as np
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
    alpha = beta = _JEFFREYS
    if organisation is not None:
        alpha = _PRIOR * min(max(organisation, _SURE[0]), _SURE[1])
        beta = _PRIOR - alpha
    unseen = _predicted(invited - n, alpha + favourable, beta + n - favourable)
    low, high = (int(np.searchsorted(unseen, at)) for at in (0.025, 0.975))
    return Share(favourable + low, favourable + high, n, invited)


def _predicted(many: int, alpha: float, beta: float) -> Floats:
    """Return the distribution function of a beta-binomial count of ``many`` people."""
    some = np.arange(many + 1)
    ways = gammaln(many + 1) - gammaln(some + 1) - gammaln(many - some + 1)
    chance = np.exp(ways + betaln(some + alpha, many - some + beta) - betaln(alpha, beta))
    found: Floats = np.cumsum(chance) / chance.sum()
    return found
