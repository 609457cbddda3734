"""Signing in with address and password, without telling whether the address has an account."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth import logs
from teamhealth.accounts import limiting, passwords
from teamhealth.accounts.addresses import plain_address
from teamhealth.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in. ``account`` is whose password was right; None also where nobody's was."""

    email: str
    account: uuid.UUID | None
    too_many: bool


def check(db: Session, email: str, password: str, *, now: datetime) -> Attempt:
    """Compare the password with what is stored; reads only, so that nobody waits for Argon2.

    An unknown address takes as long as a known one.
    """
    address = plain_address(email)
    if limiting.is_too_many(db, address, now=now):
        return Attempt(address, None, too_many=True)
    account = db.scalar(select(Account).where(Account.email == address, Account.active))
    right = passwords.matches(password, account.password if account else "")
    return Attempt(address, account.id if account and right else None, too_many=False)


def settle(db: Session, attempt: Attempt, *, now: datetime) -> Attempt:
    """Count the try; it only succeeded if it was not one too many and the account is still active."""
    too_many = limiting.count(db, attempt.email, now=now)
    account = db.get(Account, attempt.account) if attempt.account else None
    found = account.id if account and account.active and not too_many else None
    if found:
        logs.event("signed_in", account=str(found))
    else:
        kind = "too_many" if too_many else "wrong"
        logs.event("sign_in_refused", level=logging.WARNING, kind=kind)
    return Attempt(attempt.email, found, too_many)
