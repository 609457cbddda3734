"""People, the tree of groups they work in, and who leads which group."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class Group(Base):
    """One group of the organisation; ``id`` stays through renames, ``path`` is what people read.

    ``id`` is ``[a-z0-9-]{1,40}`` (the protocol's alphabet). ``position`` is the order
    of the tree, the only one in which groups are listed: a group right before those below
    it, and else as first mentioned in the roster file.
    """

    __tablename__ = "group"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("group.id"), index=True)
    path: Mapped[str] = mapped_column(String(1000), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]


class Person(Base):
    """Somebody who can be asked. ``email`` is lower case; ``answers_in_id`` overrides the leader rule.

    Who is ``on_paper`` draws a paper slip and gets no letter with a link: everybody
    without a mailbox, and whoever else the roster says.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "email IS NOT NULL OR (on_paper AND external_id IS NOT NULL)",
            name="known_by_address_or_id",
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    external_id: Mapped[str | None] = mapped_column(String(200), unique=True)
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(10))
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), index=True)
    answers_in_id: Mapped[str | None] = mapped_column(ForeignKey("group.id"), index=True)
    on_paper: Mapped[bool] = mapped_column(default=False)


class Lead(Base):
    """A person leads a group; a group may have several leaders."""

    __tablename__ = "lead"

    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[str] = mapped_column(ForeignKey("group.id"), primary_key=True)
