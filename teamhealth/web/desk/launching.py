"""Launching a survey from the screen: a form, a page to check it, and the button.

The form and the check are addresses that can be gone back to and reloaded; nothing is
stored before the button. Promise: whatever ``campaigns.requesting`` refuses is told
beside the form, in its words.
"""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from teamhealth import clock
from teamhealth.campaigns import requesting
from teamhealth.campaigns.entrusting import PATIENCE
from teamhealth.campaigns.forecast import RATE, Forecast, forecast
from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import NotFoundError, RefusedError, WrongUseError
from teamhealth.instruments.asking import MOST
from teamhealth.roster.models import Group, Person
from teamhealth.trustee import parties
from teamhealth.trustee.parties import Trustee
from teamhealth.web.desk import outlook, rights
from teamhealth.web.desk.asking import questions
from teamhealth.web.desk.choosing import LISTED, SUGGESTED, choices
from teamhealth.web.desk.current import access
from teamhealth.web.desk.facts import of_wording
from teamhealth.web.desk.speaking import gettext, language, render
from teamhealth.web.desk.wishing import Wish, WishForm, proposed
from teamhealth.web.wiring import wired

launching = Blueprint("launching", __name__)

_REFUSALS = (RefusedError, WrongUseError, NotFoundError)
_RUNNING = (State.PREPARING, State.OPEN)


@launching.get("/desk/launch")
def form() -> ResponseReturnValue:
    """Show the form: as proposed, or as it was before the check."""
    return _shown(_form(request.args))


@launching.get("/desk/launch/check")
def check() -> ResponseReturnValue:
    """Show what the survey would be like; nothing is stored."""
    form = _form(request.args)
    if not form.validate():
        return _shown(form), 400
    return _checked(form)


def _checked(form: WishForm, *, refusal: str = "") -> ResponseReturnValue:
    """Show what the survey would be like, or the form where the rules refuse it."""
    wish = form.wish()
    try:
        expected = _rehearsed(wish)
    except _REFUSALS as against:
        return _shown(form, refusal=str(against)), 409
    rate = wired().settings.mail_rate
    page = render(
        "desk/surveys/launch/check.html",
        wish=wish,
        refusal=refusal,
        change=f"{url_for('surveys.launching.form')}?{urlencode(wish.fields())}",
        facts=of_wording(outlook.wording(wish)),
        latest=wish.closes_at + requesting.LATER,
        forecast=expected,
        table=outlook.table(expected),
        rate=RATE,
        minutes_of_mail=-(-(expected.people - expected.on_paper) // rate),
        patience=PATIENCE.days,
    )
    return page, 400 if refusal else 200


@launching.post("/desk/launch")
def launch() -> ResponseReturnValue:
    """Ask for the survey; the worker makes its keys and opens it."""
    form = _form(request.form)
    if not form.validate():
        return _shown(form), 400
    wish = form.wish()
    try:
        trustee = _trustee() if wish.with_trustee else None
    except WrongUseError as wrong:
        return _checked(form, refusal=str(wrong))
    try:
        with wired().database.write() as db:
            survey_id = _request(db, wish, trustee).id
            db.commit()
    except _REFUSALS as refusal:
        with wired().database.read() as db:
            twin = _twin(db, wish)
        if twin is None:
            return _shown(form, refusal=str(refusal)), 409
        survey_id = twin
    return redirect(url_for("surveys.one", survey_id=survey_id), 303)


def _form(given: MultiDict[str, str]) -> WishForm:
    """Read the form; NotFoundError for people who may not launch anything."""
    if not rights.may_launch(access()):
        raise NotFoundError(
            gettext(
                "Surveys are launched by HR, and by leaders for the groups they lead; by the roster you "
                "lead none. Nothing was stored. Ask HR if that is wrong."
            )
        )
    given = MultiDict(given)
    if picked := given.get("pick"):
        given["group"] = picked
    with wired().database.read() as db:
        offered = choices(db, access())
        usual = proposed(db, offered, now=clock.now())
        people = select(func.count()).select_from(Person).where(Person.on_paper)
        on_paper = db.scalar(people) or 0
    return WishForm(
        given or None,
        offered=offered,
        is_hr=access().is_hr,
        on_paper=on_paper,
        proposed=usual,
    )


def _shown(form: WishForm, *, refusal: str = "") -> str:
    if not form.offered:
        return render("desk/surveys/welcome.html")
    return render(
        "desk/surveys/launch/form.html",
        form=form,
        refusal=refusal,
        is_list=len(form.offered) <= LISTED,
        suggested=form.meant[:SUGGESTED] if len(form.meant) > 1 else [],
        forms={one.id: one for one in outlook.forms()},
        themes={one.id: one for one in outlook.themes(language())},
        questions={one.id: one for one in questions()},
        most=MOST,
        today=clock.now().date(),
        longest=requesting.LONGEST.days,
    )


def _trustee() -> Trustee:
    """Read the public file of a trustee that came with the form; WrongUseError if it is none."""
    file = request.files.get("trustee")
    return parties.from_file(file.read() if file else b"")


def _request(db: Session, wish: Wish, trustee: Trustee | None = None) -> Survey:
    return requesting.request(
        db,
        wired().settings,
        form=wish.form,
        title=wish.title,
        closes_at=wish.closes_at,
        at=clock.now(),
        scope_path=wish.scope_path,
        k=wish.k,
        languages=wish.languages,
        leader_theme=wish.leader_theme,
        leader_theme_reference=wish.leader_theme_reference,
        reminders=wish.reminders,
        themes=wish.themes,
        asks=wish.asks,
        trustee=trustee,
        paper_note=wish.paper_note,
        launched_by=access().email,
    )


def _rehearsed(wish: Wish) -> Forecast:
    """Go through every refusal as at the launch, without a commit; then forecast."""
    with wired().database.write() as db:
        _request(db, wish)
    with wired().database.read() as db:
        return forecast(db, wish.scope_path, wish.k)


def _twin(db: Session, wish: Wish) -> str | None:
    """Find the survey that the same person launched by pressing the button before this time."""
    return db.scalar(
        select(Survey.id)
        .join(Group, Group.id == Survey.scope_id)
        .where(
            Survey.state.in_(_RUNNING),
            Survey.launched_by == access().email,
            Survey.title == wish.title,
            Survey.form == wish.form,
            Survey.closes_at == wish.closes_at,
            Group.path == wish.scope_path,
        )
        .limit(1)
    )
