"""Groups as a reader walks them: in the order of the tree, a branch at a time, never by value.

A thousand groups make no page. A branch shows as many levels as fit on one; whoever
wants to see further opens a group.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from teamhealth.advice.highlights import is_divided
from teamhealth.cells.model import GroupResult, Snapshot, ThemeCell
from teamhealth.cells.silence import is_comparable
from teamhealth.outlets import numbers

ROOM = 60
"""Rows on a page."""

_DEEPEST = 4
_STEPS = (3.0, 3.4, 3.7, 4.0)
"""Where the next colour begins; the page's key says the same."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One mean as written, and which of five colours it has, 1 the lowest on the scale; 0 for none.

    ``divided`` says that people in the group see the theme very differently.
    """

    mean: str
    shade: int
    divided: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One group. ``depth`` counts from the page's first; ``folded`` groups below are not on the page."""

    group: GroupResult
    depth: int
    counted_in: str
    folded: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the tree; ``above`` leads back to the top, the highest first."""

    rows: tuple[Row, ...]
    above: tuple[GroupResult, ...]
    number: int
    of: int


class Tree:
    """The groups of a snapshot that one reader may open, with who is below whom."""

    def __init__(self, seen: Snapshot, opened: Collection[str]) -> None:
        self._groups = {group.id: group for group in seen.groups}
        self._opened = [group for group in seen.groups if group.id in opened]
        self._below: dict[str | None, list[GroupResult]] = {}
        self._ours = frozenset(group.id for group in self._opened)
        for group in self._opened:
            parent = group.parent if group.parent in self._ours else None
            self._below.setdefault(parent, []).append(group)

    def __contains__(self, group_id: object) -> bool:
        return group_id in self._ours

    @property
    def tops(self) -> Sequence[GroupResult]:
        """The groups above which the reader may open none."""
        return self._below.get(None, [])

    @property
    def groups(self) -> Sequence[GroupResult]:
        """All groups that the reader may open, in the order of the tree."""
        return self._opened

    @property
    def parts(self) -> Sequence[GroupResult]:
        """The same without the survey's whole, which is no part of itself."""
        return [group for group in self._opened if group.parent is not None]

    @property
    def with_result(self) -> int:
        """How many of the parts have a result of their own."""
        return sum(group.responses is not None for group in self.parts)

    def below(self, group_id: str) -> Sequence[GroupResult]:
        """Return the groups right below one."""
        return self._below.get(group_id, [])

    def above(self, group: GroupResult) -> tuple[GroupResult, ...]:
        """Return the groups above one that the reader may open, the highest first."""
        found: list[GroupResult] = []
        while group.parent is not None and group.parent in self._ours:
            group = self._groups[group.parent]
            found.append(group)
        return tuple(reversed(found))

    def depth(self, group: GroupResult) -> int:
        """Return how far below the highest that the reader may open a group lies."""
        return len(self.above(group))

    def page(self, at: GroupResult | None = None, number: int = 1) -> Page:
        """Return a page of the branch at a group, or of everything the reader may open."""
        tops = [at] if at is not None else list(self.tops)
        levels = _levels_that_fit(tops, self._below)
        placed = list(_walk(tops, self._below, levels))
        pages = max(1, -(-len(placed) // ROOM))
        number = min(max(number, 1), pages)
        rows = placed[(number - 1) * ROOM : number * ROOM]
        return Page(
            rows=tuple(self._row(group, depth, levels) for group, depth in rows),
            above=self.above(at) if at is not None else (),
            number=number,
            of=pages,
        )

    def name_of(self, group_id: str | None) -> str:
        """Return the name of any group of the survey; nothing for none."""
        return self._groups[group_id].name if group_id else ""

    def _row(self, group: GroupResult, depth: int, levels: int) -> Row:
        folded = _count([group], self._below) - 1 if depth == levels else 0
        return Row(group, min(depth, _DEEPEST), self.name_of(group.counted_in), folded)


def heat(
    group: GroupResult, themes: Iterable[str], language: str
) -> tuple[HeatCell | None, ...]:
    """Return the cells of one row, None where one is hidden.

    A group of which too few are heard has no colours: it is not to be compared.
    """
    cells = (group.themes.get(theme) for theme in themes)
    heard = is_comparable(group)
    return tuple(_heat_cell(cell, language, heard=heard) if cell else None for cell in cells)


def _heat_cell(cell: ThemeCell, language: str, *, heard: bool) -> HeatCell:
    mean, shade = mean_and_shade(cell, language)
    return HeatCell(mean, shade if heard else 0, is_divided(cell))


def mean_and_shade(cell: ThemeCell, language: str) -> tuple[str, int]:
    """Return a theme's mean as written, and which of five colours it has."""
    mean = numbers.mean(cell, language)
    value = cell.mean if numbers.at_the_top(cell) else numbers.tenths(cell.mean)
    return mean, 1 + bisect_right(_STEPS, value)


Below = Mapping[str | None, Sequence[GroupResult]]


def _levels_that_fit(tops: Sequence[GroupResult], below: Below) -> int:
    """Return how many levels below the first fit on a page; one at least."""
    level, shown, levels = list(tops), len(tops), 0
    while level:
        level = [child for group in level for child in below.get(group.id, ())]
        shown += len(level)
        if shown > ROOM and levels >= 1:
            return levels
        levels += 1
    return levels


def _walk(
    groups: Iterable[GroupResult], below: Below, levels: int, depth: int = 0
) -> Iterable[tuple[GroupResult, int]]:
    for group in groups:
        yield group, depth
        if depth < levels:
            yield from _walk(below.get(group.id, ()), below, levels, depth + 1)


def _count(groups: Iterable[GroupResult], below: Below) -> int:
    return sum(1 + _count(below.get(group.id, ()), below) for group in groups)
