"""One theme of one snapshot: what the uncertainty of its means rests on.

Everything follows from the figures that are shown, one correlation of the whole
organisation and numbers of people (docs/snapshot.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from teamhealth.cells.counts import mean_of_means, variance
from teamhealth.cells.findings import Response
from teamhealth.cells.model import (
    ClassResult,
    GroupResult,
    Range,
    Snapshot,
    ThemeCell,
    ThemeFacts,
)
from teamhealth.stats import intervals, response, spread
from teamhealth.stats.arrays import Ints

Cells = Mapping[str, ThemeCell]
"""A theme's cells by the id of their group."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a mean is; fields as of ``ThemeCell``."""

    interval: Range
    error: float
    silent: float | None
    whole: float | None


class Reckoning:
    """A theme's ``cells`` by group, and what their uncertainty rests on."""

    def __init__(self, snapshot: Snapshot, theme: ThemeFacts) -> None:
        self.groups = {group.id: group for group in snapshot.groups}
        self.order = [group.id for group in snapshot.groups]
        self.root = snapshot.root
        self.cells: Cells = {
            group.id: group.themes[theme.id]
            for group in snapshot.groups
            if theme.id in group.themes
        }
        told = theme.correlation
        self.correlation = spread.DEFAULT_CORRELATION if told is None else told
        self._own = self._variances()
        self._errors: dict[str, float] = {}
        self._everybody: dict[tuple[str, ...], float] = {}
        self._wholes: dict[tuple[str, ...], float | None] = {}

    def sure(self, name: str) -> Certainty:
        """Return how sure a group's mean is, and the organisation's mean over the same items."""
        cell, group, n, error = (
            self.cells[name],
            self.groups[name],
            self.n(name),
            self.error(name),
        )
        found = intervals.interval(cell.mean, error, n, one_decimal=not cell.full)
        return Certainty(
            interval=Range(found.low, found.high),
            error=error,
            silent=response.whisker(found.low, n, group.invited, one_decimal=not cell.full),
            whole=self._whole(cell.items),
        )

    def of_class(self, one: ClassResult, cell: ThemeCell) -> Certainty:
        """Return how sure the mean of a class is, and the organisation's mean over the same items.

        How many of a class were asked is not known: they are taken to have answered as
        readily as everybody. So nothing is said of who of them kept silent.
        """
        n = one.responses
        asked = round(n * self.root.invited / self.n(self.root.id))
        trust = spread.reliability(len(cell.items), self.correlation)
        error = intervals.error(self._everywhere(cell.items), n, asked, trust)
        found = intervals.interval(cell.mean, error, n, one_decimal=True)
        return Certainty(Range(found.low, found.high), error, None, self._whole(cell.items))

    def error(self, name: str) -> float:
        """Return the standard error of a group's mean, for the people who were asked."""
        if name not in self._errors:
            cell, n = self.cells[name], self.n(name)
            variance_ = self._everywhere(cell.items)
            if name in self._own:
                variance_ = intervals.moderated(self._own[name], n, variance_)
            trust = spread.reliability(len(cell.items), self.correlation)
            invited = self.groups[name].invited
            self._errors[name] = intervals.error(variance_, n, invited, trust)
        return self._errors[name]

    def wide(self, name: str) -> float:
        """Return the standard error for the group as it might be with other people.

        Then every group has the organisation's spread.
        """
        n = self.n(name)
        return intervals.error(self._everywhere(self.cells[name].items), n, n, 0.0)

    def n(self, name: str) -> int:
        """Return how many people a group's figures stand for."""
        return self.groups[name].responses or 1

    def silence(self, name: str) -> Response:
        """Return how many of a group's people stand behind its figures."""
        return Response(response.band(self.n(name), self.groups[name].invited))

    def lowest(self, cells: Iterable[str]) -> list[str]:
        """Return the groups among these that have none of these below them."""
        among = set(cells)
        above: set[str | None] = set()
        lowest = []
        for name in reversed(self.order):
            if name in among and name not in above:
                lowest.append(name)
            if name in among or name in above:
                above.add(self.groups[name].parent)
        return lowest[::-1]

    def shares(self, cells: Iterable[str], units: list[str]) -> list[float]:
        """Return, per group, Σ (n_i/n)² over the lowest groups it is made of and its other people."""
        people = dict.fromkeys(self.order, 0)
        squares = dict.fromkeys(self.order, 0)
        for name in units:
            people[name] = self.n(name)
            squares[name] = self.n(name) ** 2
        for name in reversed(self.order):
            parent = self.groups[name].parent
            if parent is not None and people[name]:
                people[parent] += people[name]
                squares[parent] += squares[name]
        shares = []
        for name in cells:
            rest = max(self.n(name) - people[name], 0)
            shares.append((squares[name] + rest**2) / (people[name] + rest) ** 2)
        return shares

    def in_numbers(self, cells: Cells) -> tuple[list[str], Ints]:
        """Return which of these groups tell numbers, and their five counts: groups × items × 5.

        ``cells`` rest on the same items.
        """
        names = [name for name, cell in cells.items() if cell.full]
        counts = [_counts(self.groups[name], cells[name].items) for name in names]
        return names, np.array(counts, dtype=np.int64)

    def _variances(self) -> dict[str, float]:
        """Return the own variance of every group that tells numbers."""
        found: dict[str, float] = {}
        for some in alike(self.cells):
            names, counts = self.in_numbers(some)
            if names:
                own = spread.theme_variances(counts, self.correlation)
                found |= dict(zip(names, own.tolist(), strict=True))
        return found

    def _everywhere(self, items: tuple[str, ...]) -> float:
        """Return the organisation's variance over these items, or what is taken where it shows none."""
        if items not in self._everybody:
            counts = _counts(self.root, items)
            found = spread.DEFAULT_VARIANCE
            if counts:
                found = spread.theme_variance([variance(c) for c in counts], self.correlation)
            self._everybody[items] = max(found, spread.LEAST_VARIANCE)
        return self._everybody[items]

    def _whole(self, items: tuple[str, ...]) -> float | None:
        """Return the organisation's mean over these items, None unless it shows numbers for all."""
        if items not in self._wholes:
            counts = _counts(self.root, items)
            self._wholes[items] = mean_of_means(counts) if counts else None
        return self._wholes[items]


def alike(cells: Cells) -> list[dict[str, ThemeCell]]:
    """Sort cells by the items they rest on; only those that rest on the same are compared."""
    sorts: dict[frozenset[str], dict[str, ThemeCell]] = {}
    for name, cell in cells.items():
        sorts.setdefault(frozenset(cell.items), {})[name] = cell
    return list(sorts.values())


def _counts(group: GroupResult, items: tuple[str, ...]) -> list[tuple[int, ...]]:
    """Return the counts that a group shows of these items, none unless it shows all in numbers."""
    found = [group.items[item].counts for item in items if item in group.items]
    counts = [c for c in found if c is not None]
    return list(counts) if len(counts) == len(items) else []
