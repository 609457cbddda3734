"""What passes between the server and a survey's trustee: rehearsal, proof, result, and until when.

Promise: a survey with a trustee opens only after the trustee has proved that it holds
both keys and can count; a key is used for one survey.
"""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns.lookup import survey as find
from teamhealth.campaigns.models import State, Survey, TrusteeTray
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.settings import Settings
from teamhealth.trustee import parties
from teamhealth.trustee.parties import Trustee
from teamhealth.trustee.proofs import check_proof

PATIENCE = timedelta(days=14)
"""How long a closed box waits for its trustee; then it is destroyed unread."""

LARGEST = 100_000_000
"""Bytes of a result that may be handed in: ten thousand groups need a tenth."""


def require_new(db: Session, trustee: Trustee) -> None:
    """Refuse a key that another survey has or had: each key counts once."""
    rows = db.execute(select(Survey.id, Survey.trustee).where(Survey.trustee.is_not(None)))
    ours = trustee.plain()
    for row in rows:
        if row.trustee and {ours["box"], ours["sign"]} & set(row.trustee.values()):
            raise RefusedError(
                f"This trustee’s key belongs to survey {row.id}, and a key is used for one survey only. "
                "Nothing was launched; ask the trustee for a new one (`trustee keygen`)."
            )


def entrust(db: Session, survey: Survey, trustee: Trustee) -> None:
    """Pin the trustee of a survey that is being requested."""
    survey.trustee = trustee.plain()
    db.add(survey)
    db.flush()
    db.add(TrusteeTray(survey_id=survey.id))


def trustee_of(survey: Survey) -> Trustee:
    """Return a survey's trustee; RefusedError if this service counts it itself."""
    if survey.trustee is None:
        raise RefusedError(
            f"Survey {survey.id} has no trustee: it is counted here when it closes. Nothing was changed."
        )
    return parties.from_plain(survey.trustee)


def tray_of(db: Session, survey: Survey) -> TrusteeTray:
    """Return the tray of a survey with a trustee; RefusedError if there is none (any more)."""
    trustee_of(survey)
    tray = db.get(TrusteeTray, survey.id)
    if tray is None:
        raise RefusedError(
            f"Survey {survey.id} is {survey.state.value}; nothing passes between it and its trustee any "
            "more. Nothing was changed."
        )
    return tray


def waits_for_proof(db: Session, survey: Survey) -> bool:
    """Tell whether a survey that is being prepared may not open yet."""
    return survey.trustee is not None and tray_of(db, survey).proof is None


def box_place(settings: Settings, survey_id: str) -> Path:
    """Return where the file for the trustee lies on the machine with the keys."""
    return settings.home / "boxes" / f"{survey_id}.box"


def rehearsal(db: Session, survey_id: str) -> bytes:
    """Return the file of made-up answers for the trustee; NotFoundError before it was made."""
    survey = find(db, survey_id)
    body = tray_of(db, survey).rehearsal
    if body is None:
        raise _no_rehearsal(survey_id)
    return body


def prove(db: Session, survey_id: str, body: bytes) -> Survey:
    """Store the trustee's proof: the worker makes the keys and opens the survey. Once.

    Raises RefusedError with what is wrong; the right proof can still be brought.
    """
    survey = find(db, survey_id, lock=True)
    tray = tray_of(db, survey)
    if survey.state is not State.PREPARING:
        raise RefusedError(
            f"Survey {survey_id} is {survey.state.value} and needs no proof. Nothing was changed."
        )
    if tray.proof is None:
        if tray.rehearsal is None:
            raise _no_rehearsal(survey_id)
        check_proof(body, trustee_of(survey), survey_id, tray.expected)
        tray.proof, tray.rehearsal = body, None
        db.flush()
    return survey


def hand_in(db: Session, survey_id: str, body: bytes) -> None:
    """Lay the trustee's result down for the worker to check.

    Raises RefusedError where none is waited for, or one is being checked.
    """
    survey = find(db, survey_id, lock=True)
    tray = require_awaited(db, survey)
    if tray.result is not None:
        raise RefusedError(
            f"A result of survey {survey_id} is being checked just now. This one was not stored."
        )
    if len(body) > LARGEST:
        raise RefusedError("This file is too large to be a result. Nothing was stored.")
    tray.result, tray.refusal = body, ""
    db.flush()


def require_awaited(db: Session, survey: Survey) -> TrusteeTray:
    """Return the tray of a survey that waits for its result; RefusedError for any other."""
    tray = tray_of(db, survey)
    if survey.state is not State.AWAITING_TRUSTEE:
        raise RefusedError(
            f"Survey {survey.id} is {survey.state.value} and waits for no result. Nothing was stored."
        )
    return tray


def await_result(db: Session, survey: Survey, issued: dict[str, int], *, now: datetime) -> None:
    """Begin to wait for the trustee, with the number of stamps given per group."""
    tray = tray_of(db, survey)
    tray.issued, tray.until = issued, now + PATIENCE
    survey.state = State.AWAITING_TRUSTEE
    db.flush()


def _no_rehearsal(survey_id: str) -> NotFoundError:
    return NotFoundError(
        f"The rehearsal of survey {survey_id} is not made yet, or is over. The worker of the machine with "
        "the keys makes it within seconds; nothing was changed, try again."
    )
