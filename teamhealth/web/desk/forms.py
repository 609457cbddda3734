"""The desk's forms about accounts: signing in, setting up, passwords, language, who has access."""

from wtforms import EmailField, Field, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from teamhealth.accounts.addresses import LONGEST, is_address, plain_address
from teamhealth.accounts.passwords import LEAST, MOST
from teamhealth.i18n import messages
from teamhealth.i18n.languages import name_of
from teamhealth.i18n.signs import has_unseen
from teamhealth.web.desk.speaking import gettext, lazy
from teamhealth.web.desk.spoken_forms import SignedForm, at_most


def is_email(_form: SignedForm, field: Field) -> None:
    """Refuse what cannot be an e-mail address."""
    if not is_address(plain_address(field.data or "")):
        raise ValidationError(gettext("This does not look like an e-mail address."))


def is_seen(_form: SignedForm, field: Field) -> None:
    """Refuse signs with which a name would read as another."""
    if has_unseen(field.data or ""):
        raise ValidationError(gettext("This holds invisible signs. Please write it by hand."))


EMAIL = (InputRequired(lazy("Please give an e-mail address.")), at_most(LONGEST), is_email)
NAME = (DataRequired(lazy("Please give a name.")), at_most(200), is_seen)
NEW_PASSWORD = (
    InputRequired(lazy("Please choose a password.")),
    Length(
        min=LEAST,
        max=MOST,
        message=lazy(
            "Please choose %(least)s characters or more, %(most)s at most.",
            least=LEAST,
            most=MOST,
        ),
    ),
)
_RULE = lazy(
    "%(least)s characters or more; any will do. A few words in a row are easy to remember.",
    least=LEAST,
)


class SignIn(SignedForm):
    """Address and password. ``next`` is the page somebody wanted to see."""

    email = EmailField(
        lazy("Work e-mail"), [InputRequired(lazy("Please give your e-mail address."))]
    )
    password = PasswordField(
        lazy("Password"), [InputRequired(lazy("Please give your password."))]
    )
    next = HiddenField()


class FirstSetUp(SignedForm):
    """The first account of HR, whose address nobody knows yet."""

    name = StringField(lazy("Your name"), NAME)
    email = EmailField(lazy("Work e-mail"), EMAIL)
    password = PasswordField(lazy("Password"), NEW_PASSWORD, description=_RULE)


class SetUp(SignedForm):
    """An account that HR made."""

    name = StringField(lazy("Your name"), NAME)
    password = PasswordField(lazy("Password"), NEW_PASSWORD, description=_RULE)


class NewPassword(SignedForm):
    """Another password, by somebody who knows the present one."""

    present = PasswordField(
        lazy("Current password"), [InputRequired(lazy("Please give your current password."))]
    )
    password = PasswordField(lazy("New password"), NEW_PASSWORD, description=_RULE)


class OwnLanguage(SignedForm):
    """The language in which an account is spoken to; empty for the browser's."""

    language = SelectField(
        lazy("Language of these pages"),
        description=lazy("Letters to you about results come in it, too."),
    )

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        ours = [SelectChoice(one, name_of(one)) for one in messages.OFFERED]
        self.language.choices = [SelectChoice("", gettext("As my browser asks")), *ours]


class NewAccount(SignedForm):
    """Somebody who is to have access."""

    name = StringField(lazy("Name"), NAME)
    email = EmailField(lazy("Work e-mail"), EMAIL)
    role = SelectField(
        lazy("May see"),
        choices=[
            SelectChoice(value="leader", label=lazy("the groups they lead, and those below")),
            SelectChoice(value="hr", label=lazy("everything, and manage it: HR")),
        ],
        description=lazy("Who leads which group stands in the roster."),
    )
