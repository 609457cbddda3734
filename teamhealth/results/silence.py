"""What a group's figures say of those of its people who did not answer: the band, and ranges of people.

All of it follows from counts that are shown and from numbers of people.
"""

from collections.abc import Collection, Mapping

import numpy as np

from teamhealth.cells.findings import Response
from teamhealth.cells.model import EnpsCell, Range
from teamhealth.disclosure.tree import Bools, Ints
from teamhealth.stats import enps, favourable, response

People = list[tuple[int, int] | None]
Scopes = Mapping[str, Collection[str]]
"""By item, the groups that were asked a follow-up; what is not named was asked of all."""


def band(responses: int, invited: int) -> Response | None:
    """Return how many of those who were asked stand behind a group's figures, None where there are none."""
    return Response(response.band(responses, invited)) if responses else None


def recommendation(counts: tuple[int, int, int], invited: int) -> EnpsCell | None:
    """Return the cell of the recommendation, None of nobody; its range from twenty answers."""
    if not sum(counts):
        return None
    found = enps.recommendation(counts, invited)
    return EnpsCell(counts, None if found.reason else Range(found.low, found.high))


def asked(items: tuple[str, ...], groups: tuple[str, ...], scopes: Scopes) -> Bools:
    """Tell which groups' people were all asked an item: groups × items.

    Of a follow-up that only some were asked nobody is told how many those are.
    """
    found = np.ones((len(groups), len(items)), dtype=np.bool_)
    for j, item in enumerate(items):
        if item in scopes:
            found[:, j] = [group in scopes[item] for group in groups]
    return found


def people(counts: Ints, may: Bools, invited: Ints) -> list[People]:
    """Return, per item and group, the range of favourable people among all who were asked.

    ``counts`` are those that are shown (groups × items × 5), ``may`` says where the range
    may be told; None elsewhere and below ten answers. What the organisation (the first
    group) shows of an item stands behind its groups, and nothing behind its own.
    """
    n, liked = counts.sum(axis=2), counts[..., 3:].sum(axis=2)
    told = may & (n >= favourable.LEAST_PEOPLE)
    found: list[People] = []
    for j in range(counts.shape[1]):
        column: People = [None] * len(counts)
        share = float(liked[0, j] / n[0, j]) if n[0, j] else None
        rest = np.flatnonzero(told[1:, j]) + 1
        for some, everywhere in ((np.flatnonzero(told[:1, j]), None), (rest, share)):
            ranges = favourable.ranges(liked[some, j], n[some, j], invited[some], everywhere)
            for v, ends in zip(some.tolist(), ranges, strict=True):
                column[v] = ends
        found.append(column)
    return found
