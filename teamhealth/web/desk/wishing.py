"""The form of a new survey: what somebody wishes for, read into one frozen wish.

The rules are ``campaigns.requesting``'s. Here only what cannot be read is refused, beside
its field; a form that was never filled in proposes what most want.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectChoice,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from teamhealth.campaigns.models import Audience
from teamhealth.campaigns.requesting import LEAST_K, LONGEST_NOTE, MOST_K
from teamhealth.i18n.languages import LANGUAGES, name_of
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library
from teamhealth.roster.models import Person
from teamhealth.web.desk import asking, moments
from teamhealth.web.desk.asking import AskForm, Ticks
from teamhealth.web.desk.choosing import LISTED, Choice, matching
from teamhealth.web.desk.speaking import gettext, language, lazy
from teamhealth.web.desk.spoken_forms import Form, at_most

USUAL_FORM = "quarterly"
OWN_AUDIENCES = (Audience.OFF, Audience.LEADER)
"""What leaders may choose: who else sees what is said about leaders is for HR to agree."""

_TITLE, _REFERENCE = 120, 200


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything ``requesting.request`` is asked, as one person chose it."""

    title: str
    form: str
    scope_path: str
    closes_at: datetime
    k: int
    languages: tuple[str, ...]
    themes: tuple[str, ...] | None
    asks: tuple[Ask, ...]
    leader_theme: Audience
    leader_theme_reference: str
    reminders: bool
    with_trustee: bool
    paper_note: str

    def fields(self) -> list[tuple[str, str]]:
        """Return it as names and values of the form, for the page that comes next."""
        return [
            ("title", self.title),
            ("form", self.form),
            ("group", self.scope_path),
            ("closes", f"{self.closes_at:%Y-%m-%d}"),
            ("k", str(self.k)),
            *(("languages", language) for language in self.languages),
            *(("themes", theme) for theme in self.themes or ()),
            *asking.fields(self.asks),
            ("leader_theme", self.leader_theme.value),
            ("leader_theme_reference", self.leader_theme_reference),
            ("reminders", "yes" if self.reminders else "no"),
            *([("with_trustee", "y")] if self.with_trustee else []),
            *([("paper_note", self.paper_note)] if self.paper_note else []),
        ]


def _at_least_one(_form: Form, field: Ticks) -> None:
    if not field.data:
        raise ValidationError(gettext("Choose at least one language."))


class WishForm(Form):
    """The fields; ``meant`` are groups among which somebody still has to choose.

    ``about`` holds the fields about what people may tell of themselves.
    """

    title = StringField(
        lazy("Title"),
        [
            DataRequired(
                lazy("Give the survey a title, which people will read in their invitation.")
            ),
            at_most(_TITLE),
        ],
    )
    form = RadioField(lazy("Form"), [InputRequired(lazy("Choose a form."))])
    group = StringField(lazy("Who is asked"))
    closes = DateField(
        lazy("Closes at the end of"),
        [InputRequired(lazy("Choose the day on which the survey closes."))],
    )
    k = RadioField(lazy("Smallest group"), [InputRequired(lazy("Choose the smallest group."))])
    languages = Ticks(lazy("Languages"), [_at_least_one])
    themes = Ticks(lazy("Themes"), [Optional()])
    reminders = RadioField(
        lazy("One reminder"),
        [Optional()],
        choices=[
            SelectChoice("yes", lazy("Three days before the close")),
            SelectChoice("no", lazy("None")),
        ],
    )
    leader_theme = RadioField(
        lazy("What is said about leaders"), [InputRequired(lazy("Choose who may see it."))]
    )
    leader_theme_reference = StringField(
        lazy("Where that was agreed"),
        [at_most(_REFERENCE)],
        description=lazy(
            "Only if it is shown as agreed, such as “Works agreement of 3 May 2026, §4”."
        ),
    )
    paper_note = StringField(
        lazy("When and where people on paper can answer in paid time"),
        [at_most(LONGEST_NOTE)],
        description=lazy(
            "Printed on their slips, such as “Tuesday and Thursday 13:30–14:00, training room 2”. "
            "Left empty, the slips have lines to write it on."
        ),
    )
    with_trustee = BooleanField(
        lazy("A trustee opens the answers"),
        description=lazy(
            "Such as the works council: it makes the key on its own computer, and nobody here, "
            "nor anybody who runs this server, can open an answer. You need its file trustee.public.json."
        ),
    )

    def __init__(
        self,
        given: MultiDict[str, str] | None,
        *,
        offered: Sequence[Choice],
        is_hr: bool,
        on_paper: int = 0,
        proposed: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(given, data=proposed)
        self.offered, self.is_hr, self.on_paper = offered, is_hr, on_paper
        self.meant: list[Choice] = []
        self.about = AskForm(given)
        if len(offered) > LISTED:
            self.group.description = gettext(
                "One of %(n)s groups: write its name, a part of it, or its whole path.",
                n=moments.number(len(offered), language()),
            )
        bank = library()
        self.form.choices = _choices((name, name) for name in bank.forms)
        self.k.choices = _choices((str(k), str(k)) for k in range(LEAST_K, MOST_K + 1))
        self.languages.choices = _choices((one, name_of(one)) for one in LANGUAGES)
        self.themes.choices = _choices((one.id, one.id) for one in bank.themes)
        allowed = Audience if is_hr else OWN_AUDIENCES
        self.leader_theme.choices = _choices((one.value, one.value) for one in allowed)

    def validate_group(self, field: StringField) -> None:
        """Find the one group that is meant."""
        self.meant = matching(self.offered, field.data or "")
        if not (field.data or "").strip():
            raise ValidationError(gettext("Choose the group that is asked."))
        if not self.meant:
            raise ValidationError(
                gettext(
                    "There is no group “%(name)s” that you may ask. "
                    "Write its name or its whole path as in the roster.",
                    name=field.data.strip(),
                )
            )
        if len(self.meant) > 1:
            raise ValidationError(
                gettext(
                    "%(n)s groups could be meant. Choose one, or write more of its path.",
                    n=moments.number(len(self.meant), language()),
                )
            )

    def validate_leader_theme_reference(self, field: StringField) -> None:
        """Ask for it beside the field; ``requesting`` would refuse it at the top of the page."""
        if self.leader_theme.data == Audience.AGREED and not (field.data or "").strip():
            raise ValidationError(gettext("Say where that was agreed; people will read it."))

    @property
    def is_unusual(self) -> bool:
        """Tell whether something is chosen, or wrong, that most leave as it is."""
        further = ("k", "leader_theme", "leader_theme_reference", "themes", "reminders")
        return bool(
            any(self[name].errors for name in further)
            or self.k.data != str(LEAST_K)
            or self.leader_theme.data != Audience.LEADER
            or self.themes.data
            or self.about.asks()
            or self.reminders.data == "no"
            or self.with_trustee.data
        )

    def wish(self) -> Wish:
        """Return what was read; only after ``validate``."""
        themes = tuple(self.themes.data or ()) if self.is_hr else ()
        return Wish(
            title=" ".join(self.title.data.split()),
            form=self.form.data,
            scope_path=self.meant[0].path,
            closes_at=moments.end_of(self.closes.data),
            k=int(self.k.data),
            languages=tuple(self.languages.data),
            themes=themes or None,
            asks=self.about.asks() if self.is_hr else (),
            leader_theme=Audience(self.leader_theme.data),
            leader_theme_reference=(self.leader_theme_reference.data or "").strip(),
            reminders=self.reminders.data != "no",
            with_trustee=bool(self.with_trustee.data),
            paper_note=" ".join((self.paper_note.data or "").split()),
        )


def proposed(db: Session, offered: Sequence[Choice], *, now: datetime) -> dict[str, object]:
    """Return what the form holds before anybody filled it in."""
    spoken = set(db.scalars(select(Person.language).distinct()))
    return {
        "title": gettext("Team survey, %(month)s", month=moments.month(now, language())),
        "form": USUAL_FORM if USUAL_FORM in library().forms else next(iter(library().forms)),
        "group": offered[0].path if offered else "",
        "closes": moments.in_two_weeks(now),
        "k": str(LEAST_K),
        "languages": [one for one in LANGUAGES if one in spoken] or ["en"],
        "leader_theme": Audience.LEADER.value,
        "reminders": "yes",
    }


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]
