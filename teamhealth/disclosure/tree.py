"""A tree of groups, numbered so that a parent comes before its children; number 0 is the root.

Numbering means nothing: every rule of this room gives the same for any other order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tree:
    """Groups by id and each one's parent as a number; ``parent[0]`` is −1.

    Raises ValueError for ids that repeat, and for a parent that does not come first.
    """

    ids: tuple[str, ...]
    parent: tuple[int, ...]

    def __post_init__(self) -> None:
        if (
            not self.ids
            or len(self.ids) != len(self.parent)
            or len(set(self.ids)) != len(self.ids)
        ):
            raise ValueError("a tree needs groups with distinct ids, and a parent for each")
        if self.parent[0] != -1 or any(not 0 <= p < v for v, p in enumerate(self.parent) if v):
            raise ValueError("a tree needs its root first and each parent before its children")

    def __len__(self) -> int:
        return len(self.ids)

    def upward(self) -> range:
        """Return the numbers so that every group comes after all groups below it."""
        return range(len(self.ids) - 1, -1, -1)

    def totals(self, own: ArrayLike) -> Ints:
        """Return numbers summed over each group's subtree; the first axis of ``own`` is groups."""
        total = np.array(own, dtype=np.int64)
        for v in range(len(self.ids) - 1, 0, -1):
            total[self.parent[v]] += total[v]
        return total

    def nearest(self, v: int, marked: Sequence[object]) -> int:
        """Return the nearest group from ``v`` upward, itself included, that is marked; −1 if none is."""
        while v >= 0 and not marked[v]:
            v = self.parent[v]
        return v
