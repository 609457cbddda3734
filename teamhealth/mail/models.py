"""The outbox: letters that still have to go out. A sent letter leaves no row."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class Letter(Base):
    """One letter to one address. ``kind`` names its wording in surveys/…/letters.

    ``invitation_id`` is set where the letter carries a personal link; the link itself
    is made while sending and never stored. ``facts`` are the placeholders' values;
    ``encloses`` names the reports that are printed and put in while sending.
    """

    __tablename__ = "letter"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[str | None] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(10))
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    encloses: Mapped[list[str]] = mapped_column(JSON, default=list)
    invitation_id: Mapped[uuid.UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(index=True)
    claimed_until: Mapped[datetime | None]
