"""One common factor behind some items, by maximum likelihood.

The likelihood is profiled over the uniquenesses, which leaves J numbers to search
(Lawley and Maxwell; R's ``factanal`` does the same, with the same lowest uniqueness).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from teamhealth.stats.arrays import Floats

_LEAST = 0.005  # uniqueness
_SINGULAR = 1e-10
_FLAT = 1e-5  # of the gradient, where the search has ended


@dataclass(frozen=True, slots=True)
class OneFactor:
    """Loadings on the factor and what is left of each item, for items of variance 1."""

    loadings: Floats
    uniquenesses: Floats


def one_factor(correlations: Floats) -> OneFactor | None:
    """Fit one factor to the correlations of three items or more; None where there is no fit."""
    if np.linalg.eigvalsh(correlations)[0] < _SINGULAR:
        return None
    items = len(correlations)
    start = (1 - 0.5 / items) / np.diag(np.linalg.inv(correlations))
    found = minimize(
        _misfit,
        np.clip(start, _LEAST, 1),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST, 1)] * items,
        options={"maxiter": 1000, "ftol": 1e-15, "gtol": 1e-10},
    )
    left = np.asarray(found.x, dtype=np.float64)
    _, slope = _misfit(left, correlations)
    stuck = np.where(left <= _LEAST, np.minimum(slope, 0), slope)
    stuck = np.where(left >= 1, np.maximum(stuck, 0), stuck)
    if np.abs(stuck).max() > _FLAT:
        return None
    return OneFactor(_loadings(left, correlations), left)


def _misfit(left: Floats, correlations: Floats) -> tuple[float, Floats]:
    """Return minus the profile log likelihood (per person, times two, up to a constant), and its slope."""
    root = np.sqrt(left)
    values = np.linalg.eigvalsh(correlations / np.outer(root, root))[:-1]
    loadings = _loadings(left, correlations)
    slope = (loadings**2 + left - np.diag(correlations)) / left**2
    return float((values - np.log(values)).sum()) - len(values), slope


def _loadings(left: Floats, correlations: Floats) -> Floats:
    root = np.sqrt(left)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    found: Floats = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
    return found
