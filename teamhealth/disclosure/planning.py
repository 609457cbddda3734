"""Which groups and cells one survey shows. Depends on numbers of people only, never on an answer.

In this order (docs/snapshot.md has the reasons):

1. the responses: a group hidden here is hidden in every item;
2. each item among those groups: fewest hidden cells, then the hidden groups that had
   least to show, then fewest answers left out, then the lots;
3. each item again for blocks of ten or more, made of whole blocks of 2;
4. a group shows a theme all in words or all in numbers.

2 and 3 are exact. 1 weighs a group by its items with k answers, before it is known
which of them 2 will show.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from teamhealth.disclosure.blocks import Blocks, room, settle
from teamhealth.disclosure.lots import lots
from teamhealth.disclosure.planner import Planner, price
from teamhealth.disclosure.tree import Bools, Ints, Tree

TEN = 10  # the fewest people behind a distribution


@dataclass(frozen=True, slots=True)
class Plan:
    """What a survey shows: ``sheets`` has one column, the responses; the others one an item.

    ``fine`` are blocks of at least k people, ``ten`` blocks of at least ten made of them.
    """

    sheets: Blocks
    fine: Blocks
    ten: Blocks

    def of_items(self, many: int) -> "Plan":
        """Return the plan of the first so many items only."""
        return Plan(self.sheets, self.fine.first(many), self.ten.first(many))


def plan(
    tree: Tree,
    survey: str,
    *,
    sheets: Ints,
    answered: Ints,
    themes: Sequence[Sequence[int]],
    k: int,
    reportable: Sequence[bool],
) -> Plan:
    """Plan a survey.

    ``sheets`` are responses per answering group, ``answered`` per group and item those
    who answered it, ``themes`` the items of each theme as columns of ``answered``;
    items of no theme stand alone. ``survey`` is its id, for the lots.
    """
    draw, total = lots(survey, tree), tree.totals(answered)
    worth = (total >= k).sum(axis=1).tolist()
    cost = [price(cells=n, worth=1, lot=lot) for n, lot in zip(worth, draw, strict=True)]
    whole = _sheets(tree, sheets, cost, k, reportable)
    may = np.repeat(whole.shown, answered.shape[1], axis=1)
    fine_room = room(total, k, may)
    fine = settle(tree, answered, _each(tree, answered, fine_room, draw, k), k)
    least = max(TEN, k)
    ten_room = room(fine.released, least, fine.shown, of=total, spent=fine.left_out)
    rich = _unmixed(fine.shown, _each(tree, fine.block, ten_room, draw, least), themes)
    return Plan(whole, fine, settle(tree, fine.block, rich, least))


def _sheets(tree: Tree, sheets: Ints, cost: list[int], k: int, may: Sequence[bool]) -> Blocks:
    column = sheets.reshape(-1, 1)
    rooms = room(tree.totals(column), k, np.array(may, dtype=bool).reshape(-1, 1))
    shown = Planner(tree, k, cost).plan(sheets, rooms[:, 0])
    return settle(tree, column, shown.reshape(-1, 1), k)


def _unmixed(shown: Bools, rich: Bools, themes: Sequence[Sequence[int]]) -> Bools:
    """Return where numbers are shown if no group shows a theme partly in words, partly in numbers."""
    kept = rich.copy()
    for items in themes:
        columns = list(items)
        mixed = np.any(shown[:, columns] & ~rich[:, columns], axis=1)
        kept[np.ix_(np.flatnonzero(mixed), np.array(columns, dtype=np.int64))] = False
    return kept


def _each(tree: Tree, own: Ints, rooms: Ints, draw: list[int], least: int) -> Bools:
    """Plan every item; a hidden cell costs one, ties go by how many cells the group could have."""
    worth = (rooms >= 0).sum(axis=1).tolist()
    cost = [price(cells=1, worth=n, lot=lot) for n, lot in zip(worth, draw, strict=True)]
    planner = Planner(tree, least, cost)
    columns = [
        planner.plan(np.ascontiguousarray(own[:, j]), np.ascontiguousarray(rooms[:, j]))
        for j in range(own.shape[1])
    ]
    shown: Bools = np.array(columns, dtype=bool).reshape(own.shape[1], len(tree)).T
    return np.ascontiguousarray(shown)
