"""Letters to a survey's trustee: that the close is near, that the file is ready, that time runs out, that it is over.

Each goes out once, and to nobody where the trustee gave no address.
"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from teamhealth.campaigns import entrusting, lookup
from teamhealth.campaigns.models import State, Survey, TrusteeTray
from teamhealth.db import Database
from teamhealth.i18n.dates import day_and_time
from teamhealth.invitations import writing
from teamhealth.invitations.inviting import Invited
from teamhealth.mail.models import Letter

SOON, READY, LAST, OVER = "trustee_soon", "trustee_ready", "trustee_last", "trustee_over"
"""Kinds of letters, as their wordings are named."""

_NOBODY = uuid.UUID(int=0)  # a trustee has no seat

BEFORE = timedelta(days=3)
"""So long before the close, and before the end of waiting, the trustee is reminded."""


def write_due(database: Database, survey_id: str, *, now: datetime) -> str:
    """Queue the letter that is due, once; return its kind, empty if there is none."""
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        tray = db.get(TrusteeTray, survey_id)
        kind = _due(survey, tray, now) if tray else ""
        if tray is None or not kind:
            return ""
        write(db, survey, kind, at=now)
        tray.told = kind
        db.commit()
    return kind


def write(db: Session, survey: Survey, kind: str, *, at: datetime) -> None:
    """Queue a letter to the trustee, in the survey's first language."""
    who = entrusting.trustee_of(survey)
    if not who.address:
        return
    tray = db.get(TrusteeTray, survey.id)
    language = survey.languages[0]
    until = day_and_time(tray.until, language) if tray and tray.until else ""
    to = Invited(_NOBODY, who.address, who.name, language)
    facts = writing.facts_of(survey)
    row = writing.letter(survey, kind, to, facts, at=at, link=False, until=until)
    db.execute(insert(Letter), [row])


def _due(survey: Survey, tray: TrusteeTray, now: datetime) -> str:
    if survey.state is State.OPEN and not tray.told and now >= survey.closes_at - BEFORE:
        return SOON
    if survey.state is not State.AWAITING_TRUSTEE or tray.until is None:
        return ""
    if tray.told not in {READY, LAST}:
        return READY
    return LAST if tray.told == READY and now >= tray.until - BEFORE else ""
