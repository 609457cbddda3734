"""The leader rule: who leads a group answers above it, so that their voice is not in the result about them.

Promise: nobody is placed in or below a group they lead, unless it is the top group or the
roster says so for this person.
"""

from collections.abc import Sequence

from teamhealth.roster.paths import above, depth, is_within


def answers_in(group: str, leads: Sequence[str]) -> str:
    """Return the path of the group in which a person of ``group`` answers who leads ``leads``.

    Whoever leads their own group, or groups above it, answers above the topmost of these.
    Whoever belongs to a group above one they lead stays there. Whoever leads only groups
    elsewhere answers above the topmost of them, the first one in ``leads`` if several are
    equally high. The leader of the top group stays in it.
    """
    if not leads:
        return group
    own = [led for led in leads if is_within(group, led)]
    if not own and any(is_within(led, group) for led in leads):
        return group
    topmost = min(own or leads, key=depth)
    return above(topmost) or topmost
