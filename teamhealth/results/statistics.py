"""Intervals, comparison and change, worked out from the finished snapshot.

Everything here is a function of what is shown anyway, one correlation per theme and
the snapshot before. So it can tell nothing more about anybody, and whoever has both
snapshots can work it out again (docs/snapshot.md).
"""

from collections.abc import Iterable
from dataclasses import replace

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.counts import mean_of_means, variance
from teamhealth.cells.model import (
    Change,
    ClassResult,
    Compared,
    GroupResult,
    Range,
    Snapshot,
    ThemeCell,
    ThemeFacts,
)
from teamhealth.stats import change, comparison, intervals, spread

_Cells = dict[str, ThemeCell]


def with_statistics(snapshot: Snapshot, previous: Snapshot | None) -> Snapshot:
    """Return the snapshot with what is known about each theme's certainty, standing and change."""
    columns, by_class = {}, {}
    for theme in snapshot.themes:
        reckoning = _Reckoning(snapshot, theme)
        by_class[theme.id] = reckoning.of_class
        cells = {name: reckoning.sure(name, cell) for name, cell in reckoning.cells.items()}
        for some in _alike(cells).values():
            cells |= reckoning.compared(some)
        before = _of(previous, theme.id) if _may_follow(snapshot, previous, theme) else None
        if before is not None:
            for some in _alike(cells).values():
                cells |= reckoning.changed(some, before)
        columns[theme.id] = cells
    groups = tuple(
        replace(group, themes={t: columns[t][group.id] for t in group.themes})
        for group in snapshot.groups
    )
    cross_cuts = {
        attribute: tuple(
            replace(one, themes={t: by_class[t](one, cell) for t, cell in one.themes.items()})
            for one in classes
        )
        for attribute, classes in snapshot.cross_cuts.items()
    }
    return replace(snapshot, groups=groups, cross_cuts=cross_cuts)


class _Reckoning:
    """One theme of one snapshot: its cells by group, and what their uncertainty rests on."""

    def __init__(self, snapshot: Snapshot, theme: ThemeFacts) -> None:
        self.groups = {group.id: group for group in snapshot.groups}
        self.order = [group.id for group in snapshot.groups]
        self.root = snapshot.root
        self.cells: _Cells = {
            group.id: group.themes[theme.id]
            for group in snapshot.groups
            if theme.id in group.themes
        }
        told = theme.correlation
        self.correlation = spread.DEFAULT_CORRELATION if told is None else told
        self._errors: dict[str, float] = {}
        self._variances: dict[tuple[str, ...], float] = {}
        self._wholes: dict[tuple[str, ...], float | None] = {}

    def sure(self, name: str, cell: ThemeCell) -> ThemeCell:
        """Add the interval, and the organisation's mean over the same items."""
        n = self._n(name)
        found = intervals.interval(cell.mean, self.error(name), n, one_decimal=not cell.full)
        whole = self._whole(cell.items)
        return replace(cell, interval=Range(found.low, found.high), whole=whole)

    def of_class(self, one: ClassResult, cell: ThemeCell) -> ThemeCell:
        """Add the interval of a class, and the organisation's mean over the same items.

        How many of a class were asked is not known: they are taken to have answered as
        readily as everybody.
        """
        n = one.responses
        asked = round(n * self.root.invited / self._n(self.root.id))
        trust = spread.reliability(len(cell.items), self.correlation)
        error = intervals.error(self._everywhere(cell.items), n, asked, trust)
        found = intervals.interval(cell.mean, error, n, one_decimal=True)
        whole = self._whole(cell.items)
        return replace(cell, interval=Range(found.low, found.high), whole=whole)

    def compared(self, cells: _Cells) -> _Cells:
        """Place groups whose theme rests on the same items; as they are if too few are shown."""
        units = self._lowest(cells)
        errors = {name: self._wide(name) for name in cells}
        pool = comparison.pool([cells[u].mean for u in units], [errors[u] for u in units])
        if pool is None:
            return cells
        usual = comparison.usual(pool)
        standings = comparison.standings(
            [cell.mean for cell in cells.values()],
            [errors[name] for name in cells],
            self._shares(cells, units),
            pool,
        )
        return {
            name: replace(
                cells[name],
                usual=Range(usual.low, usual.high),
                compared=None if name == self.root.id else Compared(standing.label),
            )
            for name, standing in zip(cells, standings, strict=True)
        }

    def changed(self, cells: _Cells, before: "_Reckoning") -> _Cells:
        """Tell change where the same group showed the theme on the same items before."""
        both = {
            name: cell
            for name, cell in cells.items()
            if name in before.cells and set(before.cells[name].items) == set(cell.items)
        }
        if not both:
            return cells
        units = self._lowest(both)
        moved = {name: cell.mean - before.cells[name].mean for name, cell in both.items()}
        errors = {
            name: (self.error(name) ** 2 + before.error(name) ** 2) ** 0.5 for name in both
        }
        pool = change.pool([moved[u] for u in units], [errors[u] for u in units])
        shifts = change.shifts(
            list(moved.values()), list(errors.values()), self._shares(both, units), pool
        )
        told = {
            name: replace(both[name], change=Change(shift.word))
            for name, shift in zip(both, shifts, strict=True)
        }
        return {**cells, **told}

    def error(self, name: str) -> float:
        """Return the standard error of a group's mean, for the people who were asked."""
        if name not in self._errors:
            cell, n = self.cells[name], self._n(name)
            variance_ = self._everywhere(cell.items)
            own = self._variance(self.groups[name], cell.items) if cell.full else None
            if own is not None:
                variance_ = intervals.moderated(own, n, variance_)
            trust = spread.reliability(len(cell.items), self.correlation)
            invited = self.groups[name].invited
            self._errors[name] = intervals.error(variance_, n, invited, trust)
        return self._errors[name]

    def _wide(self, name: str) -> float:
        """Return the standard error for the group as it might be with other people.

        Then every group has the organisation's spread.
        """
        n = self._n(name)
        return intervals.error(self._everywhere(self.cells[name].items), n, n, 0.0)

    def _everywhere(self, items: tuple[str, ...]) -> float:
        """Return the organisation's variance over these items, or what is taken where it shows none."""
        if items not in self._variances:
            told = self._variance(self.root, items)
            found = spread.DEFAULT_VARIANCE if told is None else told
            self._variances[items] = max(found, spread.LEAST_VARIANCE)
        return self._variances[items]

    def _whole(self, items: tuple[str, ...]) -> float | None:
        """Return the organisation's mean over these items, None unless it shows numbers for all."""
        if items not in self._wholes:
            counts = self._counts(self.root, items)
            self._wholes[items] = mean_of_means(counts) if counts else None
        return self._wholes[items]

    def _n(self, name: str) -> int:
        return self.groups[name].responses or 1

    def _counts(self, group: GroupResult, items: tuple[str, ...]) -> list[tuple[int, ...]]:
        found = [group.items[item].counts for item in items if item in group.items]
        counts = [c for c in found if c is not None]
        return list(counts) if len(counts) == len(items) else []

    def _variance(self, group: GroupResult, items: tuple[str, ...]) -> float | None:
        counts = self._counts(group, items)
        if not counts:
            return None
        return spread.theme_variance([variance(c) for c in counts], self.correlation)

    def _lowest(self, cells: Iterable[str]) -> list[str]:
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

    def _shares(self, cells: Iterable[str], units: list[str]) -> list[float]:
        """Return, per group, Σ (n_i/n)² over the lowest groups it is made of and its other people."""
        people = dict.fromkeys(self.order, 0)
        squares = dict.fromkeys(self.order, 0)
        for name in units:
            people[name] = self._n(name)
            squares[name] = self._n(name) ** 2
        for name in reversed(self.order):
            parent = self.groups[name].parent
            if parent is not None:
                people[parent] += people[name]
                squares[parent] += squares[name]
        shares = []
        for name in cells:
            rest = max(self._n(name) - people[name], 0)
            shares.append((squares[name] + rest**2) / (people[name] + rest) ** 2)
        return shares


def _alike(cells: _Cells) -> dict[frozenset[str], _Cells]:
    """Sort cells by the items they rest on; only those that rest on the same are compared."""
    sorts: dict[frozenset[str], _Cells] = {}
    for name, cell in cells.items():
        sorts.setdefault(frozenset(cell.items), {})[name] = cell
    return sorts


def _may_follow(snapshot: Snapshot, previous: Snapshot | None, theme: ThemeFacts) -> bool:
    """Tell whether a theme may be held against the one before: the leader's only where all see both.

    Else somebody who leads a group since, or who was not meant to see it then, would learn of it.
    """
    if previous is None or theme.id != LEADER_THEME:
        return True
    return {snapshot.survey.leader_theme, previous.survey.leader_theme} == {"agreed"}


def _of(previous: Snapshot | None, theme: str) -> _Reckoning | None:
    facts = [t for t in previous.themes if t.id == theme] if previous else []
    return _Reckoning(previous, facts[0]) if previous and facts else None
