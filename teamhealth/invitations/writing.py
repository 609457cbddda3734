"""Letters about a survey to those who were invited: their facts, and their place in the outbox.

Promise: a letter is made without a look at whether its reader has answered. A personal
link is not in it: that is made while it is sent.
"""

import uuid
from datetime import datetime
from functools import partial

from teamhealth.campaigns import lookup, reminding
from teamhealth.campaigns.models import State, Survey
from teamhealth.i18n.dates import day_and_time, long_date
from teamhealth.i18n.phrases import phrases
from teamhealth.invitations.inviting import Invited

Facts = dict[str, dict[str, str]]
"""What letters may say of a survey, by language."""


def facts_of(survey: Survey, *further: str) -> Facts:
    """Return what letters may say of a survey, in each of its languages and in further ones."""
    return {language: _facts(survey, language) for language in (*survey.languages, *further)}


def letter(
    survey: Survey,
    kind: str,
    person: Invited,
    facts: Facts,
    *,
    at: datetime,
    link: bool = True,
    **more: str,
) -> dict[str, object]:
    """Return a row of the outbox: a letter of that kind, to go out from ``at``.

    In the person's language where ``facts`` know it, else in the survey's first. ``link`` is
    whether it carries their link, ``more`` what it says beside ``facts``.
    """
    language = person.language if person.language in facts else survey.languages[0]
    return {
        "id": uuid.uuid4(),
        "survey_id": survey.id,
        "kind": kind,
        "address": person.address,
        "name": person.name,
        "language": language,
        "facts": {**facts[language], **more},
        "invitation_id": person.invitation if link else None,
        "not_before": at,
    }


def _facts(survey: Survey, language: str) -> dict[str, str]:
    moment = partial(day_and_time, language=language)
    reminder = reminding.due(survey)
    return {
        "title": survey.title,
        "organisation": survey.contacts.get("organisation", ""),
        "contact": survey.contacts.get("contact", ""),
        "k": str(survey.k),
        "minutes": str(lookup.instrument_of(survey).minutes),
        "closes": moment(survey.closes_at),
        "date": long_date(survey.closes_at, language),
        "latest": long_date(survey.closes_latest, language),
        "reminder": long_date(reminder, language) if reminder else "",
        "fingerprint": survey.fingerprint or "",
        "trustee": (survey.trustee or {}).get("name", ""),
        "reason": _reason(survey, language) if survey.state is State.CANCELLED else "",
    }


def _reason(survey: Survey, language: str) -> str:
    """Return why a survey was cancelled: what HR wrote, or in ``language`` what the program says itself."""
    for key, text in phrases("letters", "en").texts.items():
        if key.startswith("reasons.") and text == survey.trouble:
            return phrases("letters", language).say(key)
    return survey.trouble
