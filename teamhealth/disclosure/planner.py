"""The cheapest set of groups to show for one item, found exactly.

A dynamic programme up the tree: per group a table from *loose people going up* (0…least,
where ``least`` means that many or more) to the least cost below, O(groups × least²).
Costs are integers with four fields compared from the left:

    hidden cells | cells the hidden groups could have had | answers left out | lots of the hidden

Items that agree on the people of a subtree share its table, and equal items a plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from teamhealth.disclosure.tree import Bools, Ints, Tree

_LEFT, _WORTH, _CELL = 80, 112, 160  # where the fields begin; the lots begin at 0


def price(*, cells: int, worth: int, lot: int) -> int:
    """Return the cost of hiding one group: the first two fields and the last."""
    return (cells << _CELL) + (worth << _WORTH) + lot


@dataclass(frozen=True, slots=True)
class _Table:
    """Least cost per number of loose people, and how it came about.

    ``how`` leads from a state to (people gathered here, shown?), ``steps`` from people
    gathered to (people gathered before this child, people the child sent).
    """

    group: int
    cost: dict[int, int]
    how: dict[int, tuple[int, bool]]
    steps: tuple[tuple[int, dict[int, tuple[int, int]]], ...]
    open: bool


class Planner:
    """Plans items one after another, remembering what it worked out.

    ``cost`` is the ``price`` of hiding each group that could be shown.
    """

    def __init__(self, tree: Tree, least: int, cost: Sequence[int]) -> None:
        self._tree, self._least, self._cost = tree, least, cost
        self._children: list[list[int]] = [[] for _ in tree.ids]
        for v in range(1, len(tree)):
            self._children[tree.parent[v]].append(v)
        self._inner = [v for v in tree.upward() if self._children[v]]
        self._leaf = np.array([not below for below in self._children])
        self._parent = np.array(tree.parent)
        # A number up to `least` means so many loose people and no choice; then one per leaf.
        self._tables: dict[int, _Table] = {}
        self._numbers: dict[tuple[int, ...], int] = {}
        self._plans: dict[bytes, Bools] = {}

    def plan(self, own: Ints, room: Ints) -> Bools:
        """Return which groups to show; ``own`` are answers per group, ``room`` as ``blocks.room`` gives it.

        The root is always shown if it can be.
        """
        same = own.tobytes() + room.tobytes()
        if same not in self._plans:
            self._plans[same] = self._solve(own, room)
        return self._plans[same]

    def _solve(self, own: Ints, room: Ints) -> Bools:
        least, tables = self._least, self._tables
        choice = self._leaf & (room >= 0)
        quiet = self._leaf & ~choice
        quiet[0] = False
        gathered = own * ~self._leaf
        np.add.at(gathered, self._parent[quiet], own[quiet])
        loose, rooms = gathered.tolist(), room.tolist()
        at = np.where(choice, least + 1 + np.arange(len(own)), 0).tolist()
        for v in self._inner:
            below = [at[c] for c in self._children[v] if at[c]]
            here = min(loose[v], least)
            if not below and rooms[v] < 0:
                if v:
                    loose[self._tree.parent[v]] += here
                continue
            key = (v, here, rooms[v], *below)
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = least + 1 + len(own) + len(self._numbers)
                tables[number] = self._table(v, here, rooms[v], below)
            at[v] = number
        shown: Bools = room >= 0
        for v in self._hidden(at[0]):
            shown[v] = False
        return shown

    def _known(self, number: int) -> _Table:
        if number not in self._tables:  # a leaf that can be shown or hidden
            v = number - self._least - 1
            gathered = self._least
            self._tables[number] = _Table(
                v, {0: 0, gathered: self._cost[v]},
                {0: (gathered, True), gathered: (gathered, False)}, (), True,
            )  # fmt: skip
        return self._tables[number]

    def _table(self, v: int, here: int, room: int, below: list[int]) -> _Table:
        pool, steps = {here: 0}, []
        for number in below:
            pool, step = self._merge(pool, self._known(number).cost)
            steps.append((number, step))
        cost: dict[int, int] = {}
        how: dict[int, tuple[int, bool]] = {}
        if v or room < 0:
            for s, x in pool.items():
                cost[s], how[s] = x + (self._cost[v] if room >= 0 else 0), (s, False)
        if room >= 0:
            for s, x in pool.items():
                end = 0 if s == self._least else s
                price_ = x + (end << _LEFT)
                if end <= room and (end not in cost or price_ < cost[end]):
                    cost[end], how[end] = price_, (s, True)
        return _Table(v, cost, how, tuple(steps), room >= 0)

    def _merge(
        self, pool: dict[int, int], child: dict[int, int]
    ) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
        least = self._least
        merged: dict[int, int] = {}
        step: dict[int, tuple[int, int]] = {}
        for b, y in child.items():
            for a, x in pool.items():
                s = min(a + b, least)
                if s not in merged or x + y < merged[s]:
                    merged[s], step[s] = x + y, (a, b)
        return merged, step

    def _hidden(self, root: int) -> list[int]:
        """Walk the best plan down and collect the groups that could be shown and are not."""
        if not root:
            return []
        ends = self._known(root).cost
        todo, hidden = [(root, min(ends, key=lambda s: (ends[s], s)))], []
        while todo:
            number, end = todo.pop()
            table = self._known(number)
            s, shown = table.how[end]
            if table.open and not shown:
                hidden.append(table.group)
            for child, step in reversed(table.steps):
                s, sent = step[s]
                if self._known(child).cost[sent] >> _WORTH:  # else nothing below is hidden
                    todo.append((child, sent))
        return hidden
