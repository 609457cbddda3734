"""The audit of cross-cuts: classes beside the blocks of the tree. Imports nothing of the solver.

From the snapshot alone: classes partition the organisation's released people, each of k
or more, and tell words and rounded means only. How few people a difference of classes
and blocks would be about cannot be seen from outside, for that takes the number of
people in each block and class, which nobody may know; with the count's evidence it is
found as a maximum flow, for every item.
"""

from collections.abc import Iterator

import numpy as np

from teamhealth.disclosure import audit_themes
from teamhealth.disclosure.claims import Claims, CutClaim, Evidence, Marks, Numbers, People
from teamhealth.disclosure.flows import least_cut
from teamhealth.disclosure.rings import homes

_VALUES = 256  # of one attribute; they are told in a byte


def outside(claims: Claims, *, whole: bool) -> Iterator[str]:
    """Give every fault that the published classes show by themselves."""
    for cut in claims.cuts:
        for fault in _outside(claims, cut, whole=whole):
            yield f"by {cut.attribute}: {fault}"


def inside(claims: Claims, evidence: Evidence) -> Iterator[str]:
    """Give every fault that shows in the numbers behind the classes."""
    if not claims.cuts:
        return
    if evidence.people is None or len(evidence.cuts) != len(claims.cuts):
        yield "there is no evidence for the classes"
        return
    at_sheets, at_items = (
        homes(claims.parent, n)[evidence.people.group]
        for n in (claims.responses[:, np.newaxis], claims.n)
    )
    for cut, counts, told in zip(
        claims.cuts, evidence.cuts, evidence.people.told.T, strict=True
    ):
        faults = [
            *_counted(cut, counts, evidence.fine[0]),
            *_members(cut, evidence.people, told, at_sheets[:, 0] >= 0, at_items >= 0),
        ]
        for fault in faults:
            yield f"by {cut.attribute}: {fault}"
    if any(cut.values for cut in claims.cuts):
        yield from _cuts(claims, evidence.people, at_sheets[:, 0], at_items)


def _outside(claims: Claims, cut: CutClaim, *, whole: bool) -> Iterator[str]:
    values = [value for some in cut.values for value in some]
    if len(cut.values) == 1 or len(set(values)) != len(values):
        yield "is one class alone, or has a value in two"
    if (cut.responses < claims.k).any():
        yield f"a class has fewer than {claims.k} people"
    if ((cut.n > 0) & (cut.n < claims.k)).any():
        yield f"a cell covers fewer than {claims.k} people"
    if cut.full.any():
        yield "a class tells numbers"
    if whole and cut.values:
        if cut.responses.sum() != claims.responses[0]:
            yield "the classes are not the people who are released"
        covered = cut.n.sum(axis=0)
        for j in np.flatnonzero((covered > 0) & (covered != claims.n[0])).tolist():
            yield f"{claims.items[j]}: the classes are not the people who are released"
    shown = (cut.n > 0).tolist()
    for theme in cut.themes:
        cells = [(shown[theme.group][j], False, 0.0) for j in theme.items]
        for fault in audit_themes.outside(theme, cells):
            yield f"class {theme.group}: {theme.theme} {fault}"


def _counted(cut: CutClaim, counts: Numbers, everybody: Numbers) -> Iterator[str]:
    size, low = counts.sum(axis=2), counts[..., 0] + counts[..., 1]
    if (size != cut.n).any():
        yield "a cell says another n than it covers"
    if ((counts < 0).any(axis=2) | (low > np.maximum(size - 2, 0))).any():
        yield "a class is unfavourable to the last"
    shown = size.sum(axis=0) > 0
    if cut.values and (counts.sum(axis=0)[shown] != everybody[shown]).any():
        yield "the classes are not what the organisation shows"
    if ((_word(counts[..., 3] + counts[..., 4], size) != cut.words) & (size > 0)).any():
        yield "a cell says another word"
    means = audit_themes.means(counts)
    for theme in cut.themes:
        if not audit_themes.counted(theme, means[theme.group]):
            yield f"class {theme.group}: {theme.theme} is not the mean of what was counted"


def _members(
    cut: CutClaim, people: People, told: Numbers, of_sheets: Marks, of_items: Marks
) -> Iterator[str]:
    """Count every class again from the people that the tree's figures release."""
    for c, values in enumerate(cut.values):
        mine = np.isin(told, values)
        if people.sheets[mine & of_sheets].sum() != cut.responses[c]:
            yield "a class is not the people who are released"
        covered = (people.answered[mine] * of_items[mine]).sum(axis=0)
        if ((cut.n[c] > 0) & (cut.n[c] != covered)).any():
            yield "a cell is not the people who are released"


def _cuts(
    claims: Claims, people: People, at_sheets: Numbers, at_items: Numbers
) -> Iterator[str]:
    """Find, for the responses and every item, the least people a difference could be about."""
    column = np.zeros(len(people.group), dtype=np.int64)
    for at, cut in enumerate(claims.cuts):
        if cut.values:
            place = np.full(_VALUES, -1)
            for c, values in enumerate(cut.values):
                place[list(values)] = c
            column = column * len(cut.values) + place[people.told[:, at]]
    shown = np.flatnonzero(sum(cut.n.sum(axis=0) for cut in claims.cuts if cut.values))
    tables = [("responses", at_sheets, people.sheets)]
    tables += [(claims.items[j], at_items[:, j], people.answered[:, j]) for j in shown.tolist()]
    for name, home, who in tables:
        here = home >= 0
        least = least_cut(home[here], column[here], who[here], claims.k)
        if least < claims.k:
            yield f"{name}: classes and groups together tell of {least} people"


def _word(liked: Numbers, n: Numbers) -> Numbers:
    """Say the favourable share again; the ends are a tenth wide, or one person."""
    end = np.where(n // 10 > 1, n // 10, 1)
    middle = np.where(liked * 5 > n * 3, 1, np.where(liked * 5 >= n * 2, 2, 3))
    return np.where(n - liked <= end, 0, np.where(liked <= end, 4, middle))
