"""How often a program may ask: 60 times a minute a token; tokens that are none, 300 times a minute for all.

The counts stand in the database, so that they hold across web processes. A token's is kept
under a hash that only the token itself gives: nobody finds out from it whose was used.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.accounts import limiting
from teamhealth.accounts.limiting import Tally
from teamhealth.accounts.models import SignInTry

OF_ONE = 60
OF_WRONG = limiting.OF_ALL
WITHIN = timedelta(minutes=1)

_WRONG = hashlib.sha256(b"api|*").digest()  # no token is hashed to it: none is so short


def count(db: Session, token: str, *, now: datetime) -> Tally:
    """Count a request with a token that is right."""
    key = hashlib.sha256(b"api|" + token.encode()).digest()
    return limiting.tally(db, key, WITHIN, now=now)


def count_wrong(db: Session, *, now: datetime) -> Tally:
    """Count a request with a token that is none."""
    return limiting.tally(db, _WRONG, WITHIN, now=now)


def too_many_wrong(db: Session, *, now: datetime) -> Tally | None:
    """Return, without counting, how often wrong tokens were tried, if that is too often."""
    found = db.execute(
        select(SignInTry.count, SignInTry.until).where(
            SignInTry.key == _WRONG, SignInTry.until > now
        )
    ).one_or_none()
    return Tally(found[0], found[1]) if found and found[0] >= OF_WRONG else None
