"""How often one may try to sign in: 20 times for an address and 300 times for all, within a while.

Every try counts, also one that succeeds, and for addresses without an account too. The
counts stand in the database, so that they hold across web processes; of whom tried, or
from where, nothing is known.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from teamhealth.accounts.models import SignInTry

OF_ONE, OF_ONE_WITHIN = 20, timedelta(minutes=15)
OF_ALL, OF_ALL_WITHIN = 300, timedelta(minutes=1)

_ALL = hashlib.sha256(b"*").digest()  # no address is hashed to it: none is so short
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was done, this time included, and until when that is remembered."""

    count: int
    until: datetime


def is_too_many(db: Session, email: str, *, now: datetime) -> bool:
    """Tell, without counting, whether another try would be one too many."""
    rows = db.execute(
        select(SignInTry.key, SignInTry.count).where(
            SignInTry.key.in_([_ALL, _key(email)]), SignInTry.until > now
        )
    )
    counts = {row.key: int(row[1]) for row in rows}  # ``row.count`` is the tuple's own
    return counts.get(_ALL, 0) >= OF_ALL or counts.get(_key(email), 0) >= OF_ONE


def count(db: Session, email: str, *, now: datetime) -> bool:
    """Count a try; tell whether it is one too many."""
    of_all = tally(db, _ALL, OF_ALL_WITHIN, now=now)
    of_one = tally(db, _key(email), OF_ONE_WITHIN, now=now)
    return of_all.count > OF_ALL or of_one.count > OF_ONE


def tally(db: Session, key: bytes, within: timedelta, *, now: datetime) -> Tally:
    """Add one to a count in one statement: of several processes none is overlooked.

    A count begins with the first and is forgotten ``within`` that time.
    """
    db.execute(delete(SignInTry).where(SignInTry.until <= now))
    insert = _INSERT[db.get_bind().dialect.name](SignInTry)
    statement = (
        insert.values(key=key, count=1, until=now + within)
        .on_conflict_do_update(
            index_elements=[SignInTry.key], set_={"count": SignInTry.count + 1}
        )
        .returning(SignInTry.count, SignInTry.until)
    )
    count, until = db.execute(statement).one()
    return Tally(count, until)


def _key(email: str) -> bytes:
    return hashlib.sha256(email.encode()).digest()
