"""Comments as counted. Nothing here may gain a time, a counter or a way to a rating."""

import uuid

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class Comment(Base):
    """One comment, detached from all ratings; ``id`` is random, so no order is left.

    ``group_id`` is the group that lists it, never a smaller one.
    """

    __tablename__ = "comment"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[str] = mapped_column(String(40))
    question: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(Text)
    reply_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    held: Mapped[bool] = mapped_column(default=False)
