"""Somebody is wrong or missing in an open survey: one form for HR, and one answer to all of it.

Promise (law 9): the page lists nobody, and nothing on it depends on whether a person has
answered. It needs the person's address or name, which HR knows.
"""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from teamhealth import clock, logs
from teamhealth.accounts.addresses import LONGEST
from teamhealth.campaigns.lookup import groups_of
from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.invitations import correcting as putting_right
from teamhealth.web.desk import rights
from teamhealth.web.desk.choosing import LISTED
from teamhealth.web.desk.current import access, hr_only
from teamhealth.web.desk.speaking import gettext, lazy, render, words_of
from teamhealth.web.desk.spoken_forms import Form, at_most
from teamhealth.web.wiring import wired

correcting = Blueprint("correcting", __name__)

_ADDRESS = "/desk/surveys/<survey_id>/somebody"
_PATH = 1000


class CorrectionForm(Form):
    """Whom it is about and what to do; address and group where that needs one."""

    who = StringField(
        lazy("Who"),
        [DataRequired(lazy("Give the person’s address, or their name.")), at_most(LONGEST)],
        description=lazy("Their e-mail address as the roster has it, or their whole name."),
    )
    act = RadioField(
        lazy("What is wrong"),
        [InputRequired(lazy("Choose what is wrong."))],
        choices=[SelectChoice(act, act) for act in putting_right.ACTS],
    )
    address = StringField(lazy("New address"), [at_most(LONGEST)])
    group = StringField(lazy("New group"), [at_most(_PATH)])

    def validate_address(self, field: StringField) -> None:
        """Ask for the address where letters are to go."""
        if self.act.data == "readdress" and not (field.data or "").strip():
            raise ValidationError(gettext("Give the address to which the link is to go."))

    def validate_group(self, field: StringField) -> None:
        """Ask for the group into which somebody is moved."""
        if self.act.data == "move" and not (field.data or "").strip():
            raise ValidationError(
                gettext("Choose the group in which this person is to answer.")
            )


@correcting.get(_ADDRESS)
@hr_only
def ask(survey_id: str) -> ResponseReturnValue:
    """Show the form; a survey that is not open goes to its own page."""
    with wired().database.read() as db:
        survey = rights.decided(db, access(), survey_id)
        if survey.state is not State.OPEN:
            return redirect(url_for("surveys.one", survey_id=survey_id), 303)
        return _shown(db, survey, CorrectionForm())


@correcting.post(_ADDRESS)
@hr_only
def put_right(survey_id: str) -> ResponseReturnValue:
    """Do what was asked for; the words that follow are the same for everybody."""
    form = CorrectionForm(request.form)
    with wired().database.write() as db:
        survey = rights.decided(db, access(), survey_id)
        if not form.validate():
            return _shown(db, survey, form), 400
        try:
            _do(db, survey_id, form)
        except (RefusedError, NotFoundError) as refusal:
            db.rollback()
            return _shown(db, survey, form, refusal=words_of(refusal)), 409
        db.commit()
    logs.event("seat_changed", survey=survey_id, kind=form.act.data)
    flash(
        gettext(
            "Done. If an earlier link of this person was already used, that answer stays where it was; "
            "nobody is told whether it was."
        )
    )
    return redirect(url_for("surveys.correcting.ask", survey_id=survey_id), 303)


def _do(db: Session, survey_id: str, form: CorrectionForm) -> None:
    who, at = form.who.data, clock.now()
    match form.act.data:
        case "void":
            putting_right.void(db, survey_id, who, at=at)
        case "readdress":
            putting_right.readdress(db, survey_id, who, form.address.data, at=at)
        case "move":
            putting_right.move(db, survey_id, who, form.group.data, at=at)
        case _:
            putting_right.join(db, survey_id, who, at=at)


def _shown(db: Session, survey: Survey, form: CorrectionForm, *, refusal: str = "") -> str:
    paths = [group.path for group in groups_of(db, survey)]
    return render(
        "desk/surveys/somebody.html",
        survey=survey,
        form=form,
        refusal=refusal,
        paths=paths if len(paths) <= LISTED else [],
    )
