"""Sums over each answering group's people, for what is said of the whole organisation only.

A person's score on a theme is the mean of at least half of its items. It exists inside
``add``, for one batch of sheets; what is kept are sums. Scores are counted in whole
parts of a point (means of two and of three answers in sixths), so all sums are of whole
numbers: exact, and the same in whatever order people come.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import lcm

import numpy as np

from teamhealth.disclosure.tree import Bools, Ints
from teamhealth.results.runs import Runs
from teamhealth.stats.arrays import Floats


@dataclass(frozen=True, slots=True)
class Scoring:
    """What is summed up: columns of ``items`` items.

    ``themes`` are the columns of each theme, ``drives`` the numbers of those that are
    held against ``outcome``, a column; None where nothing such is asked.
    """

    items: int
    themes: tuple[tuple[int, ...], ...]
    drives: tuple[int, ...] = ()
    outcome: int | None = None


@dataclass(frozen=True, slots=True)
class _Tables:
    """How columns belong together: worked out once a survey.

    ``owner`` is the theme of each themed column, ``pairs`` all pairs within themes, each
    column with itself too, as places in ``columns``; ``factor`` turns a sum of so many
    answers into parts, 0 for too few; ``upper`` is one half of a symmetric table.
    """

    columns: Ints
    owner: Ints
    pairs: tuple[Ints, Ints]
    of_pair: Ints
    member: Ints
    sizes: Ints
    parts: Ints
    factor: Ints
    upper: tuple[Ints, Ints]


@dataclass
class Moments:
    """Per answering group (first axis) the sums of one survey.

    ``complete`` are people who answered all of a theme, ``sums`` and ``products`` of
    their answers by item and pair of items; ``scores`` per theme: people with a score,
    Σ of their parts and of the squares; ``joint`` the sums of products of 1, scores and
    outcome over people who have all of them.
    """

    scoring: Scoring
    complete: Ints
    sums: Ints
    products: Ints
    scores: Ints
    joint: Ints

    def add(self, runs: Runs, answers: Ints) -> None:
        """Add people × items, by groups: 1…5, 0 where skipped."""
        tables = _tables(self.scoring)
        answered = (answers > 0).astype(np.int64) @ tables.member
        every = np.arange(len(tables.sizes))
        factor = tables.factor[every, answered]
        parts = (answers @ tables.member) * factor
        runs.add(self.scores, np.stack([factor > 0, parts, parts * parts], axis=2))
        whole = answered == tables.sizes
        kept = answers[:, tables.columns] * whole[:, tables.owner]
        first, second = tables.pairs
        runs.add(self.complete, whole)
        runs.add(self.sums, kept)
        runs.add(self.products, kept[:, first] * kept[:, second])
        if self.scoring.outcome is not None:
            drives = list(self.scoring.drives)
            outcome = answers[:, self.scoring.outcome]
            has = (factor[:, drives] > 0).all(axis=1) & (outcome > 0)
            ones = np.ones(len(answers), dtype=np.int64)
            rows = np.column_stack([ones, parts[:, drives], outcome]) * has[:, np.newaxis]
            first, second = tables.upper
            runs.add(self.joint, rows[:, first] * rows[:, second])

    def plus(self, other: "Moments", groups: Sequence[int]) -> None:
        """Take in the sums of others, whose groups are these of ours, each once."""
        at = list(groups)
        self.complete[at] += other.complete
        self.sums[at] += other.sums
        self.products[at] += other.products
        self.scores[at] += other.scores
        self.joint[at] += other.joint

    def covariance(self, theme: int, here: Bools) -> tuple[Floats, int]:
        """Return the covariance of a theme's items, and of how many people who answered all; ``here`` are groups."""
        tables = _tables(self.scoring)
        of_pair, items = tables.of_pair == theme, int(tables.sizes[theme])
        n = int(self.complete[here, theme].sum())
        sums = self.sums[here][:, tables.owner == theme].sum(axis=0)
        products = np.zeros((items, items), dtype=np.int64)
        upper = np.triu_indices(items)
        products[upper] = self.products[here][:, of_pair].sum(axis=0)
        products.T[upper] = products[upper]
        apart = n * products - np.multiply.outer(sums, sums)
        return apart / max(n * (n - 1), 1), n

    def scored(self, theme: int, here: Bools) -> tuple[Ints, Floats, Floats]:
        """Return, for each of these groups: people with a score, Σ scores, Σ of their squares, in points."""
        part = int(_tables(self.scoring).parts[theme])
        n, sums, squares = self.scores[here, theme].T
        return n, sums / part, squares / part**2

    def together(self, here: Bools) -> Floats:
        """Return, for each of these groups, the products of 1, scores and outcome, in points."""
        tables = _tables(self.scoring)
        side = len(self.scoring.drives) + 2
        found = np.zeros((int(here.sum()), side, side))
        first, second = tables.upper
        found[:, first, second] = found[:, second, first] = self.joint[here]
        scale = np.array([1, *tables.parts[list(self.scoring.drives)].tolist(), 1])
        told: Floats = found / np.multiply.outer(scale, scale)
        return told


def empty(groups: int, scoring: Scoring) -> Moments:
    """Return the sums of nobody yet, for so many groups."""
    tables = _tables(scoring)
    themes, columns, pairs = len(tables.sizes), len(tables.columns), len(tables.of_pair)
    side = len(scoring.drives) + 2
    joint = side * (side + 1) // 2 if scoring.outcome is not None else 0
    shapes = (themes,), (columns,), (pairs,), (themes, 3), (joint,)
    return Moments(scoring, *(np.zeros((groups, *shape), dtype=np.int64) for shape in shapes))


@lru_cache(maxsize=8)
def _tables(scoring: Scoring) -> _Tables:
    sizes = [len(columns) for columns in scoring.themes]
    starts = np.cumsum([0, *sizes]).tolist()
    pairs = [
        (start + a, start + b)
        for start, size in zip(starts, sizes, strict=False)
        for a, b in combinations_with_replacement(range(size), 2)
    ]
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    owner = np.repeat(np.arange(len(sizes)), sizes)
    member = np.zeros((scoring.items, len(sizes)), dtype=np.int64)
    for theme, columns in enumerate(scoring.themes):
        member[list(columns), theme] = 1
    parts = [lcm(*range(_half(size), size + 1)) for size in sizes]
    factor = np.zeros((len(sizes), max(sizes, default=0) + 1), dtype=np.int64)
    for theme, (size, part) in enumerate(zip(sizes, parts, strict=True)):
        for answered in range(_half(size), size + 1):
            factor[theme, answered] = part // answered
    return _Tables(
        columns=np.array([c for columns in scoring.themes for c in columns], dtype=np.int64),
        owner=owner,
        pairs=(first, second),
        of_pair=owner[first],
        member=member,
        sizes=np.array(sizes, dtype=np.int64),
        parts=np.array(parts, dtype=np.int64),
        factor=factor,
        upper=np.triu_indices(len(scoring.drives) + 2),
    )


def _half(items: int) -> int:
    """Return how many of so many items make a score: half of them, rounded up."""
    return max(1, (items + 1) // 2)
