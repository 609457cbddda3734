"""What is chosen when a result is published: who reads it when, and who is told by letter."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, StringField
from wtforms.validators import ValidationError

from teamhealth.accounts.leaders import leaders
from teamhealth.campaigns import deciding, releasing
from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.campaigns.releasing import AHEAD, EVERYBODY, LEADERS, Choices
from teamhealth.web.desk.speaking import gettext, lazy
from teamhealth.web.desk.spoken_forms import Form, at_most

_REASON = 300


class PublishForm(Form):
    """The stages, the letters, and what is enclosed."""

    letters = BooleanField(
        lazy("Tell the leaders by letter"),
        default=True,
        description=lazy(
            "Each leader with an account gets one letter, in their language, with a link to the "
            "desk. Those whose group has no result are told so, and get a guide for a talk."
        ),
    )
    talk = BooleanField(
        lazy("Ask them after ten days whether they have talked"),
        default=True,
        description=lazy("One letter to the leader alone. Nobody hears whether they did."),
    )
    enclose_leaders = BooleanField(
        lazy("Put the PDF into the leaders’ letters"),
        description=lazy(
            "Without comments and without what is said about the leader: mail is read by "
            "deputies and lies on servers. Everything is at the desk."
        ),
    )
    at_once = BooleanField(
        lazy("Let the levels above see everything at once"),
        description=lazy(
            "The summary for everybody then goes out two working days earlier, too."
        ),
    )
    because = StringField(
        lazy("Why nobody has to wait"),
        [at_most(_REASON)],
        description=lazy("A sentence. It stands on the survey’s page."),
    )
    summary = BooleanField(
        lazy("Send everybody who was asked a summary"),
        description=lazy(
            "A letter of a few sentences about the whole, to all whom the roster now has in the "
            "groups that were asked. It says the same to everybody."
        ),
    )
    enclose_summary = BooleanField(lazy("Put the summary of one page into that letter as PDF"))

    def validate_because(self, field: StringField) -> None:
        """Ask for the sentence where the tick is set."""
        if self.at_once.data and not (field.data or "").strip():
            raise ValidationError(
                gettext("Say in a sentence why the levels above see everything at once.")
            )


def publish(db: Session, survey: Survey, form: Form, now: datetime) -> str:
    """Publish with what was chosen; say what happens."""
    deciding.publish(db, survey.id, _choices(form), now=now)
    if form.letters.data:
        return gettext("The result is published. The letters to the leaders go out now.")
    return gettext("The result is published. No letter tells the leaders: tell them yourself.")


def told(db: Session, survey: Survey, now: datetime) -> dict[str, Any]:
    """Return what the page tells beforehand: the days, and how many leaders can be written to."""
    asked = select(SurveyGroup.group_id).where(SurveyGroup.survey_id == survey.id)
    found = leaders(db, asked)
    above = releasing.working_days_after(now, AHEAD)
    return {
        "above": above,
        "everybody": releasing.working_days_after(above, AHEAD),
        "reachable": sum(one.has_account for one in found),
        "unreachable": sum(not one.has_account for one in found),
    }


def _choices(form: Form) -> Choices:
    encloses = {
        LEADERS: form.letters.data and form.enclose_leaders.data,
        EVERYBODY: form.summary.data and form.enclose_summary.data,
    }
    return Choices(
        at_once_because=releasing.require_reason(form.at_once.data, form.because.data or ""),
        summary=form.summary.data,
        letters=form.letters.data,
        talk=form.talk.data,
        encloses=frozenset(name for name, ticked in encloses.items() if ticked),
    )
