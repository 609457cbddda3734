"""An audit by other means: it imports nothing of the roll-up, the plan or the release.

From the finished snapshot alone it derives every block again. That is possible because
a group's figures always cover the blocks below it: a shown group's *ring*, its n less
the n of the nearest shown groups below, is the block released at this very group. So it
needs the tree, k, the responses and, per shown cell, n and a word or five counts; no
membership, no number left out, no reason. With the workings, which exist inside the
count only, it also sees what words hide: their clip and their theme means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]

_DISTRIBUTION = 10
_HIGHEST = 4.8
_HALF_STEP = 0.05
_NEAR = 1e-9
_SCORES = np.arange(1, 6)


@dataclass(frozen=True, slots=True)
class ThemeClaim:
    """One theme as published at one group; groups, themes and items by number.

    ``asked`` is how many items the form asks of the theme; ``ends`` its interval.
    """

    group: int
    theme: str
    items: tuple[int, ...]
    asked: int
    mean: float
    full: bool
    ends: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Claims:
    """What a snapshot publishes. Groups on the first axis, parents first; items on the second.

    ``n`` is 0 where a cell is hidden, ``full`` marks cells with ``counts``; a shown cell
    without them holds the word whose place is in ``words`` (everybody first). ``lists``
    is, per group, the one that lists its people's comments, −1 for none.
    """

    names: tuple[str, ...]
    parent: tuple[int, ...]
    items: tuple[str, ...]
    k: int
    responses: Numbers
    n: Numbers
    full: Marks
    counts: Numbers
    words: Numbers
    enps: Numbers
    lists: tuple[int, ...]
    themes: tuple[ThemeClaim, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What only the count knows: clipped counts per group and item, zero where hidden.

    ``ten`` is over the blocks of ten, ``fine`` over those of k.
    """

    fine: Numbers
    ten: Numbers


def audit(claims: Claims, evidence: Evidence | None = None, *, whole: bool = True) -> list[str]:
    """Return every fault found, in words; empty if there is none.

    ``whole`` says that the claims are all that was published, not one reader's part.
    """
    faults = list(_outside(claims, whole=whole))
    if evidence is not None:
        faults += _inside(claims, evidence)
    return faults


def _outside(claims: Claims, *, whole: bool) -> Iterator[str]:
    ten = max(_DISTRIBUTION, claims.k)
    responses = claims.responses[:, np.newaxis]
    yield from _rings(claims, "responses", responses, claims.k)
    yield from _rings(claims, "item", claims.n, claims.k)
    yield from _rings(claims, "distribution", claims.counts.sum(axis=2), ten)
    yield from _rings(claims, "eNPS", claims.enps.sum(axis=1)[:, np.newaxis], ten)
    open_cells = (claims.n > 0) | claims.full | (claims.enps.sum(axis=1) > 0)[:, np.newaxis]
    yield from _told(claims, "shows a cell but no responses", open_cells & (responses == 0))
    yield from _told(claims, "shows counts but no n", claims.full & (claims.n == 0))
    if whole:
        expected = _whole_blocks(claims, ten)
        wrong = claims.full & (claims.counts.sum(axis=2) != expected)
        yield from _told(claims, "does not count whole blocks", wrong)
        yield from _lists(claims)
    yield from _told(
        claims, "can be shown to be unfavourable to the last", _harsh(claims, claims.counts)
    )
    enps = claims.enps[:, np.newaxis, :]
    ring = _ring(claims, enps)
    bad = (ring < 0).any(axis=2) | (ring[..., 0] > np.maximum(ring.sum(axis=2) - 2, 0))
    yield from _told(claims, "has detractors to the last", bad)
    shown, full, means = (claims.n > 0).tolist(), claims.full.tolist(), _means(claims.counts)
    for theme in claims.themes:
        v = theme.group
        cells = [(shown[v][j], full[v][j], means[v][j]) for j in theme.items]
        for fault in _theme(theme, cells):
            yield f"{claims.names[v]}: {theme.theme} {fault}"


def _inside(claims: Claims, evidence: Evidence) -> Iterator[str]:
    size = evidence.fine.sum(axis=2)
    yield from _rings(claims, "block", size, claims.k)
    yield from _told(claims, "says another n than it covers", size != claims.n)
    yield from _told(
        claims, "hides an unfavourable block behind a word", _harsh(claims, evidence.fine)
    )
    wrong = claims.full & (evidence.ten != claims.counts).any(axis=2)
    yield from _told(claims, "shows other counts than were counted", wrong)
    liked = evidence.fine[..., 3] + evidence.fine[..., 4]
    wordy = (claims.n > 0) & ~claims.full
    yield from _told(claims, "says another word", wordy & (_word(liked, size) != claims.words))
    fine, ten = _means(evidence.fine), _means(evidence.ten)
    for theme in claims.themes:
        row = (ten if theme.full else fine)[theme.group]
        mean = sum(row[j] for j in theme.items) / len(theme.items)
        away = abs(theme.mean - (mean if theme.full else min(mean, _HIGHEST)))
        if not away <= (_NEAR if theme.full else _HALF_STEP + _NEAR):
            yield f"{claims.names[theme.group]}: {theme.theme} is not the mean of what was counted"


def _lists(claims: Claims) -> Iterator[str]:
    """Check that every list of comments stands for ten people and lies in a shown group."""
    ring = _ring(claims, claims.responses[:, np.newaxis, np.newaxis])[:, 0, 0]
    lists = np.array(claims.lists)
    people = np.zeros_like(ring)
    np.add.at(people, lists[lists >= 0], ring[lists >= 0])
    for v in sorted(set(claims.lists) - {-1}):
        if people[v] < _DISTRIBUTION or not claims.responses[v]:
            yield f"{claims.names[v]} lists comments of {people[v]} people only"


def _above(claims: Claims, shown: Marks) -> Numbers:
    """Find, per group and column, the nearest shown group above; −1 for none."""
    above = np.full(shown.shape, -1, dtype=np.int64)
    for v, parent in enumerate(claims.parent):
        if v:
            above[v] = np.where(shown[parent], parent, above[parent])
    return above


def _ring(claims: Claims, table: Numbers) -> Numbers:
    """Take from every shown group what the nearest shown groups below it show."""
    above = _above(claims, table.sum(axis=2) > 0)
    at, column = np.nonzero((table.sum(axis=2) > 0) & (above >= 0))
    ring = table.copy()
    np.subtract.at(ring, (above[at, column], column), table[at, column])
    return ring


def _rings(claims: Claims, what: str, n: Numbers, least: int) -> Iterator[str]:
    ring = _ring(claims, n[:, :, np.newaxis])[..., 0]
    small = (n > 0) & ((n < least) | (ring < 0) | ((ring > 0) & (ring < least)))
    for v, column in np.argwhere(small).tolist():
        place = f" {claims.items[column]}" if n.shape[1] == len(claims.items) else ""
        yield (
            f"{claims.names[v]}: {what}{place} covers {n[v, column]}, "
            f"{ring[v, column]} beyond the groups below; {least} are needed"
        )


def _told(claims: Claims, what: str, wrong: Marks) -> Iterator[str]:
    for v, column in np.argwhere(wrong).tolist():
        place = f": {claims.items[column]}" if wrong.shape[1] == len(claims.items) else ""
        yield f"{claims.names[v]}{place} {what}"


def _whole_blocks(claims: Claims, ten: int) -> Numbers:
    """Work out what each distribution covers if it is made of whole blocks of the cells' n."""
    loose = _ring(claims, claims.n[:, :, np.newaxis])[..., 0]
    covered = np.zeros_like(loose)
    for v in range(len(claims.names) - 1, -1, -1):
        taken = np.where(claims.full[v] & (loose[v] >= ten), loose[v], 0)
        covered[v] += taken
        if v:
            loose[claims.parent[v]] += loose[v] - taken
            covered[claims.parent[v]] += covered[v]
    return covered


def _harsh(claims: Claims, counts: Numbers) -> Marks:
    ring = _ring(claims, counts)
    unfavourable = ring[..., 0] + ring[..., 1]
    worst: Marks = (ring < 0).any(axis=2) | (unfavourable > np.maximum(ring.sum(axis=2) - 2, 0))
    return worst


def _theme(theme: ThemeClaim, cells: list[tuple[bool, bool, float]]) -> Iterator[str]:
    """Check one theme against its cells, each (shown?, numbers?, mean of its numbers)."""
    if not cells or 2 * len(cells) < theme.asked or not all(shown for shown, _, _ in cells):
        yield "rests on items that are hidden, or on fewer than half"
    elif {full for _, full, _ in cells} != {theme.full}:
        yield "mixes words and numbers"
    elif theme.full:
        if not abs(theme.mean - sum(mean for _, _, mean in cells) / len(cells)) <= _NEAR:
            yield "is not the mean of its shown items"
    elif len(cells) == 1 or theme.mean > _HIGHEST or not _one_decimal(theme.mean):
        yield "tells more than one decimal, of one item, or everybody's five"
    elif theme.ends is not None and not all(map(_one_decimal, theme.ends)):
        yield "has an interval that tells more than one decimal"


def _means(counts: Numbers) -> list[list[float]]:
    """Return every cell's mean; not a number where nothing is counted."""
    people = counts.sum(axis=2)
    means = np.divide(
        counts @ _SCORES, people, out=np.full(people.shape, np.nan), where=people > 0
    )
    rows: list[list[float]] = means.tolist()
    return rows


def _one_decimal(value: float) -> bool:
    return value == round(value, 1)


def _word(liked: Numbers, n: Numbers) -> Numbers:
    """Say the favourable share again, by thirds of the way rather than by the release's table."""
    middle = np.where(liked * 5 > n * 3, 1, np.where(liked * 5 >= n * 2, 2, 3))
    return np.where(n - liked <= 1, 0, np.where(liked <= 1, 4, middle))
