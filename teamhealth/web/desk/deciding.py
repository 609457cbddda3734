"""Deciding about a survey from the screen: extend, close now, cancel, publish.

Each decision has a page that says what will happen, and a button. Promise: what is
decided is a state in the database and no more; the worker does what follows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import DateField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from teamhealth import clock
from teamhealth.campaigns import deciding
from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import RefusedError
from teamhealth.web.desk import moments, publishing, rights
from teamhealth.web.desk.current import access
from teamhealth.web.desk.facts import of_wording
from teamhealth.web.desk.speaking import gettext, language, lazy, render
from teamhealth.web.desk.spoken_forms import Form, at_most
from teamhealth.web.wiring import wired

decisions = Blueprint("decisions", __name__)

_ADDRESS = "/desk/surveys/<survey_id>/<any(extend, close, cancel, publish):what>"
_REASON = 300


class ConfirmForm(Form):
    """Nothing but the button."""


class ExtendForm(Form):
    """The new closing date."""

    closes = DateField(
        lazy("New closing date"), [InputRequired(lazy("Choose the new closing date."))]
    )


class CancelForm(Form):
    """What everybody invited is told."""

    reason = TextAreaField(
        lazy("Reason, for those invited"),
        [
            DataRequired(lazy("Tell those who were invited why, in a sentence.")),
            at_most(_REASON),
        ],
    )


@dataclass(frozen=True, slots=True)
class _Decision:
    """In which states it can be taken, what is asked, what it does, and what is said afterwards."""

    states: tuple[State, ...]
    form: type[Form]
    act: Callable[[Session, Survey, Form, datetime], str]


def _extend(db: Session, survey: Survey, form: Form, now: datetime) -> str:
    wanted = _closes_at(survey, form.closes.data)
    if wanted != survey.closes_at:  # sent twice, it is decided once
        deciding.extend(db, survey.id, wanted, now=now)
    return gettext(
        "It now closes on %(day)s, %(hour)s. Everybody invited by letter is told.",
        day=moments.day(wanted, language()),
        hour=moments.hour(wanted, language()),
    )


def _close(db: Session, survey: Survey, _form: Form, now: datetime) -> str:
    deciding.close_now(db, survey.id, now=now)
    if survey.trustee:
        return gettext(
            "No answer is taken any more. Only %(trustee)s can open them.",
            trustee=survey.trustee["name"],
        )
    return gettext("No answer is taken any more. The count begins by itself.")


def _cancel(db: Session, survey: Survey, form: Form, now: datetime) -> str:
    reason = " ".join((form.reason.data or "").split()) if "reason" in form else ""
    was_open = survey.state is not State.PREPARING
    deciding.cancel(db, survey.id, reason=reason, now=now)
    if not was_open:
        return gettext("The survey is cancelled. Nobody was invited.")
    return gettext("The survey is cancelled. Its answers are destroyed unread.")


_BEFORE_THE_COUNT = (State.PREPARING, State.OPEN, State.CLOSING, State.AWAITING_TRUSTEE)
_DECISIONS = {
    "extend": _Decision((State.OPEN,), ExtendForm, _extend),
    "close": _Decision((State.OPEN,), ConfirmForm, _close),
    "cancel": _Decision(_BEFORE_THE_COUNT, CancelForm, _cancel),
    "publish": _Decision((State.COUNTED,), publishing.PublishForm, publishing.publish),
}


@decisions.get(_ADDRESS)
def ask(survey_id: str, what: str) -> ResponseReturnValue:
    """Say what a decision means; where it can no longer be taken, the survey's page says why."""
    with wired().database.read() as db:
        survey = rights.decided(db, access(), survey_id)
        if not _can(survey, what):
            return redirect(_page_of(survey_id), 303)
        return _asked(db, survey, what, _form(survey, what))


@decisions.post(_ADDRESS)
def decide(survey_id: str, what: str) -> ResponseReturnValue:
    """Take a decision; RefusedError if the survey has gone on meanwhile."""
    with wired().database.write() as db:
        survey = rights.decided(db, access(), survey_id)
        form = _form(survey, what)
        if not form.validate():
            return _asked(db, survey, what, form), 400
        try:
            told = _DECISIONS[what].act(db, survey, form, clock.now())
        except RefusedError as refusal:
            if not _can(survey, what):
                raise
            return _asked(db, survey, what, form, refusal=str(refusal)), 409
        db.commit()
    flash(told)
    return redirect(_page_of(survey_id), 303)


def _can(survey: Survey, what: str) -> bool:
    if what == "extend" and survey.closes_at >= survey.closes_latest:
        return False
    return survey.state in _DECISIONS[what].states


def _form(survey: Survey, what: str) -> Form:
    kind = _DECISIONS[what].form
    if kind is CancelForm and survey.state is State.PREPARING:
        kind = ConfirmForm  # nobody was invited, so nobody is told
    proposed = {"closes": _proposed(survey)}
    return kind(request.form or None, data=proposed)


def _asked(db: Session, survey: Survey, what: str, form: Form, *, refusal: str = "") -> str:
    now = clock.now()
    return render(
        f"desk/surveys/decide/{what}.html",
        survey=survey,
        facts=of_wording(instrument_of(survey)),
        form=form,
        refusal=refusal,
        earliest=max(survey.closes_at, now).date(),
        **(publishing.told(db, survey, now) if what == "publish" else {}),
    )


def _proposed(survey: Survey) -> date:
    return min(survey.closes_at + timedelta(days=7), survey.closes_latest).date()


def _closes_at(survey: Survey, chosen: date) -> datetime:
    """Return the end of a day, or on the last day possible the moment that was promised."""
    end = moments.end_of(chosen)
    if chosen == survey.closes_latest.date():
        return min(end, survey.closes_latest)
    return end


def _page_of(survey_id: str) -> str:
    return url_for("surveys.one", survey_id=survey_id)
