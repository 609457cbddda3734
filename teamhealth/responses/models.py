"""What a respondent leaves behind: one sealed row that says neither who nor when.

Nothing here may gain a time, a counter or a way to an invitation; tests/rules reads
the schema and fails if something does.
"""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class SealedResponse(Base):
    """An envelope nobody can open before the close, and the unblinded signature.

    ``nonce_hash`` is SHA-256 of ``nonce``. ``envelope`` is empty after a withdrawal.
    """

    __tablename__ = "sealed_response"
    __table_args__ = (
        Index(None, "survey_id", "group_id"),  # the count reads group by group
        # A rowid would number the rows in the order of their arrival.
        {"sqlite_with_rowid": False},
    )

    nonce_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    survey_id: Mapped[str] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    group_id: Mapped[str] = mapped_column(String(40))
    nonce: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(256))
    envelope: Mapped[bytes | None] = mapped_column(LargeBinary(4177))
    edit_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)


class CountedList(Base):
    """``audit.json`` of a counted survey: the very text, filled up with random hashes."""

    __tablename__ = "counted_list"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    body: Mapped[str] = mapped_column(Text)
