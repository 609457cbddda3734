"""Participation in a large tree: a group and those right below it at a time, with a way back up."""

from collections.abc import Sequence
from dataclasses import replace

from teamhealth.web.desk.taking_part import Line, Turnout

FLAT = 60
"""So many groups stand in one table."""

A_PAGE = 100


def look_into(seen: Turnout, branch: str, page: int) -> Turnout:
    """Return what fits a table: all of a small tree, else a group and those right below it.

    ``branch`` is that group, the top one where it is none of those seen.
    """
    if len(seen.lines) <= FLAT:
        return seen
    inside = _inside(seen.lines, branch) or _inside(seen.lines, seen.top.id if seen.top else "")
    floor = inside[0].depth + 1 if inside else 0
    heads = [(at, line) for at, line in enumerate(inside or seen.lines) if line.depth == floor]
    ends = [at for at, _ in heads[1:]] + [len(inside or seen.lines)]
    found = [
        replace(line, depth=min(1, floor), below=end - at - 1)
        for (at, line), end in zip(heads, ends, strict=True)
    ]
    pages = max(1, -(-len(found) // A_PAGE))
    page = min(max(1, page), pages)
    shown = found[(page - 1) * A_PAGE : page * A_PAGE]
    first = [replace(inside[0], depth=0)] if inside else []
    trail = _trail(seen.lines, inside[0]) if inside else ()
    return replace(seen, lines=(*first, *shown), trail=trail, page=page, pages=pages)


def _inside(lines: Sequence[Line], name: str) -> Sequence[Line]:
    """Return a group's line and those below it, which follow it in the order of the tree."""
    start = next((at for at, line in enumerate(lines) if line.id == name), None)
    if start is None:
        return ()
    rest = range(start + 1, len(lines))
    end = next((at for at in rest if lines[at].depth <= lines[start].depth), len(lines))
    return lines[start:end]


def _trail(lines: Sequence[Line], last: Line) -> tuple[Line, ...]:
    """Return the groups above a line, the highest first."""
    trail: list[Line] = []
    depth = last.depth
    for line in reversed(lines[: lines.index(last)]):
        if line.depth < depth:
            trail.insert(0, line)
            depth = line.depth
    return tuple(trail)
