"""Paper slips at the desk: print those of one group, once, and make leftovers void.

Promises: for HR alone, because whoever reads a code can answer with it; the codes go into
the answer to that one click and are stored nowhere; what is made void answers the same
whether or not it was used.
"""

import secrets

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, NumberRange, Optional

from teamhealth import logs
from teamhealth.campaigns.models import State, Survey
from teamhealth.credentials.codes import from_code
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.i18n.languages import name_of
from teamhealth.invitations import slips as paper
from teamhealth.outlets.print_slips import slips_pdf
from teamhealth.web.desk import rights
from teamhealth.web.desk.choosing import LISTED
from teamhealth.web.desk.current import access, hr_only
from teamhealth.web.desk.speaking import gettext, lazy, render, words_of
from teamhealth.web.desk.spoken_forms import Form, at_most
from teamhealth.web.wiring import wired

slips = Blueprint("slips", __name__, url_prefix="/desk/surveys/<survey_id>/slips")

_REFUSALS = (RefusedError, NotFoundError)
_PATH, _CODES, _MOST = 1000, 4000, 10_000


_GROUP = (DataRequired(lazy("Choose the group.")), at_most(_PATH))


class PrintForm(Form):
    """Whose slips, how many, in which language."""

    group = StringField(lazy("Group"), _GROUP)
    count = IntegerField(
        lazy("How many"),
        [
            Optional(),
            NumberRange(1, _MOST, lazy("Give a number from 1 on, or leave it empty.")),
        ],
        description=lazy(
            "Empty: one for everybody on paper, and all spare seats that are left. Fewer keeps "
            "spare seats for people who come late."
        ),
    )
    language = RadioField(lazy("Language"), [DataRequired(lazy("Choose a language."))])

    def __init__(self, given: MultiDict[str, str] | None, *, languages: list[str]) -> None:
        super().__init__(given, data={"language": languages[0]})
        self.language.choices = [SelectChoice(one, name_of(one)) for one in languages]


class VoidForm(Form):
    """Whose leftovers, and which codes if not all."""

    group = StringField(lazy("Group"), _GROUP)
    codes = StringField(
        lazy("Only these codes"),
        [at_most(_CODES)],
        description=lazy("Empty: all slips of the group that nobody used."),
    )


@slips.get("")
@hr_only
def ask(survey_id: str) -> ResponseReturnValue:
    """Show what there is to print; a survey that is not open goes to its own page."""
    with wired().database.read() as db:
        survey = rights.decided(db, access(), survey_id)
        if survey.state is not State.OPEN:
            return redirect(url_for("surveys.one", survey_id=survey_id), 303)
        return _shown(db, survey)


@slips.post("")
@hr_only
def press(survey_id: str) -> ResponseReturnValue:
    """Print slips of a group and give them, once."""
    with wired().database.read() as db:
        survey = rights.decided(db, access(), survey_id)
        form = PrintForm(request.form, languages=survey.languages)
        if not form.validate():
            return _shown(db, survey, form), 400
        try:
            group = paper.supply(db, survey, form.group.data)
            batch = paper.draw(survey, group, form.count.data, random=secrets.token_bytes)
        except _REFUSALS as refusal:
            return _shown(db, survey, form, refusal=words_of(refusal)), 409
    body = slips_pdf(survey, [batch], form.language.data)
    with wired().database.write() as db:
        try:
            paper.store(db, survey_id, [batch])
        except RefusedError as refusal:
            db.rollback()
            return _shown(db, survey, form, refusal=words_of(refusal)), 409
        db.commit()
    logs.event("slips_printed", survey=survey_id)
    response = Response(body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="slips-{survey_id}.pdf"'
    return response


@slips.post("/void")
@hr_only
def void(survey_id: str) -> ResponseReturnValue:
    """Make leftovers void; the words that follow are the same for all."""
    form = VoidForm(request.form)
    with wired().database.write() as db:
        survey = rights.decided(db, access(), survey_id)
        if not form.validate():
            return _shown(db, survey, voiding=form), 400
        try:
            _void(db, survey, form)
        except _REFUSALS as refusal:
            db.rollback()
            return _shown(db, survey, voiding=form, refusal=words_of(refusal)), 409
        db.commit()
    flash(
        gettext(
            "Done: these slips can no longer be used. If an answer was given with one, it stays; "
            "nobody is told whether one was."
        )
    )
    return redirect(url_for("surveys.slips.ask", survey_id=survey_id), 303)


def _void(db: Session, survey: Survey, form: VoidForm) -> None:
    typed = (form.codes.data or "").replace(",", " ").split()
    tokens = [from_code(code) for code in typed]
    known = [token for token in tokens if token]
    if len(known) < len(tokens):
        raise RefusedError(
            gettext(
                "A code of a slip has 16 letters and digits, and is written without spaces here. "
                "Nothing was changed."
            )
        )
    if known:
        paper.void(db, survey.id, known)
    else:
        paper.void_rest(db, survey.id, paper.supply(db, survey, form.group.data).group_id)


def _shown(
    db: Session,
    survey: Survey,
    form: PrintForm | None = None,
    *,
    voiding: VoidForm | None = None,
    refusal: str = "",
) -> str:
    found = paper.supplies(db, survey)
    return render(
        "desk/surveys/slips.html",
        survey=survey,
        form=form or PrintForm(None, languages=survey.languages),
        voiding=voiding or VoidForm(),
        refusal=refusal,
        supplies=[one for one in found if one.on_paper or one.printed],
        paths=[one.path for one in found] if len(found) <= LISTED else [],
    )
