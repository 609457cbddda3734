"""The form with which somebody makes a token for a program."""

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from teamhealth.accounts.api_tokens import LONGEST
from teamhealth.web.desk.forms import is_seen
from teamhealth.web.desk.speaking import lazy
from teamhealth.web.desk.spoken_forms import SignedForm, at_most


class NewToken(SignedForm):
    """What the token is for, and for how long it is valid."""

    label = StringField(
        lazy("What it is for"),
        [
            DataRequired(lazy("Please say what it is for.")),
            at_most(LONGEST),
            is_seen,
        ],
        description=lazy("For yourself, so that you know later which one to end."),
    )
    months = SelectField(
        lazy("Valid for"),
        choices=[
            SelectChoice(value="1", label=lazy("1 month")),
            SelectChoice(value="3", label=lazy("3 months")),
            SelectChoice(value="12", label=lazy("12 months")),
        ],
        default="3",
        description=lazy("After that it ends by itself."),
    )
