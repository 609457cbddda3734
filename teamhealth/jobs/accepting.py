"""From ``awaiting_trustee`` to ``counted``: the trustee's result is checked against everything the server holds.

Promise: nothing is stored that is not signed with the pinned key, of exactly the rows
that lie here, of exactly what was pinned, and sound by the independent audit; a wrong
result changes nothing, and a second one is refused.
"""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth import clock, logs
from teamhealth.campaigns import deciding, entrusting, lookup
from teamhealth.campaigns.models import State, Survey, TrusteeTray
from teamhealth.db import Database
from teamhealth.errors import RefusedError, TeamHealthError, UnavailableError
from teamhealth.jobs import finishing, leasing, recording
from teamhealth.jobs.charters import charter_of
from teamhealth.responses.models import SealedResponse
from teamhealth.settings import Settings
from teamhealth.trustee import comparing, outcomes

TOO_LATE = "The answers were not counted in time by those who hold the key, so that they were destroyed unread."
"""The reason that everybody is told when no result has come."""

Step = Callable[[str], None]


def accept(
    database: Database,
    settings: Settings,
    survey_id: str,
    body: bytes,
    *,
    on_step: Step = lambda _name: None,
) -> State:
    """Check a trustee's result and store it; return the survey's state then.

    ``on_step`` is told ``checked``, ``storing`` (all but the commit), ``stored``, then as
    ``finishing.finish``. Raises RefusedError with what is wrong, and nothing is changed;
    UnavailableError if another worker has the survey in hand.
    """
    with database.read() as db:
        entrusting.require_awaited(db, lookup.survey(db, survey_id))
    with leasing.leased(database, survey_id, State.AWAITING_TRUSTEE) as lease:
        if lease is None:
            raise UnavailableError(
                f"Survey {survey_id} is in another worker’s hand just now. Nothing was stored; try again "
                "in a minute."
            )
        with database.read() as db:
            counted = _checked(db, lookup.survey(db, survey_id), body)
        on_step("checked")
        recording.record(lease, counted, on_step=on_step)
        on_step("stored")
        logs.event("survey_counted", survey=survey_id)
    finishing.finish(database, settings, survey_id, on_step=on_step)
    with database.read() as db:
        return lookup.survey(db, survey_id).state


def look_after(database: Database, settings: Settings, survey_id: str) -> State:
    """Do what is due for a survey that waits: check a result handed in, or end the waiting.

    A result that is refused is forgotten, and the reason noted for those who handed it in.
    """
    with database.read() as db:
        survey = lookup.survey(db, survey_id)
        tray = entrusting.require_awaited(db, survey)
        body, overdue = tray.result, bool(tray.until and clock.now() >= tray.until)
    if body is not None:
        try:
            return accept(database, settings, survey_id, body)
        except UnavailableError:
            return State.AWAITING_TRUSTEE
        except TeamHealthError as refusal:
            _refuse(database, survey_id, str(refusal))
    elif overdue:
        with database.write() as db:
            deciding.cancel(db, survey_id, reason=TOO_LATE, now=clock.now())
            db.commit()
        logs.event("survey_cancelled", survey=survey_id)
        finishing.finish(database, settings, survey_id)
    else:
        finishing.box_file(database, settings, survey_id)
    with database.read() as db:
        return lookup.survey(db, survey_id).state


def _checked(db: Session, survey: Survey, body: bytes) -> recording.Counted:
    tray = entrusting.require_awaited(db, survey)
    if tray.until and clock.now() >= tray.until:
        raise RefusedError(
            f"This result comes too late: it was waited for until {tray.until:%Y-%m-%d %H:%M} UTC. Nothing "
            "was stored; the answers are destroyed unread, and everybody is told."
        )
    pinned = {
        "survey": survey.id,
        "fingerprint": survey.fingerprint,
        "instrument": survey.instrument_digest,
        "k": survey.k,
    }
    outcome = outcomes.unpack(body, entrusting.trustee_of(survey), pinned)
    rows = _rows(db, survey.id)
    charter = charter_of(db, survey, version=outcome.snapshot.code_version)
    comparing.require_true(outcome, charter, rows, tray.issued or {})
    return recording.Counted(outcome.snapshot, outcome.comments, outcome.counted, sorted(rows))


def _rows(db: Session, survey_id: str) -> dict[bytes, str]:
    """Return the group of every sealed row, by nonce hash."""
    found = db.execute(
        select(SealedResponse.nonce_hash, SealedResponse.group_id).where(
            SealedResponse.survey_id == survey_id
        )
    )
    return {row.nonce_hash: row.group_id for row in found}


def _refuse(database: Database, survey_id: str, why: str) -> None:
    with database.write() as db:
        tray = db.get(TrusteeTray, survey_id)
        if tray is not None:
            tray.result, tray.refusal = None, why
            db.commit()
    logs.event("trustee_refused", survey=survey_id)
