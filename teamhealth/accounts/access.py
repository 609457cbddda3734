"""What an account may see: HR everything, a leader the groups they lead and those below.

A leader is the roster's person with the account's address; who leads what is asked at
every request, so that a change of the roster takes effect at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.accounts.models import Account
from teamhealth.roster.models import Group, Lead, Person


class Placed(Protocol):
    """A group that knows the id of the one above it, such as a snapshot's ``GroupResult``."""

    @property
    def id(self) -> str:
        """Its own id."""

    @property
    def parent(self) -> str | None:
        """The id of the group above; None at the top."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A group's id and the one above it, for rows that call them otherwise."""

    id: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Access:
    """The person at the desk. ``leads`` are ids of roster groups they lead themselves.

    ``reach`` are those and all groups below them as the roster stands now.
    """

    email: str
    name: str
    is_hr: bool
    language: str = ""
    leads: frozenset[str] = frozenset()
    reach: frozenset[str] = field(default=frozenset(), repr=False)

    def opens(self, groups: Iterable[Placed], group_id: str) -> bool:
        """Tell whether this person may see the results of one of a survey's groups."""
        return group_id in self.opened(groups)

    def opened(self, groups: Iterable[Placed]) -> frozenset[str]:
        """Return the ids of all groups of a survey that this person may see.

        A survey's pinned tree counts, and so does the roster's of today: a survey of
        one department does not know who leads the one above.
        """
        above = {group.id: group.parent for group in groups}
        if self.is_hr:
            return frozenset(above)
        return frozenset(
            name for name in above if name in self.reach or self._leads_over(above, name)
        )

    def led(self, groups: Iterable[Placed]) -> frozenset[str]:
        """Return the ids of a survey's groups that this person leads themselves."""
        return frozenset(group.id for group in groups if group.id in self.leads)

    def _leads_over(self, above: dict[str, str | None], name: str | None) -> bool:
        while name is not None:
            if name in self.leads:
                return True
            name = above.get(name)
        return False


def access_of(db: Session, account: Account) -> Access:
    """Return what an account may see now."""
    leads = frozenset(
        db.scalars(select(Lead.group_id).join(Person).where(Person.email == account.email))
    )
    return Access(
        account.email,
        account.name,
        account.is_hr,
        account.language,
        leads,
        _with_below(db, leads),
    )


def _with_below(db: Session, leads: frozenset[str]) -> frozenset[str]:
    """Return groups and all below them, one question to the database a level."""
    found = level = leads
    while level:
        below = db.scalars(select(Group.id).where(Group.parent_id.in_(level)))
        level = frozenset(below) - found
        found |= level
    return found
