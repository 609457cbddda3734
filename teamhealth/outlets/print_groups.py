"""Groups × themes for print: in the order of the tree, as many levels of it as a reader turns pages for.

No group is ranked or coloured as good or bad; a group without a result says where it is
counted, in the one sentence that every hidden cell has.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from teamhealth.advice.highlights import is_divided
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.cells.silence import is_comparable
from teamhealth.outlets import numbers

ROOM = 150
"""Rows of the table: six pages. Levels of the tree below that are told of in their own reports."""

_DEEPEST = 4


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
    """The groups below one. ``below`` are all of them, ``with_result`` those that have one of their own."""

    rows: tuple[GroupRow, ...]
    below: int
    with_result: int

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
    seen: Snapshot, top: GroupResult, themes: Sequence[str], language: str
) -> Groups:
    """Return the groups below one, with these themes as columns."""
    below: dict[str | None, list[GroupResult]] = {}
    for group in seen.groups:
        below.setdefault(group.parent, []).append(group)
    every = list(_walk(below, top.id))
    depth = _levels_that_fit(below, top)
    names = {group.id: group.name for group in seen.groups}
    return Groups(
        rows=tuple(
            GroupRow(
                name=group.name,
                depth=min(at, _DEEPEST),
                invited=group.invited,
                responses=group.responses,
                counted_in=names[group.counted_in] if group.counted_in else "",
                cells=_cells(group, themes, language) if group.responses is not None else (),
                comparable=is_comparable(group),
                folded=sum(1 for _ in _walk(below, group.id)) if at == depth else 0,
            )
            for group, at in every
            if at <= depth
        ),
        below=len(every),
        with_result=sum(group.responses is not None for group, _ in every),
    )


Below = Mapping[str | None, Sequence[GroupResult]]


def _walk(below: Below, top: str, depth: int = 1) -> Iterator[tuple[GroupResult, int]]:
    for group in below.get(top, ()):
        yield group, depth
        yield from _walk(below, group.id, depth + 1)


def _levels_that_fit(below: Below, top: GroupResult) -> int:
    """Return how many levels have room together; one at least."""
    level, rows, levels = [top], 0, 0
    while level:
        level = [child for group in level for child in below.get(group.id, ())]
        rows += len(level)
        if rows > ROOM and levels:
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
