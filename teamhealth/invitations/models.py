"""Who was invited to a survey, by letter or by paper slip. Nothing here may lead to a response; all of it dies at the close."""

import uuid

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class Invitation(Base):
    """One seat: a person's one-time link, or a paper slip that anybody of the group may draw.

    ``token_hash`` is SHA-256 of the domain-separated token (docs/protocol.md);
    ``blinded_hash`` is SHA-256 of the blinded message that was signed, or empty
    while the link is unused. ``group_id`` is the answering group. A paper slip (``paper``)
    has no person. ``void`` is a seat that can no longer be taken; ``quiet`` asks
    for no more reminders. Neither says whether the seat was taken.

    ``address`` is where the link was sent: a later import of the roster redirects no link.
    Who gets another seat after an answer gets one that counts as used, too; it is ``copied``,
    so that nobody counts the answer twice.
    """

    __tablename__ = "invitation"
    # A rowid would number the rows; a changed row must not move either.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    blinded_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    address: Mapped[str | None] = mapped_column(String(320))
    copied: Mapped[bool] = mapped_column(default=False)
    paper: Mapped[bool] = mapped_column(default=False)
    void: Mapped[bool] = mapped_column(default=False)
    quiet: Mapped[bool] = mapped_column(default=False)


class SpareSeat(Base):
    """A seat that nobody has yet. Its code follows from the link key like any other's, and is unknown to the door.

    Made at the launch, so that a late person can be given one where the link key is not.
    """

    __tablename__ = "spare_seat"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[str] = mapped_column(String(40))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
