"""What was pinned of a survey, as the count wants to read it."""

import json

from sqlalchemy.orm import Session

from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.cells.model import SurveyFacts
from teamhealth.credentials.codes import unb64
from teamhealth.errors import NotFoundError
from teamhealth.results.charter import Charter, Place
from teamhealth.snapshots import storing


def charter_of(db: Session, survey: Survey, *, version: str) -> Charter:
    """Return a survey's charter; ``version`` is that of the code that will count."""
    groups = lookup.groups_of(db, survey)
    below = {group.group_id: group.people for group in groups}
    for group in reversed(groups):
        if group.parent_id is not None:
            below[group.parent_id] += below[group.group_id]
    return Charter(
        survey=_facts(survey),
        instrument=lookup.instrument_of(survey),
        groups=tuple(_place(group, below[group.group_id]) for group in groups),
        previous=storing.load(db, survey.previous_id) if survey.previous_id else None,
        code_version=version,
    )


def _facts(survey: Survey) -> SurveyFacts:
    if survey.opened_at is None or survey.closed_at is None:
        raise NotFoundError(
            f"Survey {survey.id} was never opened and closed; nothing was counted."
        )
    return SurveyFacts(
        id=survey.id,
        title=survey.title,
        form=survey.form,
        opened=f"{survey.opened_at:%Y-%m-%d}",
        closed=f"{survey.closed_at:%Y-%m-%d}",
        k=survey.k,
        languages=tuple(survey.languages),
        instrument_digest=survey.instrument_digest or "",
        fingerprint=survey.fingerprint or "",
        leader_theme=survey.leader_theme.value,
        previous=survey.previous_id,
    )


def _place(group: SurveyGroup, invited: int) -> Place:
    return Place(
        id=group.group_id,
        parent=group.parent_id,
        path=group.path,
        name=group.name,
        invited=invited,
        reportable=group.reportable,
        issuer=unb64(json.loads(group.leaf)["key"], 256) if group.leaf else None,
    )
