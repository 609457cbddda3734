"""Changes of accounts: a new one, another password, other rights, the end of access.

Promise: somebody of HR can always sign in; who loses access is signed out at once.
"""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.accounts import api_tokens, limiting, passwords, sessions
from teamhealth.accounts.addresses import plain_address
from teamhealth.accounts.models import Account
from teamhealth.errors import NotFoundError, RefusedError


def find(db: Session, account_id: uuid.UUID) -> Account:
    """Return an account; NotFoundError if there is none of that id."""
    account = db.get(Account, account_id)
    if account is None:
        raise NotFoundError("There is no such account. Nothing was changed.")
    return account


def add(db: Session, *, email: str, name: str, is_hr: bool) -> Account:
    """Make an account, which a set-up link opens; RefusedError if the address has one."""
    address = plain_address(email)
    if db.scalar(select(Account.id).where(Account.email == address)):
        raise RefusedError(
            f"{address} has an account already. Nothing was changed. "
            "Find it in the list to give a new link or other rights."
        )
    account = Account(email=address, name=name.strip(), is_hr=is_hr)
    db.add(account)
    db.flush()
    return account


def change_password(
    db: Session, account: Account, present: str, new: str, *, now: datetime
) -> bool:
    """Set another password if the present one is right, and sign the account out everywhere.

    A try counts like one to sign in. Raises RefusedError if there were too many.
    """
    if limiting.is_too_many(db, account.email, now=now):
        raise RefusedError(
            "There were too many tries. The password was not changed. "
            "Please wait a quarter of an hour, then try again."
        )
    limiting.count(db, account.email, now=now)
    if not passwords.matches(present, account.password):
        return False
    set_password(db, account, new)
    return True


def set_password(db: Session, account: Account, new: str) -> None:
    """Set a password, sign the account out everywhere, and end its tokens for programs."""
    account.password = passwords.hashed(new)
    _end_all(db, account)


def close(db: Session, account: Account) -> None:
    """End access, also of its programs; the account stays, so that it can be opened again."""
    _keep_hr(db, account)
    account.active = False
    _end_all(db, account)


def reopen(account: Account) -> None:
    """Give access back, with the password of before."""
    account.active = True


def set_hr(db: Session, account: Account, *, is_hr: bool) -> None:
    """Give an account the rights of HR, or take them."""
    if not is_hr:
        _keep_hr(db, account)
    account.is_hr = is_hr


def _end_all(db: Session, account: Account) -> None:
    sessions.end_all(db, account.id)
    api_tokens.end_all(db, account.id)


def set_language(account: Account, language: str) -> None:
    """Set the language in which an account is spoken and written to; empty leaves it to the browser."""
    account.language = language


def _keep_hr(db: Session, account: Account) -> None:
    """Raise RefusedError if this account is the last of HR that can sign in."""
    able = set(
        db.scalars(
            select(Account.id)
            .where(Account.is_hr, Account.active, Account.password != "")
            .with_for_update()  # two of HR must not take each other's rights at once
        )
    )
    if able == {account.id}:
        raise RefusedError(
            "This is the only account of HR that can sign in, so it keeps its rights. "
            "Nothing was changed. Give somebody else the rights of HR first."
        )
