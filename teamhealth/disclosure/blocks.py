"""Which people stand behind a figure: the blocks that a set of shown groups implies.

Going up the tree, the loose people of a shown group become its block if they are
enough; fewer are left out there and carried up, as are all people of a hidden group.
A group's figures cover the blocks in its subtree, and only whole blocks. Nothing here
sees an answer: all of it follows from numbers of people.

All arrays have groups on the first axis and items on the second.
"""

from dataclasses import dataclass

import numpy as np

from teamhealth.disclosure.tree import Bools, Ints, Tree

SHARE = 5  # at most one in five of a group's answers may be left out of its figures


@dataclass(frozen=True, slots=True)
class Blocks:
    """Who is covered, per group and item.

    ``block`` counts the people released at this very group, 0 for none; ``released``
    the people its figures cover, 0 where hidden; ``left_out`` the answers below it that
    they do not cover, which never leave the count.
    """

    shown: Bools
    block: Ints
    released: Ints
    left_out: Ints

    def first(self, many: int) -> "Blocks":
        """Return the first so many items."""
        cut = slice(many)
        return Blocks(
            self.shown[:, cut], self.block[:, cut], self.released[:, cut], self.left_out[:, cut]
        )


def settle(tree: Tree, own: Ints, shown: Bools, least: int) -> Blocks:
    """Return the blocks of at least ``least`` people, ``own`` being answers per answering group."""
    loose, block = own.copy(), np.zeros_like(own)
    left_out = np.zeros_like(own)
    for v in tree.upward():
        here = loose[v]
        made = shown[v] & (here >= least)
        block[v] = here * made
        here = here * ~made
        left_out[v] = here * shown[v]
        if v:
            loose[tree.parent[v]] += here
    return Blocks(shown, block, tree.totals(block) * shown, left_out)


def room(
    total: Ints, least: int, may: Bools, *, of: Ints | None = None, spent: Ints | None = None
) -> Ints:
    """Return how many people each figure may leave out; −1 where it cannot be shown.

    ``total`` are the people below that could be covered, ``may`` the groups allowed;
    one in five ``of`` the answers (default: ``total``) less those already ``spent``.
    """
    allowance = (total if of is None else of) // SHARE
    if spent is not None:
        allowance = np.maximum(allowance - spent, 0)
    return np.where(may & (total >= least), np.minimum(allowance, least - 1), -1)


def homes(tree: Tree, block: Ints) -> Ints:
    """Return, per answering group and item, the group at which its people are released; −1 for nowhere."""
    home = np.full_like(block, -1)
    for v in range(len(tree)):
        above = home[tree.parent[v]] if v else home[v]
        home[v] = np.where(block[v] > 0, v, above)
    return home
