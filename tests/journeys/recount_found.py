"""What statistics say of a group, worked out again from docs/methods.md: who is missing, ranges of people, agreement.

The word of agreement and what is found of the whole organisation are held to R in tests/numbers.
"""

from itertools import combinations, pairwise
from math import floor, sqrt

import numpy as np
from scipy.stats import betabinom
from scipy.stats import t as student

ELSEWHERE = {"agreement", "icc1", "icc2"}
"""Measures that are checked in other tests; here only that they stand where they may."""


def add_found(firm, found):
    """Add to a recount the response, the whisker, ranges of people and of the score, agreement."""
    for path, invited in zip(firm.paths, firm.invited, strict=True):
        n = found.responses(path)
        if n is not None:
            found.cells[path, "", "", "response"] = (_band(n / invited), n)
            _people(firm, found, path, invited)
            _score(found, path, invited)
            for theme in firm.themes:
                if (path, theme) in found.rests:
                    _theme(found, path, theme, n / invited)


def _band(share):
    bands = {0.8: "normal", 0.6: "some_silent", 0.4: "half_silent"}
    return next((word for least, word in bands.items() if share >= least), "too_silent")


def _theme(found, path, theme, share):
    (items, full), (_, n) = found.rests[path, theme], found.cells[path, theme, "", "mean"]
    if share < 0.9 and (ends := found.ranges.get((path, theme, "mean"))):
        shift = (1 - share) * 0.5
        low = ends[0] - (shift if full else floor(10 * shift + 0.5) / 10)
        told = max(1.0, low if full else round(low, 1))
        found.cells[path, theme, "", "mean_if_silent"] = (told, n)
    if not full:
        return
    said = [np.repeat([1, 2, 3, 4, 5], found.tables[path, item]) for item in items]
    spread = sum(one.var(ddof=1) for one in said) / len(said)
    for measure, chance in (("rwg_uniform", 2.0), ("rwg_skewed", 1.34)):
        left = max(0.0, 1 - spread / chance) * len(said)
        found.cells[path, theme, "", measure] = (left / (left + spread / chance), n)
    away = [abs(one - np.median(one)).mean() for one in said]
    found.cells[path, theme, "", "deviation"] = (sum(away) / len(away), n)
    _camps(found, path, theme, [found.tables[path, item] for item in items])


def _camps(found, path, theme, tables):
    """Tell two camps: a quarter at each end, and answers that do not crowd in the middle."""
    n = found.cells[path, theme, "", "mean"][1]
    apart = sum(map(_polarisation, tables)) / len(tables)
    low, high = (sum(sum(table[at]) for table in tables) for at in (slice(2), slice(3, 5)))
    split = 4 * min(low, high) >= sum(map(sum, tables)) and apart >= 0.4
    found.cells[path, theme, "", "polarisation"] = (apart, n)
    found.cells[path, theme, "", "divided"] = ("yes" if split else "no", n)


def _polarisation(table):
    """Work out van der Eijk's (1 - A) / 2 from the heights at which answers are cut into layers."""
    heights, agreement = [0, *sorted({count for count in table if count})], 0.0
    for below, height in pairwise(heights):
        bits = "".join("1" if count >= height else "0" for count in table)
        triples = ["".join(three) for three in combinations(bits, 3)]
        side, gap = triples.count("110") + triples.count("011"), triples.count("101")
        many = bits.count("1")
        shape = (
            1.0 if many == 1 else 0.0 if many == 5 else (3 * side - 4 * gap) / 3 / (side + gap)
        )
        share = (height - below) * many / sum(table)
        agreement += share * shape * (1 - (many - 1) / 4)
    return (1 - agreement) / 2


def _people(firm, found, path, invited):
    for theme, items in {**firm.themes, "": firm.extra}.items():
        for item in items:
            if (path, item) in found.tables:
                table = found.tables[path, item]
                a = b = 0.5
                root = found.tables.get((firm.paths[0], item))
                if path != firm.paths[0] and root:
                    a = 2 * min(max(sum(root[3:]) / sum(root), 0.01), 0.99)
                    b = 2 - a
                yes, n = sum(table[3:]), sum(table)
                unseen = betabinom(invited - n, a + yes, b + n - yes)
                ends = [yes + int(unseen.ppf(at)) for at in (0.025, 0.975)]
                found.cells[path, theme, item, "favourable_people"] = (yes, n)
                found.people[path, item] = tuple(ends)


def _score(found, path, invited):
    if (path, "", "", "enps") not in found.cells:
        return
    score, n = found.cells[path, "", "", "enps"]
    up, down = (
        found.cells[path, "", "", kind][0] / 100 for kind in ("promoters", "detractors")
    )
    variance = max(up + down - (up - down) ** 2, (n - 1) / n**2)
    error = 100 * sqrt(variance / (n - 1) * (1 - 0.5 * n / invited))
    half = student.ppf(0.975, n - 1) * error
    found.ranges[path, "", "enps"] = (max(-100.0, score - half), min(100.0, score + half))
