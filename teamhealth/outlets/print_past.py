"""The past of one group in print: each theme's values in the surveys before, in one narrow column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.outlets.past import Past, past
from teamhealth.outlets.trends import trend
from teamhealth.outlets.wording import Wording

MOST_BEFORE = 3
"""So many surveys before have room in the column."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """When the surveys before closed, the oldest first, and by theme what each of them told.

    ``called`` and ``others`` are as in ``trends.Trend``; ``past`` is what is to be said where
    nothing else of the surveys before can be told than the change.
    """

    labels: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    called: tuple[tuple[str, str], ...] = ()
    others: str = ""
    past: Past | None = None


def over_time(
    seen: Snapshot, earlier: Sequence[Snapshot], group: GroupResult, wording: Wording
) -> OverTime:
    """Return a group's past; ``earlier`` are the surveys before, the newest first."""
    found = trend(seen, earlier[:MOST_BEFORE], group.id, wording)
    if found is None:
        return OverTime(past=past(group, wording.reader))
    return OverTime(
        labels=found.labels[:-1],
        values={
            row.id: tuple(point.mean if point else "–" for point in row.points[:-1])
            for row in found.rows
        },
        called=found.called,
        others=found.others,
    )
