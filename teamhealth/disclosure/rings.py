"""Rings: what a shown group has beyond the nearest shown groups below it, which is its block."""

from collections.abc import Sequence

import numpy as np

from teamhealth.disclosure.claims import Marks, Numbers


def ring(parent: Sequence[int], table: Numbers) -> Numbers:
    """Take from every shown group what the nearest shown groups below it show.

    Groups on the first axis, parents first; a group is shown where the last axis is not
    all zero.
    """
    shown = table.sum(axis=2) > 0
    above = _above(parent, shown)
    at, column = np.nonzero(shown & (above >= 0))
    own = table.copy()
    np.subtract.at(own, (above[at, column], column), table[at, column])
    return own


def homes(parent: Sequence[int], n: Numbers) -> Numbers:
    """Find, per group and column, at which group its people are released; −1 for nowhere."""
    own = ring(parent, n[:, :, np.newaxis])[..., 0]
    home = np.full_like(own, -1)
    for v, up in enumerate(parent):
        home[v] = np.where(own[v] > 0, v, home[up] if v else -1)
    return home


def _above(parent: Sequence[int], shown: Marks) -> Numbers:
    """Find, per group and column, the nearest shown group above; −1 for none."""
    above = np.full(shown.shape, -1, dtype=np.int64)
    for v, up in enumerate(parent):
        if v:
            above[v] = np.where(shown[up], up, above[up])
    return above
