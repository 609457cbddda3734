"""Which surveys a person sees at the desk, about which they decide, and for whom they may launch one.

HR: all. A leader sees a survey that asks a group they lead, or that lies within one, and
decides only about the latter, which they could have launched. To others it does not exist.

Results come in stages: HR's when it is counted, the groups that a leader leads when it is
published, those below when the levels above are let in (``opened``, asked by every door).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from teamhealth import clock
from teamhealth.accounts.access import Access, Placed
from teamhealth.campaigns import releasing
from teamhealth.campaigns.models import State, Survey, SurveyGroup, SurveyLead
from teamhealth.campaigns.released import Release
from teamhealth.cells.audience import Viewer
from teamhealth.errors import NotFoundError
from teamhealth.roster.models import Group, Person
from teamhealth.roster.paths import is_within
from teamhealth.web.desk.speaking import gettext


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
    ours = [survey for survey in rows if survey.id in found]
    readable = _has_result(db, access, ours)
    return [_seen(access, survey, has_result=survey.id in readable) for survey in ours]


def survey(db: Session, access: Access, survey_id: str) -> Seen:
    """Return one survey; NotFoundError if there is none or it is not this person's to see."""
    found = db.get(Survey, survey_id)
    if found is None or found.id not in _sees(db, access, [found]):
        raise _unknown()
    return _seen(access, found, has_result=bool(_has_result(db, access, [found])))


def decided(db: Session, access: Access, survey_id: str) -> Survey:
    """Return a survey this person may decide about; NotFoundError for any other."""
    found = db.get(Survey, survey_id)
    if found is None or not may_launch_for(access, found.scope_id):
        raise _unknown()
    return found


def opened(
    db: Session, access: Access, survey: Survey, groups: Iterable[Placed]
) -> frozenset[str]:
    """Return the ids of those of a survey's groups whose result this person may read now.

    The one place that decides it: pages, reports, files and the interface for programs ask here.
    """
    if not _is_readable(access, survey):
        return frozenset()
    if access.is_hr or below_from(db, survey) is None:
        return access.opened(groups)
    return access.led(groups)


def below_from(db: Session, survey: Survey) -> datetime | None:
    """Return from when leaders see the groups below theirs; None if they do, or nothing is published."""
    if survey.state is not State.PUBLISHED:
        return None
    return releasing.withheld_until(releasing.of(db, survey.id), now=clock.now())


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


def _seen(access: Access, survey: Survey, *, has_result: bool) -> Seen:
    return Seen(
        survey=survey,
        may_decide=may_launch_for(access, survey.scope_id),
        has_result=has_result,
    )


def _is_readable(access: Access, survey: Survey) -> bool:
    return survey.state is State.PUBLISHED or (access.is_hr and survey.state is State.COUNTED)


def _has_result(db: Session, access: Access, found: Sequence[Survey]) -> set[str]:
    """Find those of a person's surveys of whose result there is a part for them now."""
    readable = {survey.id for survey in found if _is_readable(access, survey)}
    if access.is_hr or not readable:
        return readable
    early = set(
        db.scalars(
            select(Release.survey_id).where(
                Release.survey_id.in_(readable), Release.above_from > clock.now()
            )
        )
    )
    return (readable - early) | (_led(db, access) & readable)


def _led(db: Session, access: Access) -> set[str]:
    """Find the surveys that ask a group this person leads themselves."""
    asked = select(SurveyGroup.survey_id).where(SurveyGroup.group_id.in_(access.leads))
    return set(db.scalars(asked.distinct()))


def _sees(db: Session, access: Access, found: Sequence[Survey]) -> set[str]:
    if access.is_hr:
        return {survey.id for survey in found}
    seen = {survey.id for survey in found if survey.scope_id in access.reach}
    seen |= _led(db, access)
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
        gettext("There is no such survey, or it is not yours to see. Nothing was changed.")
    )
