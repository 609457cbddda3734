"""Set-up links: with one, its holder chooses a password, once and within seven days.

There are two kinds: for an account that HR made, and, until somebody of HR can sign in,
one for the first account of HR, which ``teamhealth init`` prints.
"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from teamhealth.accounts import changing
from teamhealth.accounts.addresses import plain_address
from teamhealth.accounts.models import Account, SetUpLink
from teamhealth.accounts.tokens import new_token, token_hash
from teamhealth.errors import NotFoundError

LIFE = timedelta(days=7)


def hr_can_sign_in(db: Session) -> bool:
    """Tell whether somebody of HR has an active account with a password."""
    ready = exists().where(Account.is_hr, Account.active, Account.password != "")
    return bool(db.scalar(select(ready)))


def first_link(db: Session, *, now: datetime) -> str:
    """Return a token for the first account of HR; one given out before is void."""
    db.execute(delete(SetUpLink).where(SetUpLink.account_id.is_(None)))
    return _link(db, None, now=now)


def link_for(db: Session, account: Account, *, now: datetime) -> str:
    """Return a token with which an account's owner sets a password; an older one is void."""
    db.execute(delete(SetUpLink).where(SetUpLink.account_id == account.id))
    return _link(db, account.id, now=now)


def account_of(db: Session, email: str) -> Account:
    """Return the active account with an address; NotFoundError if there is none."""
    account = db.scalar(
        select(Account).where(Account.email == plain_address(email), Account.active)
    )
    if account is None:
        raise NotFoundError(
            f"There is no active account with the address {email}. No link was made; "
            "look at the spelling, or let HR give access."
        )
    return account


def holder(db: Session, token: str, *, now: datetime) -> Account | None:
    """Return whose link this is; None for the link of the first account of HR.

    Raises NotFoundError for a link that is unknown, used, replaced or too old, and for
    one of an account that has been closed since.
    """
    link = db.scalar(
        select(SetUpLink).where(
            SetUpLink.token_hash == token_hash(token), SetUpLink.until > now
        )
    )
    account = db.get(Account, link.account_id) if link and link.account_id else None
    spent = link and (not account.active if account else hr_can_sign_in(db))
    if link is None or spent:
        raise NotFoundError(
            "This set-up link is not valid any more: it was used, replaced by a newer one, or is older "
            "than seven days. Nothing was changed. Sign in if you have a password, or ask HR for a new "
            "link; the first one of all is printed anew by teamhealth init."
        )
    return account


def set_up(
    db: Session, token: str, *, email: str, name: str, password: str, now: datetime
) -> uuid.UUID:
    """Set name and password with a link, which is then used up; return the account.

    ``email`` counts only for the first account of HR. Everybody signed in to that
    account is signed out. Raises NotFoundError as ``holder``.
    """
    account = holder(db, token, now=now) or _first_hr(db, plain_address(email))
    account.name = name.strip()
    db.execute(delete(SetUpLink).where(SetUpLink.token_hash == token_hash(token)))
    db.flush()
    changing.set_password(db, account, password)
    return account.id


def _first_hr(db: Session, email: str) -> Account:
    account = db.scalar(select(Account).where(Account.email == email)) or Account(email=email)
    account.is_hr = account.active = True
    db.add(account)
    return account


def _link(db: Session, account_id: uuid.UUID | None, *, now: datetime) -> str:
    token = new_token()
    db.add(SetUpLink(token_hash=token_hash(token), account_id=account_id, until=now + LIFE))
    db.flush()
    return token
