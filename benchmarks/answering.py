"""Made-up people who answer: what they truly think, and what they tick.

Graded answers 1…5 to four items, two in three of them favourable, α about .75; teams
truly differ (ICC(1) about .1). A *split* team has a third of its members far below the
others, a *glad* one a mean near 4.5. One's true score is one's mean answer without the
noise of single ticks, which is what a reader takes a theme's mean for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from teamhealth.stats import intervals, spread

Floats = NDArray[np.float64]

ITEMS = 4
TEAM, PERSON, TICK = 0.33, 0.85, 0.95  # latent standard deviations
ENDS = np.array([-2.3, -1.35, -0.55, 0.75])
KINDS = "typical", "split", "glad"
_LOWER, _SPLIT, _GLAD = 1.7, 0.35, 1.35


@dataclass(frozen=True)
class Organisation:
    """What a count knows of the whole: a theme's variance, its items' correlation, reliability."""

    variance: float
    correlation: float
    reliability: float


@dataclass(frozen=True)
class Seen:
    """What is told of one team: its mean (one decimal below ten), standard error and interval."""

    mean: float
    error: float
    low: float
    high: float


def people(
    rng: np.random.Generator, teams: int, invited: int, kind: str, between: float = TEAM
) -> Floats:
    """Return teams × people: where each stands on the latent scale."""
    stand = rng.normal(0, between, (teams, 1)) + rng.normal(0, PERSON, (teams, invited))
    if kind == "split":
        stand -= _LOWER * (rng.random(stand.shape) < _SPLIT)
    return stand + _GLAD * (kind == "glad")


def true(stand: Floats) -> Floats:
    """Return each person's expected answer."""
    found: Floats = 1 + sum(ndtr((stand - end) / TICK) for end in ENDS)
    return found


def ticks(rng: np.random.Generator, stand: Floats, items: int = ITEMS) -> Floats:
    """Return the answers of everybody, items last."""
    noise = rng.normal(0, TICK, (*stand.shape, items))
    return (1 + np.searchsorted(ENDS, stand[..., np.newaxis] + noise)).astype(np.float64)


def organisation(rng: np.random.Generator, between: float = TEAM) -> Organisation:
    """Return what a large organisation of typical teams would know of itself."""
    answers = ticks(rng, people(rng, 500, 10, "typical", between))
    apart = (answers - answers.mean(axis=1, keepdims=True)).reshape(-1, ITEMS)
    sums = apart.T @ apart
    pairs = [(a, b) for a in range(ITEMS) for b in range(a)]
    within = spread.correlation(
        [spread.Products(len(apart), sums[a, a], sums[a, b], sums[b, b]) for a, b in pairs]
    )
    assert within is not None  # noqa: S101 - nobody answers alike here
    own = answers.reshape(-1, ITEMS).var(axis=0, ddof=1).tolist()
    return Organisation(
        spread.theme_variance(own, within), within, spread.reliability(ITEMS, within)
    )


def seen(answers: Floats, invited: int, whole: Organisation) -> Seen:
    """Return what is told of one team's answers (people × items), by the rules of the count."""
    n, mean, variance = len(answers), float(answers.mean()), whole.variance
    small = n < 10
    if small:
        mean = round(mean + 1e-9, 1)
    else:
        own = spread.theme_variance(answers.var(axis=0, ddof=1).tolist(), whole.correlation)
        variance = intervals.moderated(own, n, whole.variance)
    error = intervals.error(variance, n, invited, whole.reliability)
    found = intervals.interval(mean, error, n, one_decimal=small)
    return Seen(mean, error, found.low, found.high)
