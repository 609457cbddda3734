"""Groups × themes for print: in the order of the tree, as many levels of it as a reader turns pages for.

No group is ranked or coloured as good or bad; a group without a result says where it is
counted, in the one sentence that every hidden cell has. Where not every group has a row,
``beside`` tells how all of them lie, and which of the others differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from teamhealth.advice.highlights import is_divided
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.cells.silence import is_comparable
from teamhealth.outlets import numbers
from teamhealth.outlets.print_beside import Beside, beside
from teamhealth.outlets.wording import Wording

ROOM = 60
"""Rows of the table, as on a page of the dashboard: two pages. Deeper levels have no row."""

MOST = 150
"""Rows of the first level, which does not go below; where it has more, there is no table."""

ALONE = 3
"""So many rows are never parted, so that none stands alone on the last page."""

_UPRIGHT = 7
"""So many themes have room beside each other on a page that is not turned."""

_SIZES = {
    True: ((32, ""), (40, "dense"), (47, "denser")),
    False: ((20, ""), (26, "dense"), (31, "denser")),
}
"""So many rows have room on a page, by whether it stands upright, and the class that sets them so small."""

_DEEPEST = 4
_NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class GroupCell:
    """One theme of one group in the table: the mean as written, and how it lies beside the usual.

    ``divided`` says that people in the group see it very differently.
    """

    mean: str | None
    compared: str | None
    divided: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the table. ``depth`` is 1 for what stands right below the first group.

    ``counted_in`` names the group that a hidden one is counted in; ``cells`` are empty then.
    ``comparable`` is false where too few are heard to see it beside others. ``folded`` are
    so many groups below it that have no row of their own.
    """

    name: str
    depth: int
    invited: int
    responses: int | None
    counted_in: str
    cells: tuple[GroupCell, ...]
    comparable: bool = True
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups below one. ``below`` are all of them, ``with_result`` those that have one of their own.

    ``further_up`` are those without one that are counted in a group above; ``themes`` is how
    many columns the table has; ``beside`` is empty where every group has a row.
    """

    rows: tuple[GroupRow, ...]
    below: int
    with_result: int
    further_up: int
    themes: int
    beside: Beside = _NOTHING

    @property
    def upright(self) -> bool:
        """Whether the table has room on a page that is not turned."""
        return self.themes <= _UPRIGHT

    @property
    def size(self) -> str:
        """The class of the table: smaller type before another page; usual type where there are many."""
        return next((size for most, size in _SIZES[self.upright] if len(self.rows) <= most), "")

    @property
    def first(self) -> tuple[GroupRow, ...]:
        """All rows but the last."""
        return self.rows[:-ALONE]

    @property
    def last(self) -> tuple[GroupRow, ...]:
        """The last rows, which are never parted."""
        return self.rows[-ALONE:]

    @property
    def folded(self) -> bool:
        """Whether some have no row."""
        return len(self.rows) < self.below

    @property
    def split(self) -> bool:
        """Whether people in some group see a theme very differently."""
        return any(cell.divided for row in self.rows for cell in row.cells)

    @property
    def unheard(self) -> bool:
        """Whether too few of some group are heard to compare it."""
        return any(not row.comparable for row in self.rows)

    @property
    def protected(self) -> bool:
        """Whether a group with a result keeps a theme back."""
        return any(cell.mean is None for row in self.rows for cell in row.cells)

    @property
    def coloured(self) -> bool:
        """Whether any theme lies beside the usual."""
        return any(cell.compared in {"higher", "lower"} for r in self.rows for cell in r.cells)


def groups_below(
    seen: Snapshot, top: GroupResult, themes: Sequence[str], words: Wording
) -> Groups:
    """Return the groups below one, with these themes as columns."""
    reader = words.reader
    below: dict[str | None, list[GroupResult]] = {}
    for group in seen.groups:
        below.setdefault(group.parent, []).append(group)
    every = list(_walk(below, top.id))
    depth = _levels_that_fit(below, top)
    names = {group.id: group.name for group in seen.groups}
    groups = [group for group, _ in every]
    with_row = {group.id for group, at in every if at <= depth}
    return Groups(
        rows=tuple(
            GroupRow(
                name=group.name,
                depth=min(at, _DEEPEST),
                invited=group.invited,
                responses=group.responses,
                counted_in=names[group.counted_in] if group.counted_in else "",
                cells=_cells(group, themes, reader) if group.responses is not None else (),
                comparable=is_comparable(group),
                folded=sum(1 for _ in _walk(below, group.id)) if at == depth else 0,
            )
            for group, at in every
            if at <= depth
        ),
        below=len(every),
        with_result=sum(group.responses is not None for group in groups),
        further_up=sum(group.counted_in is not None for group in groups),
        themes=len(themes),
        beside=_NOTHING
        if len(with_row) == len(every)
        else beside(top, groups, with_row, themes, words),
    )


Below = Mapping[str | None, Sequence[GroupResult]]


def _walk(below: Below, top: str, depth: int = 1) -> Iterator[tuple[GroupResult, int]]:
    for group in below.get(top, ()):
        yield group, depth
        yield from _walk(below, group.id, depth + 1)


def _levels_that_fit(below: Below, top: GroupResult) -> int:
    """Return how many levels have room together; none where the first alone is too long."""
    level, rows, levels = [top], 0, 0
    while level:
        level = [child for group in level for child in below.get(group.id, ())]
        rows += len(level)
        if rows > (ROOM if levels else MOST):
            return levels
        levels += 1
    return levels


def _cells(group: GroupResult, themes: Sequence[str], language: str) -> tuple[GroupCell, ...]:
    found = (group.themes.get(theme) for theme in themes)
    return tuple(
        GroupCell(numbers.mean(cell, language), cell.compared, is_divided(cell))
        if cell
        else GroupCell(None, None)
        for cell in found
    )
