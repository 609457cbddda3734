"""What HR may decide about a survey after its launch, and what each decision may not do.

These functions set a state and no more: the worker does what follows from it. Promises:
a closing date is put off, never brought forward, and never beyond the manifest's latest
(closing at once is another decision, which letters and pages announce as possible);
nothing is decided twice.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from teamhealth.campaigns.lookup import survey as find
from teamhealth.campaigns.models import Participation, State, Survey
from teamhealth.campaigns.releasing import Choices, plan
from teamhealth.errors import RefusedError
from teamhealth.mail.models import Letter

EXTENDED = "extended"
"""The kind of letter that tells everybody invited of a later closing date."""

_USUAL = Choices()

_BEFORE_THE_COUNT = (
    State.DRAFT,
    State.PREPARING,
    State.OPEN,
    State.CLOSING,
    State.AWAITING_TRUSTEE,
)


def extend(db: Session, survey_id: str, closes_at: datetime, *, now: datetime) -> Survey:
    """Put the closing date of an open survey off; everybody invited will be told.

    Raises RefusedError unless it is later than the present date, in the future, and
    not after ``closes_latest``.
    """
    survey = find(db, survey_id, lock=True)
    if survey.state is not State.OPEN:
        raise _refused(survey, "Only an open survey can be extended")
    if closes_at <= max(survey.closes_at, now):
        raise _refused(
            survey,
            f"The new date must be later than the present one, {survey.closes_at:%Y-%m-%d %H:%M} UTC",
        )
    if closes_at > survey.closes_latest:
        raise _refused(
            survey,
            f"People were promised that it closes by {survey.closes_latest:%Y-%m-%d %H:%M} UTC "
            "at the latest, so it cannot be extended beyond that",
        )
    survey.closes_at = closes_at
    survey.to_tell = EXTENDED
    db.flush()
    return survey


def close_now(db: Session, survey_id: str, *, now: datetime) -> Survey:
    """Stop taking answers for ever; the worker counts. Nothing happens if that was decided before.

    Waits for answers that are being stored. Letters of the survey that were not sent
    yet and everything about participation are deleted. Raises RefusedError unless the
    survey is open or closing.
    """
    survey = find(db, survey_id, lock=True)
    if survey.state is State.CLOSING:
        return survey
    if survey.state is not State.OPEN:
        raise _refused(survey, "Only an open survey can be closed")
    survey.state = State.CLOSING
    survey.closed_at = now
    survey.trouble, survey.trouble_since = "", None
    _forget(db, survey)
    return survey


def cancel(db: Session, survey_id: str, *, reason: str = "", now: datetime) -> Survey:
    """End a survey without a result: the worker destroys its sealed answers unread and tells everybody.

    ``reason`` is a sentence for those invited. Raises RefusedError once it is counted.
    """
    survey = find(db, survey_id, lock=True)
    if survey.state is State.CANCELLED:
        return survey
    if survey.state not in _BEFORE_THE_COUNT:
        raise _refused(survey, "A counted survey cannot be cancelled")
    survey.state = State.CANCELLED
    survey.closed_at = survey.closed_at or now
    survey.trouble, survey.trouble_since = reason, None
    survey.needs_scrubbing = True
    _forget(db, survey)
    return survey


def publish(db: Session, survey_id: str, choices: Choices = _USUAL, *, now: datetime) -> Survey:
    """Release the result of a counted survey, stage by stage; nothing happens if that was decided before.

    Raises RefusedError unless it is counted.
    """
    survey = find(db, survey_id, lock=True)
    if survey.state is State.PUBLISHED:
        return survey
    if survey.state is not State.COUNTED:
        raise _refused(survey, "Only a counted survey can be published")
    survey.state = State.PUBLISHED
    db.add(plan(survey.id, choices, now=now))
    db.flush()
    return survey


def _forget(db: Session, survey: Survey) -> None:
    survey.to_tell = ""
    db.flush()
    db.execute(delete(Participation).where(Participation.survey_id == survey.id))
    db.execute(delete(Letter).where(Letter.survey_id == survey.id))


def _refused(survey: Survey, why: str) -> RefusedError:
    return RefusedError(
        f"{why}. Survey {survey.id} is {survey.state.value}; nothing was changed."
    )
