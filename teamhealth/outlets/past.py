"""A group in the survey before, in words: what it was called, and whether other people may have answered.

This is the one place that words it, for pages, print and exports. Everything comes from the
group's ``history`` in the snapshot; it was decided by numbers that both surveys tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from teamhealth.cells.model import GroupResult
from teamhealth.i18n.lists import listed
from teamhealth.i18n.messages import say


@dataclass(frozen=True, slots=True)
class Past:
    """What is to be said beside a change: ``called`` is the name then, empty where it is the same."""

    called: str
    others: str


def past(group: GroupResult, language: str) -> Past | None:
    """Return what is to be said of a group's past; None where there is nothing."""
    then = group.history
    if then is None:
        return None
    name = then.path.rpartition("/")[2]
    found = Past(
        called="" if name == group.name else name,
        others=_others(group, language) if then.others else "",
    )
    return found if found.called or found.others else None


def others_in(titles: Sequence[str], language: str) -> str:
    """Return the sentence for a line over several surveys, empty for none; ``titles`` name those meant."""
    if not titles:
        return ""
    return say(
        language,
        "Different people may have answered in %(surveys)s than in the survey before.",
        surveys=listed(titles, language),
    )


def _others(group: GroupResult, language: str) -> str:
    then = group.history
    if then is None or then.responses is None or group.responses is None:
        return say(language, "Different people may have answered.")
    return say(
        language,
        "Different people may have answered: %(then)s of %(asked_then)s then, %(now)s of %(asked)s now.",
        then=then.responses,
        asked_then=then.invited,
        now=group.responses,
        asked=group.invited,
    )
