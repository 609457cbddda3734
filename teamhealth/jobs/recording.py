"""The one transaction that ends a count: the result in, everything it was made of out.

The same for a count of our own and for one that a trustee brought.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.campaigns.models import PinnedFile, State, Survey, TrusteeTray
from teamhealth.cells.canonical import canonical
from teamhealth.cells.model import Snapshot
from teamhealth.conversations import storing as comments
from teamhealth.credentials.codes import b64
from teamhealth.errors import ConflictError
from teamhealth.invitations import inviting
from teamhealth.jobs import leasing
from teamhealth.responses import boxes
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.results.count import CountedComment
from teamhealth.snapshots import storing


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be stored. ``listed`` fills ``audit.json``; ``rows`` are the nonce hashes to delete."""

    snapshot: Snapshot
    comments: Sequence[CountedComment]
    listed: Sequence[bytes]
    rows: Sequence[bytes]


def record(lease: leasing.Lease, counted: Counted, *, on_step: Callable[[str], None]) -> None:
    """Store the result of a survey in hand, durably and at once; tell ``storing`` before the commit.

    Raises ConflictError, and stores nothing, if the rows are not exactly those counted.
    """
    with lease.database.write() as db:
        survey = lease.hold(db)
        storing.store(db, counted.snapshot, at=clock.now())
        comments.store(db, survey.id, counted.comments)
        db.add(CountedList(survey_id=survey.id, body=_audit_list(survey, counted.listed)))
        boxes.delete_exactly(db, survey.id, counted.rows)
        _require_empty(db, survey)
        inviting.forget(db, survey.id)
        for kind in (PinnedFile, TrusteeTray):
            db.execute(delete(kind).where(kind.survey_id == survey.id))
        survey.state = State.COUNTED
        survey.trouble, survey.trouble_since = "", None
        survey.needs_scrubbing = True
        survey.lease_until = None
        db.flush()
        on_step("storing")
        db.commit()


def _audit_list(survey: Survey, listed: Sequence[bytes]) -> str:
    told = {"counted": [b64(one) for one in listed], "headcount": survey.headcount}
    return canonical(told).decode()


def _require_empty(db: Session, survey: Survey) -> None:
    if db.scalar(select(exists().where(SealedResponse.survey_id == survey.id))):
        raise ConflictError(
            f"Survey {survey.id} holds sealed responses that were not counted. Nothing was stored; "
            "it is counted again."
        )
