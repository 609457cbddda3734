"""What commands say of a survey: nothing about answers but the steps of law 9."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns import lookup, reminding
from teamhealth.campaigns.models import Participation, Survey, SurveyGroup
from teamhealth.credentials.fingerprint import words

_STEPS = {
    "not_enough": "not enough yet",
    "enough": "enough for a result",
    "most": "most have answered",
}


def facts_of(survey: Survey) -> dict[str, object]:
    """Return a survey's state, dates and settings."""
    return {
        "id": survey.id,
        "title": survey.title,
        "form": survey.form,
        "state": survey.state.value,
        "k": survey.k,
        "languages": survey.languages,
        "leader_theme": survey.leader_theme.value,
        "asks": [one.id for one in lookup.instrument_of(survey).attributes]
        if survey.instrument
        else [],
        "invited": survey.headcount,
        "reminder": _iso(reminding.due(survey)),
        "opened": _iso(survey.opened_at),
        "closes": _iso(survey.closes_at),
        "closes_latest": _iso(survey.closes_latest),
        "closed": _iso(survey.closed_at),
        "fingerprint": survey.fingerprint,
        "fingerprint_words": " ".join(words(survey.fingerprint))
        if survey.fingerprint
        else None,
        "trustee": (survey.trustee or {}).get("name"),
        "trouble": survey.trouble,
    }


def groups_of(db: Session, survey: Survey) -> list[dict[str, object]]:
    """Return the pinned groups in the order of the tree, with what may be told of taking part.

    ``people`` are those invited there and below, ``answering`` those whose answers come in
    with the group's own key, ``on_paper`` how many of these get a paper slip; ``own_result`` tells whether it can have one, and
    ``participation`` is None where nothing may be told (yet).
    """
    groups = lookup.groups_of(db, survey)
    below = _below(groups)
    told = db.scalars(select(Participation).where(Participation.survey_id == survey.id))
    steps = {each.group_id: each.step for each in told}
    return [
        {
            "path": group.path,
            "people": below[group.group_id],
            "answering": group.invited,
            "on_paper": group.on_paper,
            "own_result": group.reportable,
            "participation": _step(steps.get(group.group_id)),
        }
        for group in groups
    ]


def _below(groups: Sequence[SurveyGroup]) -> dict[str, int]:
    below = {group.group_id: group.people for group in groups}
    for group in reversed(groups):
        if group.parent_id is not None:
            below[group.parent_id] += below[group.group_id]
    return below


def _step(step: str | None) -> str | None:
    """Word a step; a tenth stands for its lower end."""
    if step is None or step in _STEPS:
        return step and _STEPS[step]
    return f"{step}0 % or more" if int(step) else "fewer than 10 %"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
