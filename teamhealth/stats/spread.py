"""How much people differ on a theme, without any person's score on it.

A theme's spread follows from the spread of its items and one figure of the whole
organisation: the mean correlation of two of its items within groups. The mean of a
person's items has the variance Σ v / J² + r Σ s s' / J² (all pairs of different items).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from teamhealth.stats.arrays import Floats, Ints

DEFAULT_CORRELATION = 0.44
"""What is taken where too few answered; gives reliability .70 for three items, .76 for four."""

DEFAULT_VARIANCE = 0.64
"""A theme's variance where the organisation releases none: spread 0.8 on a scale of 1–5."""

LEAST_VARIANCE = 0.01
"""What a whole organisation's variance counts at least, even if everybody answered alike."""

LEAST_PAIRS = 30  # pairs of answers behind a correlation
_STRONGEST = 0.95
_RELIABLE = 0.40, 0.90  # ends of what a reliability is believed to be


@dataclass(frozen=True, slots=True)
class Products:
    """Two items over all groups, each group's own means taken off first.

    ``pairs`` people answered both; ``xx``, ``xy`` and ``yy`` are sums of products.
    """

    pairs: int
    xx: float
    xy: float
    yy: float


def correlation(products: Sequence[Products]) -> float | None:
    """Return the mean correlation of a theme's items within groups, to two decimals, 0…0.95.

    ``products`` has one entry per pair of items. None for a theme of one item, or where
    fewer than thirty people answered some pair. A pair of which everybody answered one
    alike counts as not correlated: None would say of enough people that they all agreed.
    """
    if not products or any(p.pairs < LEAST_PAIRS for p in products):
        return None
    mean = sum(map(_correlated, products)) / len(products)
    return round(min(max(mean, 0.0), _STRONGEST), 2)


def _correlated(pair: Products) -> float:
    apart = pair.xx * pair.yy
    return pair.xy / math.sqrt(apart) if apart > 0 else 0.0


def theme_variance(variances: Sequence[float], correlation: float) -> float:
    """Return the variance of the mean of items, given each one's variance and their correlation."""
    spreads = [math.sqrt(v) for v in variances]
    alone = sum(variances)
    together = sum(spreads) ** 2 - alone
    return (alone + correlation * together) / len(spreads) ** 2


def theme_variances(counts: Ints, correlation: float) -> Floats:
    """Return the same of many groups at once, from their counts of the answers: groups × items × 5."""
    n, answers = counts.sum(axis=2), np.arange(1, counts.shape[2] + 1)
    sums, squares = counts @ answers, counts @ answers**2
    own = (n * squares - sums**2) / np.maximum(n * (n - 1), 1)
    alone = own.sum(axis=1)
    together = np.sqrt(own).sum(axis=1) ** 2 - alone
    found: Floats = (alone + correlation * together) / counts.shape[1] ** 2
    return found


def reliability(items: int, correlation: float) -> float:
    """Return how reliable the mean of so many items is (Spearman–Brown), kept in 0.4…0.9."""
    return min(
        max(items * correlation / (1 + (items - 1) * correlation), _RELIABLE[0]), _RELIABLE[1]
    )
