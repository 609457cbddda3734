"""The outbox: claim a letter, send it, delete it.

Promise: a letter leaves the outbox only after it was sent or given up, and while one worker has it
in hand no other takes it. Killed in between, its claim runs out by itself.
"""

import uuid
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from teamhealth.mail.models import Letter


def claim(
    db: Session, *conditions: ColumnElement[bool], now: datetime, until: datetime
) -> Letter | None:
    """Take a due letter for which all conditions hold in hand until then; None if there is none.

    What is returned knows no session, so that it can be used after the commit.
    """
    letter = db.scalar(
        select(Letter)
        .where(_is_due(now), *conditions)
        .order_by(Letter.not_before)
        .limit(1)
        .with_for_update(skip_locked=True, of=Letter)
    )
    if letter is not None:
        letter.claimed_until = until
        db.flush()
        db.expunge(letter)
    return letter


def forget(db: Session, letter: uuid.UUID) -> None:
    """Delete a letter that was sent, or that is given up."""
    db.execute(delete(Letter).where(Letter.id == letter))


def release(db: Session, letter: uuid.UUID) -> None:
    """Give a letter back untried."""
    db.execute(update(Letter).where(Letter.id == letter).values(claimed_until=None))


def put_off(db: Session, letter: uuid.UUID, until: datetime) -> None:
    """Give a letter back that was tried in vain."""
    db.execute(update(Letter).where(Letter.id == letter).values(_again(until)))


def put_all_off(db: Session, *, now: datetime, until: datetime) -> None:
    """Put off every due letter: at the moment none could be sent."""
    db.execute(update(Letter).where(_is_due(now)).values(_again(until)))


def tried_in_vain(db: Session) -> int:
    """Return how many letters were tried and still wait."""
    return db.scalar(select(func.count()).where(Letter.attempts > 0)) or 0


def _again(until: datetime) -> dict[str, object]:
    return {"attempts": Letter.attempts + 1, "not_before": until, "claimed_until": None}


def _is_due(now: datetime) -> ColumnElement[bool]:
    unclaimed = or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now)
    return (Letter.not_before <= now) & unclaimed
