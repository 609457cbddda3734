"""The classes of a cross-cut: which values of an attribute are shown by themselves, which together.

People may tell one or two things of themselves. Results are shown by the one and by the
other. Both are sums over cells of one grid, the pairs of values, and the grid is what is
held safe, with the blocks of the tree and for every item at once: values are put
together until no cut of blocks and grid has fewer than k people (``cuts``). Showing less,
only sums over rows or columns of the grid, is as safe.

Which values are put together depends on numbers of people only. Putting nodes of a graph
together never makes a cut smaller, so no item that was settled has to be looked at again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from teamhealth.disclosure.atoms import NOT_SAID, Table
from teamhealth.disclosure.cuts import small_cut
from teamhealth.disclosure.tree import Ints

Part = tuple[int, ...]
"""Values of one attribute that are shown together, in order."""
Parts = tuple[Part, ...]
"""One attribute's classes; a single one says nothing and is not shown."""
Cell = tuple[int, ...]


def partition(
    told: Ints, tables: Sequence[Table], ordered: Sequence[bool], least: int
) -> tuple[Parts, ...]:
    """Return the classes of each attribute; ``told`` as in ``Atoms``, ``ordered`` per attribute.

    Of the classes that come out with all attributes together and with each one alone
    those are taken that are most; among equals the former.
    """
    grid = _Grid(told, tables, ordered, least)
    values = [grid.values(a) for a in range(told.shape[1])]
    apart = [tuple((value,) for value in some) for some in values]
    tried = [grid.safe(tuple(apart))]
    if len(values) > 1:
        for alone in range(len(values)):
            start = (parts if a == alone else (values[a],) for a, parts in enumerate(apart))
            tried.append(grid.safe(tuple(start)))
    return max(tried, key=lambda parts: sum(len(p) for p in parts if len(p) > 1))


@dataclass(frozen=True, slots=True)
class _Grid:
    told: Ints
    tables: Sequence[Table]
    ordered: Sequence[bool]
    least: int

    def values(self, attribute: int) -> Part:
        """Return the values that somebody told who is released somewhere."""
        here = np.zeros(len(self.told), dtype=bool)
        for table in self.tables:
            here |= (table.block >= 0) & (table.people > 0)
        return tuple(np.unique(self.told[here, attribute]).tolist())

    def safe(self, parts: tuple[Parts, ...]) -> tuple[Parts, ...]:
        """Put values together until every table's cuts are large enough."""
        at = 0
        while at < len(self.tables):
            column, cells = self._columns(parts)
            side = small_cut(self.tables[at].cells(column, len(cells)), self.least)
            if side:
                parts = self._merged(parts, {cells[c] for c in side}, cells)
            else:
                at += 1
        return parts

    def _columns(self, parts: tuple[Parts, ...]) -> tuple[Ints, list[Cell]]:
        """Return each atom's cell of the grid, and the cells as places in ``parts``."""
        column = np.zeros(len(self.told), dtype=np.int64)
        cells: list[Cell] = [()]
        for a, some in enumerate(parts):
            place = np.zeros(int(self.told[:, a].max(initial=0)) + 1, dtype=np.int64)
            for at, part in enumerate(some):
                place[list(part)] = at
            column = column * len(some) + place[self.told[:, a]]
            cells = [(*cell, at) for cell in cells for at in range(len(some))]
        return column, cells

    def _merged(
        self, parts: tuple[Parts, ...], side: set[Cell], cells: list[Cell]
    ) -> tuple[Parts, ...]:
        column, _ = self._columns(parts)
        people = np.zeros(len(cells), dtype=np.int64)
        for table in self.tables:
            people += table.cells(column, len(cells)).sum(axis=0)
        held = {cell for cell, n in zip(cells, people.tolist(), strict=True) if n}
        pairs = list(self._pairs(parts))
        useful = [pair for pair in pairs if _joins(pair, side, held)]
        best = min(
            useful or pairs, key=lambda pair: self._price(pair, parts, side, people, cells)
        )
        return _put_together(parts, *best)

    def _pairs(self, parts: tuple[Parts, ...]) -> Iterator[tuple[int, int, int]]:
        """Give what may be put together: attribute and the places of two of its parts."""
        for a, some in enumerate(parts):
            named = [at for at, part in enumerate(some) if part != (NOT_SAID,)]
            if self.ordered[a]:
                yield from ((a, p, q) for p, q in pairwise(named))
            else:
                yield from ((a, p, q) for p, q in combinations(named, 2))
            for at, part in enumerate(some):
                if part == (NOT_SAID,):
                    yield from ((a, at, q) for q in named)

    def _price(
        self,
        pair: tuple[int, int, int],
        parts: tuple[Parts, ...],
        side: set[Cell],
        people: Ints,
        cells: list[Cell],
    ) -> tuple[int, int, int, int, int]:
        """Say how unwelcome it is: those who said nothing go to the many, others to the few."""
        a, p, q = pair
        n = [0] * len(parts[a])
        for cell, many in zip(cells, people.tolist(), strict=True):
            n[cell[a]] += many
        if parts[a][p] != (NOT_SAID,):
            return (1, n[p] + n[q], -a, p, q)
        concerned = any(cell[a] == p for cell in side)
        return (0, -n[q], -a, p, q) if concerned else (2, n[p] + n[q], -a, p, q)


def _joins(pair: tuple[int, int, int], side: set[Cell], held: set[Cell]) -> bool:
    """Tell whether a cell on this side would come together with one of the other side."""
    a, p, q = pair
    for cell in held:
        if cell[a] == p:
            other = (*cell[:a], q, *cell[a + 1 :])
            if other in held and (cell in side) != (other in side):
                return True
    return False


def _put_together(parts: tuple[Parts, ...], a: int, p: int, q: int) -> tuple[Parts, ...]:
    some = [part for at, part in enumerate(parts[a]) if at not in (p, q)]
    some.append(tuple(sorted(parts[a][p] + parts[a][q])))
    some.sort(key=lambda part: next((v for v in part if v != NOT_SAID), NOT_SAID))
    return (*parts[:a], tuple(some), *parts[a + 1 :])
