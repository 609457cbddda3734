"""Counted results. A snapshot is inserted once and never changed."""

import secrets
from datetime import datetime
from functools import partial

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class StoredSnapshot(Base):
    """The canonical JSON of one survey's snapshot and its SHA-256, one a survey.

    ``salt`` is random: what is printed of a result is hashed with it, so that nobody can
    try out on it what was not shown to them.
    """

    __tablename__ = "snapshot"

    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(
        LargeBinary(32), default=partial(secrets.token_bytes, 32)
    )
    counted_at: Mapped[datetime]
