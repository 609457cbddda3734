"""The desk's pages about surveys: all a person sees, and each of them in its state.

Every state has a template of its own, which words it. Where only one survey goes on, it
is the overview: whoever comes to the desk has come for that one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, Response, make_response, request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.campaigns import releasing, reminding
from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.roster.models import Group, Person
from teamhealth.web.desk import moments, rights
from teamhealth.web.desk.branch import look_into
from teamhealth.web.desk.correcting import correcting
from teamhealth.web.desk.current import access
from teamhealth.web.desk.deciding import decisions
from teamhealth.web.desk.facts import facts_of
from teamhealth.web.desk.launching import launching
from teamhealth.web.desk.rights import Seen
from teamhealth.web.desk.slips import slips
from teamhealth.web.desk.speaking import render
from teamhealth.web.desk.taking_part import QUIET, Turnout, turnout
from teamhealth.web.desk.trustees import standing, trustees
from teamhealth.web.wiring import wired

surveys = Blueprint("surveys", __name__)
surveys.register_blueprint(launching)
surveys.register_blueprint(decisions)
surveys.register_blueprint(correcting)
surveys.register_blueprint(slips)
surveys.register_blueprint(trustees)

OVER = (State.PUBLISHED, State.CANCELLED)
"""The states in which nobody waits for anything any more."""

PATIENCE = timedelta(minutes=10)
"""So long the worker may take before the page wonders about it."""

_AT_WORK = (State.PREPARING, State.CLOSING)
_LOOK_AGAIN = "15"  # seconds
_RECENT = 12


@surveys.get("/desk/surveys")
def overview() -> Response:
    """Show what goes on and what was before."""
    with wired().database.read() as db:
        seen = rights.surveys(db, access())
        going_on = [one for one in seen if one.survey.state not in OVER]
        over = [one for one in seen if one.survey.state in OVER]
        if len(going_on) == 1:
            return _survey(db, going_on[0], over=over)
        people, groups = _roster(db)
    page = "overview" if seen else "none" if groups else "welcome"
    return make_response(
        render(
            f"desk/surveys/{page}.html",
            going_on=going_on,
            **_past(over),
            people=people,
            groups=groups,
            may_launch=rights.may_launch(access()),
        )
    )


@surveys.get("/desk/past")
def past() -> Response:
    """Show all surveys that are over."""
    with wired().database.read() as db:
        over = [one for one in rights.surveys(db, access()) if one.survey.state in OVER]
    return make_response(render("desk/surveys/past.html", over=over))


@surveys.get("/desk/surveys/<survey_id>")
def one(survey_id: str) -> Response:
    """Show one survey."""
    with wired().database.read() as db:
        return _survey(db, rights.survey(db, access(), survey_id))


def _survey(db: Session, seen: Seen, *, over: Sequence[Seen] = ()) -> Response:
    survey, now = seen.survey, clock.now()
    trust = standing(db, survey)
    is_late = _is_late(seen, now)
    response = make_response(
        render(
            f"desk/surveys/one/{survey.state.value}.html",
            survey=survey,
            facts=facts_of(db, survey),
            may_decide=seen.may_decide,
            has_result=seen.has_result,
            left=moments.days_until(survey.closes_at, now=now),
            reminder=reminding.due(survey),
            quiet_from=survey.closes_at - QUIET,
            is_quiet=now > survey.closes_at - QUIET,
            is_late=is_late,
            turnout=_turnout(db, survey),
            trust=trust,
            on_paper=_on_paper(db, survey),
            release=releasing.of(db, survey.id),
            now=now,
            **_past(over),
            may_launch=rights.may_launch(access()),
        )
    )
    if trust.is_checking if trust else survey.state in _AT_WORK and not is_late:
        response.headers["Refresh"] = _LOOK_AGAIN
    return response


def _turnout(db: Session, survey: Survey) -> Turnout | None:
    """Return the part of the tree that was asked for, as long as there is something to tell."""
    if survey.state is not State.OPEN:
        return None
    branch, page = request.args.get("group", ""), request.args.get("page", 1, type=int)
    return look_into(turnout(db, access(), survey), branch, page)


def _on_paper(db: Session, survey: Survey) -> tuple[int, int]:
    """Count the people who get a paper slip, and the groups in which they answer."""
    groups = select(func.sum(SurveyGroup.on_paper), func.count()).where(
        SurveyGroup.survey_id == survey.id, SurveyGroup.on_paper > 0
    )
    people, count = db.execute(groups).one()
    return people or 0, count


def _past(over: Sequence[Seen]) -> dict[str, object]:
    return {"over": over[:_RECENT], "older": len(over[_RECENT:])}


def _is_late(seen: Seen, now: datetime) -> bool:
    survey = seen.survey
    since = survey.closed_at if survey.state is State.CLOSING else survey.created_at
    return bool(survey.trouble) or (since is not None and now > since + PATIENCE)


def _roster(db: Session) -> tuple[int, int]:
    """Count people and groups of the roster."""
    people = db.scalar(select(func.count()).select_from(Person)) or 0
    return people, db.scalar(select(func.count()).select_from(Group)) or 0
