"""Choosing the group of a new survey: from a list where the tree is small, by a search where it is large.

Promise: nobody is offered, or gets by typing its path, a group for which they may not
launch; to them it does not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.accounts.access import Access
from teamhealth.roster.models import Group
from teamhealth.roster.paths import depth, tidy
from teamhealth.web.desk.rights import may_launch_for

LISTED = 200
"""So many groups still make a list that a person can read through."""

SUGGESTED = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One group that may be chosen; ``depth`` is told from the highest one on offer."""

    path: str
    name: str
    depth: int


def choices(db: Session, access: Access) -> list[Choice]:
    """Return the groups for which a person may launch a survey, in the order of the tree."""
    rows = db.execute(
        select(Group.id, Group.path, Group.name).order_by(Group.position, Group.id)
    )
    found = [row for row in rows if may_launch_for(access, row.id)]
    top = min((depth(row.path) for row in found), default=0)
    return [Choice(row.path, row.name, depth(row.path) - top) for row in found]


def matching(offered: Sequence[Choice], text: str) -> list[Choice]:
    """Return the groups somebody may mean: the one with that path or name, else all that contain the text."""
    wanted = tidy(text).casefold()
    if not wanted:
        return []
    for exact in (
        [one for one in offered if one.path.casefold() == wanted],
        [one for one in offered if one.name.casefold() == wanted],
    ):
        if exact:
            return exact
    return [one for one in offered if wanted in one.path.casefold()]
