"""The least people that a difference of blocks and classes could be about, as a maximum flow.

For the audit: it shares no code with ``cuts``, which decides. Blocks and classes are the
nodes of a graph, the people that they share its edges; a flow from one class to another
is as large as the least cut between them. A cut that parts no two classes takes out a
whole block, which the rings have proved to be large enough.
"""

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

from teamhealth.disclosure.claims import Numbers


def least_cut(block: Numbers, column: Numbers, people: Numbers, enough: int) -> int:
    """Return the least cut that parts two classes; ``enough`` if none is smaller.

    One row per ``block`` and ``column`` (class) with the ``people`` they share; rows may
    repeat.
    """
    _, row = np.unique(block[people > 0], return_inverse=True)
    names, side = np.unique(column[people > 0], return_inverse=True)
    if len(names) < 2:  # noqa: PLR2004
        return enough
    table = coo_array((people[people > 0], (row, side))).toarray().astype(np.int32)
    table = _merged(table, enough)
    rows, columns = table.shape
    at, to = np.nonzero(table)
    weight = np.minimum(table[at, to], enough)
    shape = (rows + columns, rows + columns)
    graph = csr_array((weight, (at, rows + to)), shape=shape)
    graph = csr_array(graph + graph.T, dtype=np.int32)
    _, part = connected_components(graph, directed=False)
    least = enough
    for piece in np.unique(part):
        first, *others = (rows + np.flatnonzero(part[rows:] == piece)).tolist() or [0]
        for other in others:
            least = min(least, int(maximum_flow(graph, first, other).flow_value))
    return least


def _merged(table: Numbers, enough: int) -> Numbers:
    """Add columns to the largest one as long as they share enough people with it: no small cut parts them."""
    while table.shape[1] > 1:
        hub = int(np.argmax(table.sum(axis=0)))
        near = np.minimum(table[:, [hub]], table).sum(axis=0) >= enough
        near[hub] = False
        if not near.any():
            break
        table[:, hub] += table[:, near].sum(axis=1)
        table = table[:, ~near]
    return table
