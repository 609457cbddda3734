"""Rows of cells a page at a time, without making all the others: how many each group has is remembered.

Promise: the rows of all pages, one after the other, are those of the CSV export.
"""

import threading
from collections import Counter, OrderedDict
from collections.abc import Hashable
from itertools import islice

from teamhealth.outlets import tables
from teamhealth.outlets.table_row import Row
from teamhealth.web.desk.reading import Result

Lengths = dict[str, int]
"""How many rows stand under each path, in their order; under no path those of classes, the last."""

_MOST = 32
_known: OrderedDict[Hashable, Lengths] = OrderedDict()
_lock = threading.Lock()


def page(found: Result, within: frozenset[str], start: int, size: int) -> tuple[list[Row], int]:
    """Return the rows of some groups from ``start`` on, ``size`` at most, and how many there are in all."""
    lengths = _lengths(found, within)
    wanted, before = _wanted(lengths, start, start + size)
    ids = {group.path: group.id for group in found.tree.groups}
    root = found.seen.root
    if "" in wanted and root.path not in wanted:  # only with the root there are rows of classes
        wanted = {root.path, *wanted}
        before -= lengths[root.path]
    only = {ids[path] for path in wanted if path}
    rows = tables.rows(found.seen, found.viewer, only)
    return list(islice(rows, start - before, start - before + size)), sum(lengths.values())


def _wanted(lengths: Lengths, start: int, end: int) -> tuple[set[str], int]:
    """Return the paths with rows in a range, and how many rows stand before the first of them."""
    wanted: set[str] = set()
    first = at = 0
    for path, length in lengths.items():
        if at < end and at + length > start:
            first = first if wanted else at
            wanted.add(path)
        at += length
    return wanted, first


def _lengths(found: Result, within: frozenset[str]) -> Lengths:
    key = (found.id, found.mark, found.viewer, within)
    with _lock:
        if told := _known.get(key):
            _known.move_to_end(key)
            return told
    rows = tables.rows(found.seen, found.viewer, within)
    made = dict(Counter(row.group for row in rows))  # in the order in which they come
    with _lock:
        _known[key] = made
        while len(_known) > _MOST:
            _known.popitem(last=False)
    return made
