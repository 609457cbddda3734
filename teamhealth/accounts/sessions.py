"""Signed-in browsers: a row each, so that signing out, a new password or an end of access really ends them."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from teamhealth.accounts.models import Account, DeskSession
from teamhealth.accounts.tokens import new_token, token_hash

IDLE = timedelta(hours=12)
"""How long a session lives unused."""

_GRAIN = timedelta(minutes=10)
"""Use is noted so coarsely: enough for the promise, and seldom enough for the database."""


def begin(db: Session, account_id: uuid.UUID, *, now: datetime) -> str:
    """Sign a browser in; return the token that its cookie carries."""
    db.execute(delete(DeskSession).where(DeskSession.until < now))
    token = new_token()
    db.add(DeskSession(token_hash=token_hash(token), account_id=account_id, until=now + IDLE))
    db.flush()
    return token


def account_of(db: Session, token: str, *, now: datetime) -> tuple[Account, bool] | None:
    """Return who is signed in with this token, and whether its use is to be noted.

    None if the session has ended or the account is not active.
    """
    found = db.execute(
        select(Account, DeskSession.until)
        .join(DeskSession, DeskSession.account_id == Account.id)
        .where(
            DeskSession.token_hash == token_hash(token), DeskSession.until > now, Account.active
        )
    ).one_or_none()
    return (found[0], found[1] - now < IDLE - _GRAIN) if found else None


def prolong(db: Session, token: str, *, now: datetime) -> None:
    """Note that a session is used."""
    db.execute(
        update(DeskSession)
        .where(DeskSession.token_hash == token_hash(token), DeskSession.until > now)
        .values(until=now + IDLE)
    )


def end(db: Session, token: str) -> None:
    """Sign one browser out."""
    db.execute(delete(DeskSession).where(DeskSession.token_hash == token_hash(token)))


def end_all(db: Session, account_id: uuid.UUID) -> None:
    """Sign an account out everywhere."""
    db.execute(delete(DeskSession).where(DeskSession.account_id == account_id))
