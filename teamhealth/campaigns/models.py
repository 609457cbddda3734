"""A survey: one run of one form, put to the people of a tree of groups, for a while.

Everything pinned at launch lies here: wording, tree, k, dates, audience, manifest.
"""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from teamhealth.db import Base


class State(enum.StrEnum):
    """Where a survey is on its one-way road; no state is ever entered twice.

    draft → preparing → open → closing → counted → published, in trustee mode with
    ``awaiting_trustee`` after ``closing``; from any state before ``counted`` to cancelled.
    """

    DRAFT = "draft"
    PREPARING = "preparing"
    OPEN = "open"
    CLOSING = "closing"
    AWAITING_TRUSTEE = "awaiting_trustee"
    COUNTED = "counted"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Audience(enum.StrEnum):
    """Who may see the theme *Steady leadership*: the leader's personal data."""

    OFF = "off"
    LEADER = "leader"
    ABOVE = "above"
    AGREED = "agreed"


class Survey(Base):
    """One run of one form. ``id`` is ``[a-z0-9-]{1,40}``, short enough to type.

    ``scope_id`` is the group it was launched for (the root of its tree).
    ``instrument`` and ``manifest`` are canonical JSON, kept as the very bytes that
    were hashed. ``paper_note`` tells people on paper when and where they can answer in paid
    time. ``trustee`` is whoever else holds the box key (name, address, public keys),
    empty where this service does. ``reminders`` is whether everybody gets a reminder,
    ``reminded`` whether they did. ``needs_scrubbing`` asks the worker for VACUUM and checkpoint, ``to_tell``
    for letters of that kind to everybody invited.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("k BETWEEN 5 AND 10", name="k_between_five_and_ten"),
        CheckConstraint("closes_at <= closes_latest", name="closes_before_the_latest_close"),
        CheckConstraint(
            "state NOT IN ('open', 'closing') OR (instrument IS NOT NULL AND manifest IS NOT NULL)",
            name="pinned_while_open",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    form: Mapped[str] = mapped_column(String(40))
    state: Mapped[State] = mapped_column(
        Enum(
            State,
            native_enum=False,
            length=20,
            values_callable=lambda kind: [s.value for s in kind],
        ),
        default=State.DRAFT,
    )
    k: Mapped[int] = mapped_column(default=5)
    languages: Mapped[list[str]] = mapped_column(JSON)
    scope_id: Mapped[str] = mapped_column(String(40))
    leader_theme: Mapped[Audience] = mapped_column(
        Enum(
            Audience,
            native_enum=False,
            length=20,
            values_callable=lambda kind: [a.value for a in kind],
        ),
        default=Audience.LEADER,
    )
    leader_theme_reference: Mapped[str] = mapped_column(String(200), default="")
    contacts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    base_url: Mapped[str] = mapped_column(String(300))
    launched_by: Mapped[str] = mapped_column(String(320), default="")
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    closes_latest: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    previous_id: Mapped[str | None] = mapped_column(String(40))
    headcount: Mapped[int] = mapped_column(default=0)
    paper_note: Mapped[str] = mapped_column(String(300), default="")
    reminders: Mapped[bool] = mapped_column(default=True)
    reminded: Mapped[bool] = mapped_column(default=False)
    trustee: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    instrument: Mapped[bytes | None] = mapped_column(LargeBinary)
    instrument_digest: Mapped[str | None] = mapped_column(String(64))
    manifest: Mapped[bytes | None] = mapped_column(LargeBinary)
    fingerprint: Mapped[str | None] = mapped_column(String(16))
    trouble: Mapped[str] = mapped_column(Text, default="")
    trouble_since: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    needs_scrubbing: Mapped[bool] = mapped_column(default=False)
    to_tell: Mapped[str] = mapped_column(String(20), default="")


class SurveyGroup(Base):
    """One group of the pinned tree, in the order of the tree: parents first.

    ``people`` is who would answer here before the roll-up; ``invited`` is how many
    people the group's key stands for (0: nobody answers here), ``on_paper`` how many of
    them get a paper slip instead of a letter, ``spare`` how many seats there are
    beyond them, ``spent`` how many of these were given away since, and ``gone`` how many
    people were moved or lost their seat, whether or not they had answered; ``leaf`` is the
    canonical text of the group's manifest leaf and ``proof`` its Merkle path.
    ``comments_in`` is the group in which this group's comments would be read if
    everybody answered.
    """

    __tablename__ = "survey_group"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    parent_id: Mapped[str | None] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(String(1000))
    name: Mapped[str] = mapped_column(String(200))
    people: Mapped[int]
    invited: Mapped[int]
    on_paper: Mapped[int] = mapped_column(default=0)
    spare: Mapped[int] = mapped_column(default=0)
    spent: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)
    reportable: Mapped[bool]
    answers_in: Mapped[str | None] = mapped_column(String(40))
    comments_in: Mapped[str | None] = mapped_column(String(40))
    leaf: Mapped[str | None] = mapped_column(Text)
    proof: Mapped[list[str] | None] = mapped_column(JSON)


class SurveyLead(Base):
    """Who led a group when the survey was launched, and so whom *Steady leadership* is about.

    Whoever leads the group later is not meant and does not see it; who leaves the roster
    leaves this, too.
    """

    __tablename__ = "survey_lead"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    group_id: Mapped[str] = mapped_column(String(40), primary_key=True)


class TrusteeTray(Base):
    """What passes between the server and a survey's trustee, until the survey is over.

    ``rehearsal`` is the file of made-up answers and ``expected`` what must come out of it;
    ``proof`` is the trustee's. ``issued`` are the stamps given per answering group, written
    down at the close, ``until`` when the result must have come, ``told`` the last letter
    to the trustee. ``result`` waits to be checked; ``refusal`` says why one was not taken.
    """

    __tablename__ = "trustee_tray"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    rehearsal: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    expected: Mapped[str] = mapped_column(String(64), default="")
    proof: Mapped[bytes | None] = mapped_column(LargeBinary)
    issued: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    until: Mapped[datetime | None]
    told: Mapped[str] = mapped_column(String(20), default="")
    result: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    refusal: Mapped[str] = mapped_column(Text, default="")


class PinnedFile(Base):
    """A script or style sheet as it was at launch, served by its digest until the close."""

    __tablename__ = "pinned_file"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Participation(Base):
    """What may be told of taking part before the close (law 9); deleted at ``closing``.

    ``step`` is one of the three words for groups under twenty, else the tenth (0–10).
    """

    __tablename__ = "participation"

    survey_id: Mapped[str] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    step: Mapped[str] = mapped_column(String(20))
    refreshed_on: Mapped[date]
