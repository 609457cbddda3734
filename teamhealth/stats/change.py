"""Whether a theme moved since the survey before, in words that are seldom wrong.

People cannot be paired, since nobody knows who they are. Differences of groups are
pooled (``pooling``), around a middle expected near no change, and each is shrunk
towards what is usual. A word is given only where the shrunken difference is large
enough and its direction likely enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr

from teamhealth.stats import pooling
from teamhealth.stats.pooling import Pool, column

Word = Literal[
    "very_likely_higher", "likely_higher", "unclear", "likely_lower", "very_likely_lower"
]

_SPREAD, _MOST_SPREAD = 0.25, 1.0  # of groups' true changes: prior and end of the grid
_COMMON = 0.15  # spread of the change that all groups have in common
_NOTABLE = 0.10  # scale points
_LIKELY, _VERY_LIKELY = 0.90, 0.975


@dataclass(frozen=True, slots=True)
class Shift:
    """The shrunken difference (later less earlier), the probability that it is above zero, the word."""

    difference: float
    above: float
    word: Word


def pool(differences: Sequence[float], errors: Sequence[float]) -> Pool:
    """Learn how groups move from disjoint groups, however few; each with its standard error."""
    return pooling.pool(differences, errors, spread=_SPREAD, most=_MOST_SPREAD, middle=_COMMON)


def shifts(
    differences: Sequence[float], errors: Sequence[float], shares: Sequence[float], pool: Pool
) -> tuple[Shift, ...]:
    """Shrink differences of groups and find their words; ``shares`` as for ``comparison``."""
    tau2, noise = column(shares) * pool.tau**2, column(errors) ** 2
    kept = tau2 / (tau2 + noise)
    middle = pool.middle + kept * (column(differences) - pool.middle)
    spread = np.sqrt(tau2 * (1 - kept) + (1 - kept) ** 2 * pool.doubt)
    above = (ndtr(middle / spread) @ pool.weight).clip(0, 1).tolist()
    shrunken = (middle @ pool.weight).tolist()
    return tuple(Shift(d, p, _word(d, p)) for d, p in zip(shrunken, above, strict=True))


def _word(difference: float, above: float) -> Word:
    if abs(difference) < _NOTABLE or max(above, 1 - above) < _LIKELY:
        return "unclear"
    if difference > 0:
        return "very_likely_higher" if above >= _VERY_LIKELY else "likely_higher"
    return "very_likely_lower" if 1 - above >= _VERY_LIKELY else "likely_lower"
