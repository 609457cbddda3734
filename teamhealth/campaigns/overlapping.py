"""Which surveys stand in the way of another: those that ask some of the same people now, or are not counted yet.

Promise: nobody is asked by two surveys at once of which one's groups lie within the other's;
and a survey is launched only when the one it will be compared with has its result.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.errors import RefusedError
from teamhealth.roster.models import Group
from teamhealth.roster.paths import is_within
from teamhealth.roster.placing import Placement

_RUNNING = (State.PREPARING, State.OPEN)
_TO_BE_COUNTED = (State.CLOSING, State.AWAITING_TRUSTEE)


def require_none(db: Session, placement: Placement) -> None:
    """Raise RefusedError if another survey stands in the way of asking these people."""
    _require_counted(db, placement)
    _require_nobody_asked(db, placement)


def _require_nobody_asked(db: Session, placement: Placement) -> None:
    asked = {group.id for group in placement.groups}
    running = db.execute(
        select(Survey.id, Survey.title, Survey.closes_at, Group.path)
        .outerjoin(Group, Group.id == Survey.scope_id)
        .where(Survey.state.in_(_RUNNING))
        .order_by(Survey.created_at)
    )
    for other in running:
        if _meets(other.path, placement.groups[0].path) or _pinned(db, other.id, asked):
            raise RefusedError(
                f"The survey “{other.title}” ({other.id}) asks some of the same people until "
                f"{other.closes_at:%Y-%m-%d %H:%M} UTC; two results about the same answers could "
                "be subtracted from each other. Nothing was launched; wait for its close, or cancel it."
            )


def _require_counted(db: Session, placement: Placement) -> None:
    waiting = db.execute(
        select(Survey.id, Survey.title)
        .where(Survey.state.in_(_TO_BE_COUNTED), Survey.scope_id == placement.groups[0].id)
        .order_by(Survey.created_at)
    ).first()
    if waiting is not None:
        raise RefusedError(
            f"The survey “{waiting.title}” ({waiting.id}) of the same groups is closed and not counted "
            "yet, so nothing could be compared with it. Nothing was launched; wait for its result, "
            "or cancel it."
        )


def _meets(scope: str | None, path: str) -> bool:
    """Tell whether one lies within the other; of a scope that left the roster nobody knows whom it asks."""
    return scope is None or is_within(path, scope) or is_within(scope, path)


def _pinned(db: Session, survey_id: str, groups: Collection[str]) -> bool:
    """Tell whether a survey asks one of these groups, wherever the roster has put it since."""
    found = db.scalars(select(SurveyGroup.group_id).where(SurveyGroup.survey_id == survey_id))
    return any(group in groups for group in found)
