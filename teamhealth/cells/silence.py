"""What is not told of a group because too many are missing from its figures.

Where about half are missing no change is told, and below four in ten no comparison
either. Every reader's snapshot comes through here, so no outlet can tell what it may not.
"""

from dataclasses import replace

from teamhealth.cells.findings import Response
from teamhealth.cells.model import GroupResult, Snapshot, ThemeCell

NO_CHANGE = frozenset({Response.HALF_SILENT, Response.TOO_SILENT})
NO_COMPARISON = frozenset({Response.TOO_SILENT})


def within_response(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot without what a group's response does not carry; the same one if nothing goes."""
    groups = tuple(_carried(group) for group in snapshot.groups)
    if all(one is other for one, other in zip(groups, snapshot.groups, strict=True)):
        return snapshot
    return replace(snapshot, groups=groups)


def is_comparable(group: GroupResult) -> bool:
    """Tell whether enough of a group are heard to see it beside others."""
    return group.response not in NO_COMPARISON


def _carried(group: GroupResult) -> GroupResult:
    if group.response not in NO_CHANGE:
        return group
    told = _unchanged if is_comparable(group) else _bare
    themes = {name: told(cell) for name, cell in group.themes.items()}
    return replace(group, themes=themes)


def _unchanged(cell: ThemeCell) -> ThemeCell:
    return replace(cell, change=None, moved=None)


def _bare(cell: ThemeCell) -> ThemeCell:
    return replace(_unchanged(cell), whole=None, usual=None, compared=None, above=None)
