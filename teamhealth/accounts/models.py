"""Accounts of HR and leaders, their sessions, set-up links and tokens for programs, and a count of tries.

Promise: no IP address, no browser and no date of a sign-in or of a token's use is kept. Of every secret
only a hash is stored, so the database opens no account.
"""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class Account(Base):
    """Somebody who may use the desk. ``email`` is lower case; ``password`` is empty until set up.

    What a leader may see follows from the roster: its person with the same address.
    ``language`` is that of the desk for them, empty as long as they leave it to the browser.
    """

    __tablename__ = "account"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str] = mapped_column(String(200), default="")
    is_hr: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(8), default="")


class SetUpLink(Base):
    """A link with which its holder sets a password, once; without an account, the first HR's."""

    __tablename__ = "set_up_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    until: Mapped[datetime]


class DeskSession(Base):
    """One signed-in browser; it ends at ``until`` unless it is used."""

    __tablename__ = "desk_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    until: Mapped[datetime]


class ApiToken(Base):
    """A token with which a program reads what its account may read, until ``until``; ``label`` is its owner's word."""

    __tablename__ = "api_token"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    until: Mapped[datetime]


class SignInTry(Base):
    """How often one address was tried lately; ``key`` is its hash, whether it has an account or not.

    Requests with a token are counted here, too, under a key that only the token itself gives.
    """

    __tablename__ = "sign_in_try"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime]
