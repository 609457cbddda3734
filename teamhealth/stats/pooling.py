"""What disjoint groups say together: partial pooling, averaged over what is not known.

True values lie around a middle μ with spread τ; what is seen of each adds its own
error. With few groups τ is poorly known and one best τ promises too much, so everything
is averaged over a grid of values of τ, weighted by their restricted likelihood and a
half-normal prior. All steps are closed forms; nothing is drawn at random.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
