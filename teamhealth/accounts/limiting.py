"""How often one may try to sign in: 20 times for an address and 300 times for all, within a while.

Every try counts, also one that succeeds, and for addresses without an account too. The
counts stand in the database, so that they hold across web processes; of whom tried, or
from where, nothing is known.
"""

import hashlib
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
    db.execute(delete(SignInTry).where(SignInTry.until <= now))
    of_all = _counted(db, _ALL, now + OF_ALL_WITHIN)
    of_one = _counted(db, _key(email), now + OF_ONE_WITHIN)
    return of_all > OF_ALL or of_one > OF_ONE


def _counted(db: Session, key: bytes, until: datetime) -> int:
    """Add one to a count in one statement: of several processes none is overlooked."""
    insert = _INSERT[db.get_bind().dialect.name](SignInTry)
    statement = (
        insert.values(key=key, count=1, until=until)
        .on_conflict_do_update(
            index_elements=[SignInTry.key], set_={"count": SignInTry.count + 1}
        )
        .returning(SignInTry.count)
    )
    return int(db.execute(statement).scalar_one())


def _key(email: str) -> bytes:
    return hashlib.sha256(email.encode()).digest()
