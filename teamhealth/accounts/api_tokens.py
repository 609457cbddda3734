"""Tokens with which programs read what their account may read: made by its owner, shown once, ended any time.

Promise: a token gives no right of its own; whether its account is still active, and what it
may see, is asked at every request. Only its hash is stored, not when or from where it is used.
"""

import uuid
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from teamhealth import logs
from teamhealth.accounts.models import Account, ApiToken
from teamhealth.accounts.tokens import new_token, token_hash
from teamhealth.errors import NotFoundError, RefusedError, WrongUseError

MOST = 20
"""Tokens of one account at once."""

LIVES = (1, 3, 12)
"""Months for which one may be made."""

LONGEST = 80
"""Characters of a label."""

_MARK = "thp_"
"""How every token begins, so that programs that search files for secrets find it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token it is."""

    account: Account
    token: uuid.UUID


def make(db: Session, account_id: uuid.UUID, label: str, months: int, *, now: datetime) -> str:
    """Return a new token, which nobody can read again.

    Raises WrongUseError for a label or life that there is not, RefusedError if the account
    has ``MOST`` already.
    """
    words = " ".join(label.split())
    if not 0 < len(words) <= LONGEST or months not in LIVES:
        raise WrongUseError(
            f"A token needs a name of at most {LONGEST} characters and a life of 1, 3 or 12 "
            "months. None was made."
        )
    # Two browsers of one account must not make the last one at once.
    db.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    db.execute(delete(ApiToken).where(ApiToken.until <= now))
    mine = select(func.count()).where(ApiToken.account_id == account_id)
    if (db.scalar(mine) or 0) >= MOST:
        raise RefusedError(
            f"You have {MOST} tokens, and more are not possible. None was made. End one that "
            "you do not need any more."
        )
    token = _MARK + new_token()
    until = months_after(now, months)
    db.add(
        ApiToken(account_id=account_id, label=words, token_hash=token_hash(token), until=until)
    )
    db.flush()
    logs.event("api_token_made", account=str(account_id))
    return token


def listed(db: Session, account_id: uuid.UUID, *, now: datetime) -> Sequence[ApiToken]:
    """Return the tokens of an account that are still valid, those that end first at the top."""
    return db.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == account_id, ApiToken.until > now)
        .order_by(ApiToken.until, ApiToken.label, ApiToken.id)
    ).all()


def end(db: Session, account_id: uuid.UUID, token_id: uuid.UUID) -> str:
    """End a token of this account; return its label. NotFoundError if it has none of that id."""
    found = db.scalar(
        select(ApiToken).where(ApiToken.id == token_id, ApiToken.account_id == account_id)
    )
    if found is None:
        raise NotFoundError(
            "There is no such token: it has ended already, or it is not yours. Nothing was changed."
        )
    db.delete(found)
    db.flush()
    logs.event("api_token_ended", account=str(account_id))
    return found.label


def end_all(db: Session, account_id: uuid.UUID) -> None:
    """End every token of an account."""
    db.execute(delete(ApiToken).where(ApiToken.account_id == account_id))


def holder(db: Session, token: str, *, now: datetime) -> Holder | None:
    """Return whose token this is; None if it is none of ours, has ended, or its account has."""
    found = db.execute(
        select(Account, ApiToken.id)
        .join(ApiToken, ApiToken.account_id == Account.id)
        .where(ApiToken.token_hash == token_hash(token), ApiToken.until > now, Account.active)
    ).one_or_none()
    return Holder(found[0], found[1]) if found else None


def months_after(moment: datetime, months: int) -> datetime:
    """Return the same day and time so many months later, or the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
