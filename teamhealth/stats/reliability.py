"""How well the items of a theme hang together: Cronbach's α and McDonald's ω.

The bare coefficients are computed wherever they are defined. What a reader is told
(``scale``) needs a hundred people: below, the interval is so wide that it says nothing.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtri

from teamhealth.stats.arrays import Floats, complete
from teamhealth.stats.factor import one_factor
from teamhealth.stats.figures import Reason

LEAST_PEOPLE = 100
"""Below, nothing about reliability is told."""

_LEAST_DEFINED = 3  # people for α, items for ω
_FLAT = 1e-10  # share of the items' variances that counts as none
_HEYWOOD = 0.01
_ROUGH, _FINE, _REDUNDANT = 0.60, 0.70, 0.95

Band = Literal["apart", "rough", "fine", "redundant"]


@dataclass(frozen=True, slots=True)
class Reliability:
    """A coefficient over ``n`` people who answered everything; ``float()`` gives ``value``.

    ``value`` is NaN where ``reason`` says why, and α with a reason where ω was asked for
    but not found: ``by`` says which it is. ``low`` and ``high`` are Feldt's 95 % interval
    of α, NaN for ω.
    """

    value: float
    n: int
    by: Literal["alpha", "omega"]
    low: float = math.nan
    high: float = math.nan
    reason: Reason | None = None

    def __float__(self) -> float:
        return self.value


@dataclass(frozen=True, slots=True)
class Scale:
    """What is told of a theme's items: ω (or α), its band, and each item's part in it.

    ``rest`` correlates each item with the sum of the others. Below zero an item is
    probably scored the wrong way round. ``band`` is None where ``omega`` has no value.
    """

    omega: Reliability
    band: Band | None
    rest: tuple[float, ...] = ()


def cronbach_alpha(items: ArrayLike) -> Reliability:
    """Return α of people × items (NaN = missing), over those who answered all.

    It needs two items, three people and some variation. Convertible by ``float()``.
    """
    answers = complete(items)
    return alpha_of(_covariance(answers), len(answers))


def omega_total(items: ArrayLike) -> Reliability:
    """Return ω of people × items (NaN = missing), over those who answered all.

    (Σλ)² / ((Σλ)² + Σu) of one factor fitted by maximum likelihood to the correlations.
    Where no factor is found, an item is all factor (u < .01) or there are fewer than
    three items, it is α, with the reason. Convertible by ``float()``.
    """
    answers = complete(items)
    return omega_of(_covariance(answers), len(answers))


def alpha_of(covariance: Floats, n: int) -> Reliability:
    """Return α of items with this covariance among ``n`` people."""
    items = len(covariance)
    reason = _lacking(covariance, n)
    if reason is not None:
        return Reliability(math.nan, n, "alpha", reason=reason)
    value = items / (items - 1) * (1 - float(np.trace(covariance) / covariance.sum()))
    first, second = n - 1, (n - 1) * (items - 1)
    low, high = (1 - (1 - value) * float(fdtri(first, second, at)) for at in (0.975, 0.025))
    return Reliability(value, n, "alpha", low, high)


def omega_of(covariance: Floats, n: int) -> Reliability:
    """Return ω of items with this covariance among ``n`` people, or α with the reason."""
    alpha = alpha_of(covariance, n)
    if alpha.reason is not None:
        return alpha
    if len(covariance) < _LEAST_DEFINED:
        return _instead(alpha, Reason.TOO_FEW_ITEMS)
    spread = np.sqrt(np.diag(covariance))
    if spread.min() <= 0:
        return _instead(alpha, Reason.NO_VARIATION)
    found = one_factor(covariance / np.outer(spread, spread))
    if found is None or found.uniquenesses.min() < _HEYWOOD:
        return _instead(alpha, Reason.NO_ONE_FACTOR)
    common = float(found.loadings.sum()) ** 2
    return Reliability(common / (common + float(found.uniquenesses.sum())), n, "omega")


def scale(covariance: Floats, n: int) -> Scale:
    """Return what is told of a theme whose items have this covariance, from a hundred people on."""
    if n < LEAST_PEOPLE:
        return Scale(Reliability(math.nan, n, "omega", reason=Reason.TOO_FEW_ANSWERS), None)
    omega = omega_of(covariance, n)
    if math.isnan(omega.value):
        return Scale(omega, None)
    return Scale(omega, band(omega.value), item_rest(covariance))


def band(value: float) -> Band:
    """Return the band of a coefficient."""
    if value < _ROUGH:
        return "apart"
    if value < _FINE:
        return "rough"
    return "fine" if value < _REDUNDANT else "redundant"


def item_rest(covariance: Floats) -> tuple[float, ...]:
    """Return each item's correlation with the sum of the others, NaN where one does not vary."""
    own = np.diag(covariance)
    shared = covariance.sum(axis=0) - own
    rest = covariance.sum() - 2 * shared - own
    product = own * rest
    varies = product > 0
    found = np.where(varies, shared / np.sqrt(np.where(varies, product, 1)), np.nan)
    return tuple(found.tolist())


def _covariance(answers: Floats) -> Floats:
    apart = answers - answers.mean(axis=0) if len(answers) else answers
    found: Floats = apart.T @ apart / max(len(answers) - 1, 1)
    return found


def _lacking(covariance: Floats, n: int) -> Reason | None:
    if len(covariance) < 2:  # noqa: PLR2004
        return Reason.TOO_FEW_ITEMS
    if n < _LEAST_DEFINED:
        return Reason.TOO_FEW_ANSWERS
    alone = float(np.trace(covariance))
    return Reason.NO_VARIATION if covariance.sum() <= _FLAT * max(alone, _FLAT) else None


def _instead(alpha: Reliability, reason: Reason) -> Reliability:
    return Reliability(alpha.value, alpha.n, "alpha", alpha.low, alpha.high, reason)
