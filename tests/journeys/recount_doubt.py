"""How sure each theme is and how it lies beside the others, worked out again from docs/snapshot.md.

Direct sums and integrals on a grid, where the product has closed forms.
"""

from itertools import combinations
from math import floor, sqrt

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student


def doubt(firm, shown, found):
    """Add intervals, the organisation's mean, the usual range and the label to a recount."""
    for theme, items in firm.themes.items():
        correlation = _correlation(firm, shown, items)
        mine = {path: rests for (path, t), rests in found.rests.items() if t == theme}
        for path, (here, full) in mine.items():
            _interval(firm, found, (path, theme), here, correlation, full=full)
            _organisation(firm, found, (path, theme), here)
        for here in {here for here, _ in mine.values()}:
            alike = [firm.paths.index(path) for path in mine if mine[path][0] == here]
            spread = _everywhere(firm, found, here, correlation)
            _compare(firm, found, theme, sorted(alike), spread)


def _correlation(firm, shown, items):
    counted = {q: shown.fine[q].cover(firm, 0) for q in items}
    found = []
    for a, b in combinations(items, 2):
        together, pairs = np.zeros((2, 2)), 0
        for people in firm.people:
            both = [p for p in people if p in counted[a] and p in counted[b]]
            if both:
                said = np.array([[firm.answers[p][q] for q in (a, b)] for p in both], float)
                away = said - said.mean(axis=0)
                together += away.T @ away
                pairs += len(both)
        if pairs < 30:
            return 0.44
        varies = together.diagonal().all()
        found.append(varies and together[0, 1] / sqrt(together[0, 0] * together[1, 1]))
    return round(min(max(sum(found) / len(found), 0), 0.95), 2) if found else 0.44


def _variance(tables, correlation):
    spreads = []
    for counts in tables:
        said = np.repeat([1, 2, 3, 4, 5], counts)
        spreads.append(said.var(ddof=1))
    together = sum(2 * sqrt(v * w) for v, w in combinations(spreads, 2))
    return (sum(spreads) + correlation * together) / len(spreads) ** 2


def _everywhere(firm, found, items, correlation):
    tables = [found.tables.get((firm.paths[0], q)) for q in items]
    return max(_variance(tables, correlation) if all(tables) else 0.64, 0.01)


def _interval(firm, found, place, items, correlation, *, full):
    mean, n = found.cells[(*place, "", "mean")]
    variance = _everywhere(firm, found, items, correlation)
    if full:
        own = _variance([found.tables[place[0], q] for q in items], correlation)
        variance = (4 * variance + (n - 1) * own) / (n + 3)
    rho = len(items) * correlation / (1 + (len(items) - 1) * correlation)
    rho = min(max(rho, 0.4), 0.9)
    invited = firm.invited[firm.paths.index(place[0])]
    half = student.ppf(0.975, n + 3) * sqrt(variance / n * (1 - rho * n / max(invited, n)))
    if full:
        ends = max(1.0, mean - half), min(5.0, mean + half)
    else:
        half = floor(10 * half + 0.5) / 10
        high = 5.0 if mean >= 4.8 else min(5.0, round(mean + half, 1))
        ends = max(1.0, round(mean - half, 1)), high
    found.ranges[(*place, "mean")] = ends


def _organisation(firm, found, place, items):
    told = [found.cells.get((firm.paths[0], place[1], q, "mean")) for q in items]
    if all(told):
        found.cells[(*place, "", "organisation_mean")] = (
            sum(mean for mean, _ in told) / len(told),
            None,
        )


def _compare(firm, found, theme, alike, spread):
    lowest = [v for v in alike if not any(u != v and v in firm.upward(u) for u in alike)]
    if len(lowest) < 5:
        return
    at = {v: found.cells[firm.paths[v], theme, "", "mean"] for v in alike}
    error = {v: sqrt(spread / n) for v, (_, n) in at.items()}
    model = _Model([at[v][0] for v in lowest], [error[v] for v in lowest])
    low, high = model.usual()
    if high > 4.75 and any(
        at[v][0] >= 4.8 and not found.rests[firm.paths[v], theme][1] for v in lowest
    ):
        high = 5.0
    for v in alike:
        found.ranges[firm.paths[v], theme, "label"] = low, high
        if v == 0:
            continue
        mean, n = at[v]
        parts = [at[u][1] for u in lowest if v in firm.upward(u)]
        share = (sum(m * m for m in parts) + (n - sum(parts)) ** 2) / n**2
        above = model.above(mean, error[v], share)
        label = "higher" if above >= 0.9 else "lower" if above <= 0.1 else "usual"
        found.cells[firm.paths[v], theme, "", "label"] = (label, n)


class _Model:
    """True means around μ with spread τ, both on a grid; μ flat, which is the restricted likelihood."""

    def __init__(self, means, errors):
        self.tau = np.linspace(0, 1.2, 61)[:, None]
        self.mu = np.linspace(-2, 8, 4001)[None, :]
        log = norm.logpdf(self.tau, 0, 0.3) + 0 * self.mu
        for mean, error in zip(means, errors, strict=True):
            log = log + norm.logpdf(mean, self.mu, np.sqrt(self.tau**2 + error**2))
        weight = np.exp(log - log.max())
        self.weight = weight / weight.sum()

    def usual(self):
        middle = (self.weight * self.mu).sum()
        wide = norm.ppf(0.9) * sqrt((self.weight * self.tau**2).sum())
        return max(1.0, middle - wide), min(5.0, middle + wide)

    def above(self, mean, error, share):
        tau = self.tau * sqrt(share)
        kept = tau**2 / (tau**2 + error**2)
        apart = np.where(tau > 0, tau * np.sqrt(1 - kept), 1)
        chance = np.where(tau > 0, norm.cdf(kept * (mean - self.mu) / apart), 0.5)
        return (self.weight * chance).sum()
