"""A group in the survey before, in words: what it was called, and whether other people may have answered.

This is the one place that words it, for pages, print and exports. Everything comes from the
group's ``history`` in the snapshot; it was decided by numbers that both surveys tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from teamhealth.cells.model import GroupResult

OTHERS = "Different people may have answered"


@dataclass(frozen=True, slots=True)
class Past:
    """What is to be said beside a change: ``called`` is the name then, empty where it is the same."""

    called: str
    others: str


def past(group: GroupResult) -> Past | None:
    """Return what is to be said of a group's past; None where there is nothing."""
    then = group.history
    if then is None:
        return None
    name = then.path.rpartition("/")[2]
    found = Past(
        called="" if name == group.name else name,
        others=_others(group) if then.others else "",
    )
    return found if found.called or found.others else None


def others_in(titles: Sequence[str]) -> str:
    """Return the sentence for a line over several surveys, empty for none; ``titles`` name those meant."""
    if not titles:
        return ""
    listed = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
    return f"{OTHERS} in {listed} than in the survey before."


def _others(group: GroupResult) -> str:
    then = group.history
    if then is None or then.responses is None or group.responses is None:
        return f"{OTHERS}."
    before = f"{then.responses} of {then.invited} then"
    return f"{OTHERS}: {before}, {group.responses} of {group.invited} now."
