"""Whether blocks and classes of the same people can be shown together: the smallest cut.

Known are sums over blocks (rows of a table) and over classes (its columns); the cells,
people of one block and one class, are told by nobody. Theorem: the people that some
combination of all these sums is about are the edges of a cut of the graph whose nodes
are blocks and classes, joined by the people they share. (A combination gives a cell
α_block + β_class; it is empty where both ends have the same potential, and a cut that
parts two sets of potentials has no more people.) So nobody is told about fewer than k
people if and only if no cut that is not empty has fewer.

With few classes that is easy: for a set T of classes each block goes to the side that
costs less, so the least cut of T has Σ min(people of the block in T, people not in T).
A block by itself has k people anyway. Two classes whose blocks share k people in this
sense are on one side of every smaller cut, and may be taken for one.
"""

import numpy as np

from teamhealth.disclosure.tree import Ints

_EACH = 12  # so many classes are parted in every way, 2^11; more that hang together so loosely are not


def small_cut(table: Ints, least: int) -> tuple[int, ...]:
    """Return the columns on the smaller side of the least cut below ``least``; empty if there is none.

    Rows are blocks of ``least`` people or more. Where more than twelve columns share so
    few people that nothing is clear at once, the smallest column is returned unexamined.
    The order of rows means nothing.
    """
    sets, columns = _together(table, least)
    if len(sets) < 2:  # noqa: PLR2004
        return ()
    people = columns.sum(axis=0)
    if len(sets) > _EACH:
        return sets[int(np.argmin(people))]
    part = np.arange(1, 2 ** (len(sets) - 1))
    side = (part[np.newaxis, :] >> np.arange(len(sets))[:, np.newaxis]) & 1
    inside = columns @ side
    cut = np.minimum(inside, columns.sum(axis=1)[:, np.newaxis] - inside).sum(axis=0)
    few = (cut > 0) & (cut < least)
    if not few.any():
        return ()
    best = int(np.argmin(np.where(few, cut, least)))
    chosen = side[:, best].astype(bool)
    if 2 * people[chosen].sum() > people.sum():
        chosen = ~chosen
    return tuple(sorted(c for at, some in enumerate(sets) if chosen[at] for c in some))


def _together(table: Ints, least: int) -> tuple[list[tuple[int, ...]], Ints]:
    """Put columns together that share ``least`` people; give the sets, and people by block and set."""
    order = np.argsort(-table.sum(axis=0), kind="stable").tolist()
    sets = [(c,) for c in order if table[:, c].any()]
    columns = table[:, [some[0] for some in sets]]
    at = 0
    while at < len(sets):
        shared = np.minimum(columns[:, [at]], columns).sum(axis=0)
        near = [c for c in range(len(sets)) if c != at and shared[c] >= least]
        if not near:
            at += 1
            continue
        columns[:, at] += columns[:, near].sum(axis=1)
        sets[at] += tuple(c for other in near for c in sets[other])
        columns = np.delete(columns, near, axis=1)
        sets = [some for c, some in enumerate(sets) if c not in near]
        at = 0
    order = sorted(range(len(sets)), key=lambda c: min(sets[c]))
    return [sets[c] for c in order], columns[:, order]
