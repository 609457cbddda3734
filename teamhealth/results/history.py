"""Each group beside the same group in the survey before: what it was called, who was asked, who answered.

A group is the same if it has the same id; the roster decided that when it was imported
(``roster.continuing``), and it was pinned at the launch. Everything follows from numbers
that both snapshots tell of the group.
"""

from dataclasses import replace

from teamhealth.cells.findings import History
from teamhealth.cells.model import GroupResult, Snapshot

_GREW = 30
"""Per cent of those asked in the survey before."""
_POINTS = 20


def with_history(snapshot: Snapshot, previous: Snapshot | None) -> Snapshot:
    """Return the snapshot with the past of every group that the survey before asked, too."""
    if previous is None:
        return snapshot
    then = {group.id: group for group in previous.groups}
    groups = tuple(
        replace(group, history=_history(group, then[group.id])) if group.id in then else group
        for group in snapshot.groups
    )
    return replace(snapshot, groups=groups)


def _history(now: GroupResult, then: GroupResult) -> History:
    return History(
        path=then.path,
        invited=then.invited,
        responses=then.responses,
        others=_grew(now, then) or _other_response(now, then),
    )


def _grew(now: GroupResult, then: GroupResult) -> bool:
    """Tell whether the number of people asked differs by more than 30 % of what it was."""
    return 100 * abs(now.invited - then.invited) > _GREW * then.invited


def _other_response(now: GroupResult, then: GroupResult) -> bool:
    """Tell whether the response differs by more than 20 points; not told where one is hidden."""
    if now.responses is None or then.responses is None:
        return False
    whole = now.invited * then.invited
    apart = now.responses * then.invited - then.responses * now.invited
    return 100 * abs(apart) > _POINTS * whole
