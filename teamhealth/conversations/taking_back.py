"""Taking a comment back: whoever has the receipt may, also after it was published.

Promise: it is found by the hash of a secret that only the receipt's owner has, deleted
for ever and scrubbed from the disk. Nothing here leads from a comment to an answer, and
whether a comment is there is told to the owner alone.
"""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from teamhealth.campaigns.admitting import unknown_survey
from teamhealth.campaigns.models import State, Survey
from teamhealth.conversations.models import Comment
from teamhealth.credentials.receipts import comment_mark
from teamhealth.errors import NotOpenError, UnavailableError

_COUNTED = (State.COUNTED, State.PUBLISHED)


def count(db: Session, survey_id: str, reply: bytes) -> int:
    """Return how many comments were written by the owner of a reply secret (32 bytes).

    Raises NotFoundError for an unknown survey, NotOpenError before its count.
    """
    _require_counted(db.get(Survey, survey_id))
    found = db.scalar(
        select(func.count()).select_from(Comment).where(_of(db, survey_id, reply))
    )
    return found or 0


def take_back(db: Session, survey_id: str, reply: bytes, *, now: datetime) -> None:
    """Delete them, and ask the worker to scrub what is left of them; again changes nothing.

    Needs a writing session; holds the survey's row until its end. Raises as ``count``,
    and UnavailableError while a worker cleans up: it would take this request for done.
    """
    survey = db.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    survey = _require_counted(survey)
    if survey.lease_until is not None and survey.lease_until > now:
        raise UnavailableError(
            "This survey is being tidied up at this moment. Your comment is still there; please "
            "try again in a few minutes."
        )
    gone = db.scalars(
        delete(Comment)
        .where(_of(db, survey_id, reply))
        .returning(Comment.id)
        .execution_options(synchronize_session=False)
    )
    if gone.all():
        survey.needs_scrubbing = True
    db.flush()


def _of(db: Session, survey_id: str, reply: bytes) -> ColumnElement[bool]:
    ours, reply_hash = Comment.survey_id == survey_id, hashlib.sha256(reply).digest()
    questions = db.scalars(select(Comment.question).where(ours).distinct())
    marks = [comment_mark(reply_hash, question) for question in questions]
    return and_(ours, Comment.reply_hash.in_(marks))


def _require_counted(survey: Survey | None) -> Survey:
    if survey is None:
        raise unknown_survey()
    if survey.state not in _COUNTED:
        raise NotOpenError(
            "This survey is not counted yet, so there are no comments. Nothing was changed; please "
            "come back when the results are announced."
        )
    return survey
