"""Whether a survey takes answers: its state column decides, no clock does.

Promise: an answer is stored before the close or refused, never lost between. Whoever
stores one holds the survey's row, so the commit ``open → closing`` waits for it, and
whoever comes after that commit is refused.
"""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import KeysMissingError, NotFoundError, NotOpenError

_EARLY = (State.DRAFT, State.PREPARING)

# Built once, and of the table: on the way of every answer, making a statement costs more
# than running it.
_SURVEY = Survey.metadata.tables["survey"].c
_HELD = (
    select(_SURVEY.state, _SURVEY.trouble)
    .where(_SURVEY.id == bindparam("survey"))
    .with_for_update(read=True)
)


def require_open(db: Session, survey_id: str) -> None:
    """Hold the survey's row until the end of the transaction, and insist that it is open.

    On PostgreSQL the row is locked FOR SHARE: answers do not wait for each other, the
    close waits for all of them. On SQLite the session must come from
    ``Database.write``, whose BEGIN IMMEDIATE does the same. Raises as ``check``.
    """
    found = db.execute(_HELD, {"survey": survey_id}).one_or_none()
    if found is None:
        raise unknown_survey()
    check(found.state, found.trouble)


def check(state: State, trouble: str) -> None:
    """Refuse unless a survey in that state takes answers.

    Raises NotOpenError before the opening and from ``closing`` on, KeysMissingError
    while the worker reports ``trouble`` with the keys of an open survey.
    """
    if state in _EARLY:
        raise NotOpenError(
            "This survey is not open yet. Nothing was stored; please come later."
        )
    if state is not State.OPEN:
        raise NotOpenError("This survey has ended. Nothing was stored.")
    if trouble:
        raise KeysMissingError(
            "Answering is paused: the keys of this survey are not in order. "
            "Nothing was stored; please try again later with the same link."
        )


def unknown_survey() -> NotFoundError:
    """Return the refusal for a survey that does not exist; the asked name is not in it."""
    return NotFoundError(
        "There is no such survey. Nothing was stored; please use the link of the invitation."
    )
