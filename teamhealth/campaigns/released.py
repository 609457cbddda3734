"""What follows a publication: when each stage of it begins, and the reports that HR has printed."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class Release(Base):
    """The stages of one published result, as HR chose them when it published; made once, never changed but for ``tells_at``.

    ``leaders_from`` is when leaders see the groups they lead, ``above_from`` when they see
    those below, ``everybody_from`` when all who were asked get the summary by letter (None:
    not at all). ``at_once_because`` says why the levels above do not wait, empty where they do.
    ``letters`` is whether leaders are told by letter, ``talk_at`` when they are asked whether
    they have talked; ``encloses`` lists which of these letters hold a PDF (``leaders``,
    ``everybody``). ``tells_at`` is when the next letters are due, None when all are written.
    """

    __tablename__ = "release"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    leaders_from: Mapped[datetime]
    above_from: Mapped[datetime]
    at_once_because: Mapped[str] = mapped_column(String(300), default="")
    everybody_from: Mapped[datetime | None]
    letters: Mapped[bool] = mapped_column(default=True)
    talk_at: Mapped[datetime | None]
    encloses: Mapped[list[str]] = mapped_column(JSON, default=list)
    tells_at: Mapped[datetime | None] = mapped_column(index=True)


class Batch(Base):
    """Reports of one survey that HR had printed at once, in one zip; it holds counters and no person.

    ``kinds`` are ids of ``outlets.kinds``, ``comments`` is whether reports list them. ``done`` and ``failed`` of ``total`` reports are
    finished; ``ready_at`` is when the zip was, None until then. ``edition`` tells what was
    printed apart from what would be printed now, such as after a comment was taken back.
    """

    __tablename__ = "batch"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str] = mapped_column(String(8))
    kinds: Mapped[list[str]] = mapped_column(JSON)
    comments: Mapped[bool] = mapped_column(default=False)
    edition: Mapped[str] = mapped_column(String(64), default="")
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
