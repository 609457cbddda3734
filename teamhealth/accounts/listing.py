"""Lists about access: all accounts, and leaders who have none yet."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from teamhealth.accounts.models import Account, SetUpLink
from teamhealth.roster.models import Group, Lead, Person

SIZE = 50
"""Rows of one page of a list."""

State = Literal["active", "invited", "expired", "closed"]


@dataclass(frozen=True, slots=True)
class Row:
    """One account. ``leads`` are names of groups; ``until`` is when an open set-up link ends."""

    id: uuid.UUID
    email: str
    name: str
    is_hr: bool
    state: State
    until: datetime | None
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who leads groups and has no account."""

    email: str
    name: str
    leads: tuple[str, ...]


def accounts(db: Session, *, page: int, now: datetime) -> list[Row]:
    """Return one page of all accounts by name, the first page being 1."""
    found = db.execute(
        select(Account, SetUpLink.until)
        .outerjoin(SetUpLink, SetUpLink.account_id == Account.id)
        .order_by(func.lower(Account.name), Account.email)
        .offset((page - 1) * SIZE)
        .limit(SIZE)
    ).all()
    leads = _led_by(db, [account.email for account, _ in found])
    return [
        Row(
            account.id,
            account.email,
            account.name,
            account.is_hr,
            _state(account, until, now),
            until if until and until > now else None,
            leads[account.email],
        )
        for account, until in found
    ]


def pages(db: Session) -> int:
    """Return how many pages there are of all accounts."""
    count = db.scalar(select(func.count()).select_from(Account)) or 0
    return max(1, -(-count // SIZE))


def leaders_without_account(db: Session) -> list[Leader]:
    """Return the roster's leaders whose address has no account, by name."""
    found = db.execute(
        select(Person.email, Person.name)
        .where(
            Person.email.is_not(None),
            exists().where(Lead.person_id == Person.id),
            ~exists().where(Account.email == Person.email),
        )
        .order_by(func.lower(Person.name), Person.email)
    ).all()
    leads = _led_by(db, [row.email for row in found])
    return [Leader(row.email, row.name, leads[row.email]) for row in found]


def _led_by(db: Session, emails: Collection[str]) -> defaultdict[str, tuple[str, ...]]:
    """Return the names of the groups that people lead, by their address, in the tree's order."""
    led: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    address = func.coalesce(Person.email, "")
    for email, name in db.execute(
        select(address, Group.name)
        .join(Lead, Lead.person_id == Person.id)
        .join(Group, Group.id == Lead.group_id)
        .where(Person.email.in_(emails))
        .order_by(Group.position)
    ):
        led[email] += (name,)
    return led


def _state(account: Account, until: datetime | None, now: datetime) -> State:
    if not account.active:
        return "closed"
    if account.password:
        return "active"
    return "invited" if until and until > now else "expired"
