"""The personal link of a letter, made while it is sent: the code is stored nowhere."""

import uuid

from sqlalchemy import select

from teamhealth.campaigns.models import Survey
from teamhealth.credentials import codes, links, tokens
from teamhealth.db import Database
from teamhealth.keys import links as link_keys
from teamhealth.settings import Settings


def link_facts(
    database: Database,
    settings: Settings,
    *,
    survey_id: str,
    invitation: uuid.UUID,
    language: str,
) -> dict[str, str]:
    """Return what a letter needs to lead one person to a survey.

    ``url`` is the link with code and fingerprint, and with the language where it is not
    the survey's first; ``code`` the code for typing, at ``address``. Raises
    KeysMissingError where this machine does not have the link key.
    """
    with database.read() as db:
        survey = db.execute(
            select(Survey.base_url, Survey.languages, Survey.fingerprint).where(
                Survey.id == survey_id
            )
        ).one()
    key = link_keys.load(settings.keys, survey_id)
    token = tokens.token(key, survey_id, str(invitation))
    other = language in survey.languages and language != survey.languages[0]
    return {
        "url": links.link(
            survey.base_url,
            survey_id,
            token,
            language=language if other else "",
            fingerprint=survey.fingerprint or "",
        ),
        "code": codes.spaced(codes.to_code(token)),
        "address": f"{survey.base_url}/a/{survey_id}",
    }
