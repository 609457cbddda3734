"""The people a cross-cut needs: who answers in one group and tells the same of themselves.

Counts of such people are far smaller than k. They live inside the count only: nothing
but sums over whole classes leaves this room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from teamhealth.disclosure.blocks import Blocks, homes
from teamhealth.disclosure.tree import Ints, Tree

Counts = NDArray[np.uint16]
MOST = 2**16 - 1  # people in one atom; more would be another row
NOT_SAID = 0


@dataclass(frozen=True, slots=True)
class Atoms:
    """A row or more per answering group and combination of attribute values that somebody told.

    ``told`` has one column per attribute: ``NOT_SAID``, or the number of the option from
    1. ``sheets`` are the people; ``counts`` their answers 1…5 per item.
    """

    group: Ints
    told: Ints
    sheets: Ints
    counts: Counts

    def items(self) -> int:
        """Return how many items there are."""
        return int(self.counts.shape[1])


@dataclass(frozen=True, slots=True)
class Table:
    """Who is released for one item, or of the responses: per atom its block and how many people.

    ``block`` is the number of the group that releases the block, −1 for people who are
    released nowhere.
    """

    block: Ints
    people: Ints

    def cells(self, column: Ints, many: int) -> Ints:
        """Count the released people by block (rows, in no order) and ``column`` of each atom."""
        here = self.block >= 0
        _, row = np.unique(self.block[here], return_inverse=True)
        rows = int(row.max()) + 1 if row.size else 0
        summed = np.bincount(
            row * many + column[here], weights=self.people[here], minlength=rows * many
        )
        return summed.astype(np.int64).reshape(rows, many)


def tables(
    tree: Tree, atoms: Atoms, sheets: Blocks, fine: Blocks, items: Sequence[int]
) -> list[Table]:
    """Return the table of the responses, then one for each of these items."""
    whole = homes(tree, sheets.block)[atoms.group, 0]
    home = homes(tree, fine.block[:, list(items)])[atoms.group]
    answered = atoms.counts.sum(axis=2, dtype=np.int64)
    return [
        Table(whole, atoms.sheets),
        *(Table(home[:, at], answered[:, j]) for at, j in enumerate(items)),
    ]
