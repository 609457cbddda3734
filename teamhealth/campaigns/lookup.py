"""Finding surveys and what is pinned to them."""

import json
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.disclosure.rollup import COMMENTS
from teamhealth.errors import NotFoundError
from teamhealth.instruments.model import Instrument
from teamhealth.instruments.plain import from_plain
from teamhealth.roster.models import Group


def survey(db: Session, survey_id: str, *, lock: bool = False) -> Survey:
    """Return a survey by its id; NotFoundError if there is none.

    ``lock`` reads it anew and holds its row until the end of the transaction, against
    others who decide about it and, on PostgreSQL, against answers that come in.
    """
    found = db.get(
        Survey, survey_id, with_for_update=True if lock else None, populate_existing=lock
    )
    if found is None:
        raise NotFoundError(
            f"There is no survey {survey_id!r}; nothing was changed. "
            "`teamhealth survey list` names them all."
        )
    return found


def surveys(db: Session) -> Sequence[Survey]:
    """Return all surveys, the newest first."""
    return db.scalars(select(Survey).order_by(Survey.created_at.desc(), Survey.id)).all()


def groups_of(db: Session, survey: Survey) -> Sequence[SurveyGroup]:
    """Return the pinned groups of a survey in the order of its tree, parents first."""
    return db.scalars(
        select(SurveyGroup)
        .where(SurveyGroup.survey_id == survey.id)
        .order_by(SurveyGroup.position)
    ).all()


def former_groups(db: Session) -> dict[str, str]:
    """Return the ids of groups that have results and left the roster, by the path they had last."""
    rows = db.execute(
        select(SurveyGroup.path, SurveyGroup.group_id)
        .join(Survey, Survey.id == SurveyGroup.survey_id)
        .outerjoin(Group, Group.id == SurveyGroup.group_id)
        .where(Group.id.is_(None), Survey.state.in_((State.COUNTED, State.PUBLISHED)))
        .order_by(Survey.closed_at, Survey.id)
    )
    last = {row.group_id: row.path for row in rows}
    return {path: group for group, path in last.items()}


def on_paper(db: Session, survey: Survey) -> int:
    """Return how many of those asked get a paper slip and no letter."""
    found = select(func.sum(SurveyGroup.on_paper)).where(SurveyGroup.survey_id == survey.id)
    return db.scalar(found) or 0


def lists_comments(survey: Survey) -> bool:
    """Tell whether an open survey asks enough people for comments ever to be listed."""
    spare = json.loads(survey.manifest or b"{}").get("spare", 0)
    return survey.headcount + int(spare) >= COMMENTS


def instrument_of(survey: Survey) -> Instrument:
    """Return the wording that a survey was launched with; ValueError for a draft, which has none."""
    if survey.instrument is None:
        raise ValueError(f"survey {survey.id} has no wording yet")
    return from_plain(json.loads(survey.instrument))
