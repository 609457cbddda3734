"""A shown group in the survey before, in the CSV and JSON exports, if that survey asked it.

The measures of the CSV are ``path_before``, ``invited_before``, ``responses_before``
(protected where the group was hidden then), and ``different_people`` (yes, no): whether
different people may have answered.
"""

from collections.abc import Iterator
from dataclasses import asdict

from teamhealth.cells.model import GroupResult
from teamhealth.i18n.messages import WRITTEN
from teamhealth.outlets.past import past


def measures(group: GroupResult) -> Iterator[tuple[str, str | int | None]]:
    """Yield measures with their values, None for a protected one."""
    then = group.history
    if then is not None and group.responses is not None:
        yield "path_before", then.path
        yield "invited_before", then.invited
        yield "responses_before", then.responses
        yield "different_people", "yes" if then.others else "no"


def plain(group: GroupResult) -> dict[str, object] | None:
    """Return a group's past as plain data, ``sentence`` in the words that stand beside a change."""
    if group.history is None:
        return None
    found = past(group, WRITTEN)
    return {**asdict(group.history), "sentence": found.others if found else ""}
