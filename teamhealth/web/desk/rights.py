"""Which surveys a person sees at the desk, about which they decide, and for whom they may launch one.

HR: all. A leader sees a survey that asks a group they lead, or that lies within one, and
decides only about the latter, which they could have launched. To others it does not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from teamhealth.accounts.access import Access
from teamhealth.campaigns.models import State, Survey, SurveyGroup, SurveyLead
from teamhealth.cells.audience import Viewer
from teamhealth.errors import NotFoundError
from teamhealth.roster.models import Group, Person
from teamhealth.roster.paths import is_within

_RESULTS = (State.COUNTED, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Seen:
    """A survey as one person meets it."""

    survey: Survey
    may_decide: bool
    has_result: bool


def surveys(db: Session, access: Access) -> list[Seen]:
    """Return the surveys a person sees, the newest first, without their wording and manifest."""
    rows = db.scalars(
        select(Survey)
        .where(Survey.state != State.DRAFT)
        .options(defer(Survey.instrument), defer(Survey.manifest))
        .order_by(Survey.created_at.desc(), Survey.id)
    ).all()
    found = _sees(db, access, rows)
    return [_seen(access, survey) for survey in rows if survey.id in found]


def survey(db: Session, access: Access, survey_id: str) -> Seen:
    """Return one survey; NotFoundError if there is none or it is not this person's to see."""
    found = db.get(Survey, survey_id)
    if found is None or found.id not in _sees(db, access, [found]):
        raise _unknown()
    return _seen(access, found)


def decided(db: Session, access: Access, survey_id: str) -> Survey:
    """Return a survey this person may decide about; NotFoundError for any other."""
    found = db.get(Survey, survey_id)
    if found is None or not may_launch_for(access, found.scope_id):
        raise _unknown()
    return found


def viewer(db: Session, access: Access, survey_id: str) -> Viewer:
    """Return the reader to whom a survey's theme about leaders is shown: as who led what at its launch.

    It is about that person. Whoever leads the group since reads nothing of it.
    """
    led = (
        select(SurveyLead.group_id)
        .join(Person, Person.id == SurveyLead.person_id)
        .where(SurveyLead.survey_id == survey_id, Person.email == access.email)
    )
    return Viewer(leads=frozenset(db.scalars(led)))


def may_launch_for(access: Access, group_id: str) -> bool:
    """Tell whether a person may launch a survey for a group of the roster, or decide about it."""
    return access.is_hr or group_id in access.reach


def may_launch(access: Access) -> bool:
    """Tell whether a person may launch a survey at all."""
    return access.is_hr or bool(access.leads)


def _seen(access: Access, survey: Survey) -> Seen:
    counted = survey.state in _RESULTS
    return Seen(
        survey=survey,
        may_decide=may_launch_for(access, survey.scope_id),
        has_result=counted and (access.is_hr or survey.state is State.PUBLISHED),
    )


def _sees(db: Session, access: Access, found: Sequence[Survey]) -> set[str]:
    if access.is_hr:
        return {survey.id for survey in found}
    seen = {survey.id for survey in found if survey.scope_id in access.reach}
    seen |= set(
        db.scalars(
            select(SurveyGroup.survey_id)
            .where(SurveyGroup.group_id.in_(access.leads))
            .distinct()
        )
    )
    return seen | _to_come(db, access, [survey for survey in found if survey.id not in seen])


def _to_come(db: Session, access: Access, found: Sequence[Survey]) -> set[str]:
    """Find the surveys of groups above that have no tree yet, and will ask a group they lead."""
    scopes = {s.id: s.scope_id for s in found if s.state is State.PREPARING}
    if not scopes or not access.leads:
        return set()
    named = select(Group.id, Group.path).where(Group.id.in_({*scopes.values(), *access.leads}))
    path_of = {row.id: row.path for row in db.execute(named)}
    led = [path_of[name] for name in access.leads if name in path_of]
    return {
        survey
        for survey, scope in scopes.items()
        if scope in path_of and any(is_within(path, path_of[scope]) for path in led)
    }


def _unknown() -> NotFoundError:
    return NotFoundError(
        "There is no such survey, or it is not yours to see. Nothing was changed."
    )
