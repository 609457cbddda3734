"""Adding up rows by group, many groups at a time: most groups are a handful of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

import numpy as np
from numpy.typing import NDArray

from teamhealth.disclosure.tree import Ints


@dataclass(frozen=True, slots=True)
class Runs:
    """Whose rows of a table are whose: run by run, the number of the group and its first row.

    A group may have several runs; none is empty.
    """

    groups: Ints
    starts: Ints

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Self:
        """Return the runs of a table, of whose rows these are the groups' numbers."""
        starts, groups, at = [], [], 0
        for group, rows in groupby(numbers):
            groups.append(group)
            starts.append(at)
            at += len(list(rows))
        return cls(np.array(groups, dtype=np.int64), np.array(starts, dtype=np.int64))

    def add(self, into: Ints, rows: NDArray[np.generic]) -> None:
        """Add the rows of each group to its place in ``into``."""
        np.add.at(
            into, self.groups, np.add.reduceat(rows, self.starts, axis=0, dtype=into.dtype)
        )
