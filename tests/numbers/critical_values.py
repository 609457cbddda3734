"""Makes the table in ``teamhealth/stats/critical.py``: what agreement is reached by chance.

Groups of n people answer J items 1…5 without agreeing: each answer by chance, but a
person's answers hang together (latent correlation .5), as those to one theme do. Chance
is uniform, or leans to the favourable side (.05 .15 .20 .35 .25, variance 1.34). Told
are the lowest rwg(j), against the same kind of chance, that at most one group in twenty
reaches, and the highest mean deviation from the medians that at most one in twenty stays
at or below (uniform). To three decimals, so that the value itself still counts.

Run as ``python tests/numbers/critical_values.py``; about a minute.
"""

import numpy as np
from scipy.special import ndtri

PEOPLE = 5, 6, 7, 8, 9, 10, 12, 15, 20, 30
ITEMS = 1, 2, 3, 4, 5, 6
SHAPES = {"uniform": [0.2] * 5, "skewed": [0.05, 0.15, 0.20, 0.35, 0.25]}
GROUPS = 100_000
CORRELATION = 0.5


def chance(shape, people, items, groups, rng):
    """Return groups × people × items of answers by chance."""
    ends = ndtri(np.cumsum(shape)[:-1])
    person = rng.normal(size=(groups, people, 1))
    own = rng.normal(size=(groups, people, items))
    latent = np.sqrt(CORRELATION) * person + np.sqrt(1 - CORRELATION) * own
    return 1 + np.searchsorted(ends, latent)


def agreement(answers, null):
    """Return rwg(j) of every group."""
    ratio = np.minimum(answers.var(axis=1, ddof=1).mean(axis=1) / null, 1)
    items = answers.shape[2]
    return items * (1 - ratio) / (items * (1 - ratio) + ratio)


def deviation(answers):
    """Return the mean deviation from the item medians of every group."""
    medians = np.median(answers, axis=1, keepdims=True)
    return np.abs(answers - medians).mean(axis=(1, 2))


def rare(values):
    """Return the lowest of these values that at most one in twenty reaches."""
    found, times = np.unique(values.round(9), return_counts=True)
    reached = times[::-1].cumsum()[::-1] / len(values)
    return float(found[reached <= 0.05][0])


def cell(people, items, groups, rng):
    """Return the three critical values for one size and number of items."""
    uniform = chance(SHAPES["uniform"], people, items, groups, rng)
    skewed = chance(SHAPES["skewed"], people, items, groups, rng)
    return (
        np.floor(1000 * rare(agreement(uniform, 2.0)) + 1e-6) / 1000,
        np.floor(1000 * rare(agreement(skewed, 1.34)) + 1e-6) / 1000,
        np.ceil(-1000 * rare(-deviation(uniform)) - 1e-6) / 1000,
    )


if __name__ == "__main__":
    rng = np.random.default_rng(2026)
    for people in PEOPLE:
        told = [cell(people, items, GROUPS, rng) for items in ITEMS]
        row = ", ".join(f"({a:.3f}, {b:.3f}, {c:.3f})" for a, b, c in told)
        print(f"    {people}: ({row}),")  # noqa: T201
