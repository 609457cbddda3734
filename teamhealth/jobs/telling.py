"""Letters to everybody invited to a survey, whether or not they have answered."""

from datetime import datetime
from functools import partial
from itertools import islice

from sqlalchemy import insert
from sqlalchemy.orm import Session

from teamhealth.campaigns import deciding, lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.db import Database
from teamhealth.i18n.dates import day_and_time, long_date
from teamhealth.invitations import inviting
from teamhealth.mail.models import Letter

INVITATION, EXTENDED, CANCELLED = "invitation", deciding.EXTENDED, "cancelled"
"""Kinds of letters, as their wordings are named."""

_AT_A_TIME = 1000  # so that a hundred thousand letters are queued in seconds


def tell_everybody(db: Session, survey: Survey, kind: str, *, at: datetime) -> int:
    """Queue a letter of that kind to everybody invited, to go out from ``at``; return how many.

    Each is in the person's language where the survey offers it, else in its first.
    """
    facts = {language: _facts(survey, language) for language in survey.languages}
    everybody = inviting.everybody(db, survey.id)
    count = 0
    while some := list(islice(everybody, _AT_A_TIME)):
        db.execute(insert(Letter), [_row(survey, kind, person, facts, at) for person in some])
        count += len(some)
    return count


def tell_news(database: Database, survey_id: str, *, at: datetime) -> bool:
    """Queue what an open survey's people still have to be told, once; False if there is nothing."""
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        if not survey.to_tell or survey.state is not State.OPEN:
            return False
        tell_everybody(db, survey, survey.to_tell, at=at)
        survey.to_tell = ""
        db.commit()
    return True


def _row(
    survey: Survey,
    kind: str,
    person: inviting.Invited,
    facts: dict[str, dict[str, str]],
    at: datetime,
) -> dict[str, object]:
    language = person.language if person.language in facts else survey.languages[0]
    return {
        "survey_id": survey.id,
        "kind": kind,
        "address": person.address,
        "name": person.name,
        "language": language,
        "facts": facts[language],
        "invitation_id": None if kind == CANCELLED else person.invitation,
        "not_before": at,
    }


def _facts(survey: Survey, language: str) -> dict[str, str]:
    """Return what letters may say of a survey, in one language."""
    moment = partial(day_and_time, language=language)
    return {
        "title": survey.title,
        "organisation": survey.contacts.get("organisation", ""),
        "contact": survey.contacts.get("contact", ""),
        "k": str(survey.k),
        "minutes": str(lookup.instrument_of(survey).minutes),
        "closes": moment(survey.closes_at),
        "date": long_date(survey.closes_at, language),
        "latest": long_date(survey.closes_latest, language),
        "fingerprint": survey.fingerprint or "",
        "reason": survey.trouble if survey.state is State.CANCELLED else "",
    }
