"""From classes to what is shown by class: the organisation's released people, split by what they told.

A class shows, for every item, a word and, for every theme, a mean to one decimal, however
many people it has; never counts, and never anything below the organisation. Linear
combinations are safe by ``classes``. But numbers on both sides of a table tell single
answers by elimination: of teams' counts and tenures' counts together, whoever gave the
one low answer of their tenure and of their team. Words and rounded means do not add up
to that (docs/snapshot.md has what was measured).

The clip holds for classes too: at most n − 2 of a class are unfavourable. What is softened
is softened in one person of one block and one class, so that the tree's figures and the
classes' are still sums over the same answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from teamhealth.disclosure.atoms import Atoms, Counts, tables
from teamhealth.disclosure.blocks import SHARE, homes
from teamhealth.disclosure.classes import Parts, partition
from teamhealth.disclosure.guards import words_of_many
from teamhealth.disclosure.lots import lots
from teamhealth.disclosure.planning import Plan
from teamhealth.disclosure.release import ThemeFigure, theme_figures
from teamhealth.disclosure.tree import Bools, Ints, Tree

_LEAST = 2  # so many of a class are not unfavourable, whatever they answered
_NEUTRAL = 2  # the place of answer 3


@dataclass(frozen=True, slots=True)
class Classes:
    """One attribute: its classes (first axis), their released people and clipped counts per item.

    ``counts`` are zero where the item is not shown by class. They die with the count.
    """

    parts: Parts
    responses: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class ClassRelease:
    """What one attribute shows, per class (first axis) and item: ``n`` 0 where hidden, a word.

    A theme's ``group`` is the number of the class.
    """

    parts: Parts
    responses: Ints
    n: Ints
    words: Ints
    themes: tuple[ThemeFigure, ...]


def shown_by_class(plan: Plan, may: Bools) -> Bools:
    """Return which items are shown by class: those that four in five of the organisation answered.

    One item that hardly anybody answered would else merge the classes for all of them.
    """
    released, responses = plan.fine.released[0], plan.sheets.released[0, 0]
    enough: Bools = may & plan.fine.shown[0] & (responses - released <= responses // SHARE)
    return enough


def cross(
    tree: Tree,
    atoms: Atoms,
    plan: Plan,
    blocks: tuple[Ints, Ints],
    *,
    survey: str,
    items: Bools,
    ordered: Sequence[bool],
    k: int,
) -> tuple[tuple[Classes, ...], Ints]:
    """Return the classes of each attribute, and the tree's blocks with what the classes' clip changed.

    ``blocks`` are the counts of each block before and after its own clip, ``items`` those
    shown by class.
    """
    columns = np.flatnonzero(items)
    of_people = tables(tree, atoms, plan.sheets, plan.fine, columns.tolist())
    parts = partition(atoms.told, of_people, ordered, k)
    home = homes(tree, plan.fine.block[:, columns])[atoms.group]
    said = atoms.counts[:, columns] * (home >= 0)[:, :, np.newaxis]
    softener = _Softener(home, said, _rank(tree, atoms, survey))
    raw, kept = (table[:, columns] for table in blocks)
    softener.follow(raw - kept)
    members = [
        [np.isin(atoms.told[:, a], part) for part in some] for a, some in enumerate(parts)
    ]
    for some in members:
        for mine in some:
            softener.clip(mine, kept)
    whole = blocks[1].copy()
    whole[:, columns] = kept
    here = of_people[0].block >= 0
    found = []
    for a, some in enumerate(members):
        counts = np.zeros((len(some), len(items), 5), dtype=np.int64)
        for c, mine in enumerate(some):
            counts[c, columns] = said[mine].sum(axis=0, dtype=np.int64)
        responses = np.array([int(atoms.sheets[mine & here].sum()) for mine in some])
        found.append(Classes(parts[a], responses, counts))
    return tuple(found), whole


def release_classes(classes: Classes, themes: Sequence[Sequence[int]]) -> ClassRelease:
    """Return what an attribute shows; nothing where all are one class."""
    alone = len(classes.parts) < 2  # noqa: PLR2004
    counts = classes.counts[:0] if alone else classes.counts
    n = counts.sum(axis=2)
    nowhere = np.zeros_like(n, dtype=bool)
    return ClassRelease(
        parts=() if alone else classes.parts,
        responses=classes.responses[:0] if alone else classes.responses,
        n=n,
        words=words_of_many(counts),
        themes=tuple(theme_figures(n > 0, nowhere, counts, counts, themes)),
    )


def _rank(tree: Tree, atoms: Atoms, survey: str) -> Ints:
    """Give the atoms an order that does not depend on how groups are numbered."""
    lot = np.array(lots(survey, tree), dtype=np.int64)[atoms.group]
    rank = np.empty(len(lot), dtype=np.int64)
    rank[np.lexsort((lot, *atoms.told.T[::-1]))] = np.arange(len(lot))
    return rank


@dataclass(frozen=True, slots=True)
class _Softener:
    """Makes unfavourable answers neutral, in ``said``: counts per atom and item, in place."""

    home: Ints
    said: Counts
    rank: Ints

    def follow(self, surplus: Ints) -> None:
        """Soften in atoms what each block's own clip softened; ``surplus`` is per block and item."""
        for j in np.flatnonzero((surplus > 0).any(axis=(0, 2))).tolist():
            order = np.argsort(self.home[:, j], kind="stable")
            places = self.home[order, j]
            for block in np.flatnonzero((surplus[:, j] > 0).any(axis=1)).tolist():
                start, end = np.searchsorted(places, (block, block + 1))
                for score in (1, 0):
                    for _ in range(max(0, int(surplus[block, j, score]))):
                        self._soften(order[start:end], j, score)

    def clip(self, mine: Bools, kept: Ints) -> None:
        """Leave two of a class that are not unfavourable on any item; ``kept`` follows."""
        rows = np.flatnonzero(mine)
        counts = self.said[rows].sum(axis=0, dtype=np.int64)
        low, n = counts[:, :2].sum(axis=1), counts.sum(axis=1)
        for j in np.flatnonzero(low > np.maximum(n - _LEAST, 0)).tolist():
            twos = int(counts[j, 1])
            for at in range(int(low[j] - max(n[j] - _LEAST, 0))):
                score = 1 if at < twos else 0
                block = self.home[self._soften(rows, j, score), j]
                kept[block, j, score] -= 1
                kept[block, j, _NEUTRAL] += 1

    def _soften(self, rows: Ints, j: int, score: int) -> int:
        """Make one answer neutral, where most gave it; return the atom."""
        there = self.said[rows, j, score]
        most = rows[there == there.max()]
        row = int(most[np.argmin(self.rank[most])])
        self.said[row, j, score] -= 1
        self.said[row, j, _NEUTRAL] += 1
        return row
