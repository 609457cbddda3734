"""Who leads which groups, as the roster stands now, and with which account they read."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from teamhealth.accounts.models import Account
from teamhealth.roster.models import Group, Lead, Person


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who leads ``groups``, by id in the tree's order; ``language`` is empty if they chose none."""

    email: str
    name: str
    language: str
    has_account: bool
    groups: tuple[str, ...]


def leaders(db: Session, groups: Select[str]) -> list[Leader]:
    """Return whoever leads one of these groups (a question for ids) and has an address, by address.

    A closed account is none: whoever has one gets no letter about results.
    """
    rows = db.execute(
        select(Person.email, Person.name, Person.language, Account, Lead.group_id)
        .join(Lead, Lead.person_id == Person.id)
        .join(Group, Group.id == Lead.group_id)
        .outerjoin(Account, and_(Account.email == Person.email, Account.active))
        .where(Lead.group_id.in_(groups), Person.email.is_not(None))
        .order_by(Person.email, Group.position, Group.id)
    )
    found: dict[str, Leader] = {}
    for address, name, language, account, group in rows:
        email = address or ""
        before = found[email].groups if email in found else ()
        own = account.language if account else ""
        found[email] = Leader(
            email, name, own or language or "", account is not None, (*before, group)
        )
    return list(found.values())
