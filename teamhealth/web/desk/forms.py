"""The desk's forms about accounts: signing in, setting up, passwords, who has access."""

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from teamhealth.accounts.addresses import LONGEST, is_address, plain_address
from teamhealth.accounts.passwords import LEAST, MOST
from teamhealth.i18n.signs import has_unseen


def is_email(_form: FlaskForm, field: Field) -> None:
    """Refuse what cannot be an e-mail address."""
    if not is_address(plain_address(field.data or "")):
        raise ValidationError("This does not look like an e-mail address.")


def is_seen(_form: FlaskForm, field: Field) -> None:
    """Refuse signs with which a name would read as another."""
    if has_unseen(field.data or ""):
        raise ValidationError("This holds invisible signs. Please write it by hand.")


EMAIL = (InputRequired("Please give an e-mail address."), Length(max=LONGEST), is_email)
NAME = (DataRequired("Please give a name."), Length(max=200), is_seen)
NEW_PASSWORD = (
    InputRequired("Please choose a password."),
    Length(
        min=LEAST,
        max=MOST,
        message=f"Please choose {LEAST} characters or more, {MOST} at most.",
    ),
)
_RULE = f"{LEAST} characters or more; any will do. A few words in a row are easy to remember."


class SignIn(FlaskForm):
    """Address and password. ``next`` is the page somebody wanted to see."""

    email = EmailField("Work e-mail", [InputRequired("Please give your e-mail address.")])
    password = PasswordField("Password", [InputRequired("Please give your password.")])
    next = HiddenField()


class FirstSetUp(FlaskForm):
    """The first account of HR, whose address nobody knows yet."""

    name = StringField("Your name", NAME)
    email = EmailField("Work e-mail", EMAIL)
    password = PasswordField("Password", NEW_PASSWORD, description=_RULE)


class SetUp(FlaskForm):
    """An account that HR made."""

    name = StringField("Your name", NAME)
    password = PasswordField("Password", NEW_PASSWORD, description=_RULE)


class NewPassword(FlaskForm):
    """Another password, by somebody who knows the present one."""

    present = PasswordField(
        "Present password", [InputRequired("Please give your present password.")]
    )
    password = PasswordField("New password", NEW_PASSWORD, description=_RULE)


class NewAccount(FlaskForm):
    """Somebody who is to have access."""

    name = StringField("Name", NAME)
    email = EmailField("Work e-mail", EMAIL)
    role = SelectField(
        "May see",
        choices=[
            SelectChoice(value="leader", label="the groups they lead, and those below"),
            SelectChoice(value="hr", label="everything, and manage it: HR"),
        ],
        description="Who leads which group stands in the roster.",
    )
