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
    DateField,
    Form,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from teamhealth.campaigns.models import Audience
from teamhealth.campaigns.requesting import LEAST_K, MOST_K
from teamhealth.i18n.languages import LANGUAGES, name_of
from teamhealth.instruments.library import library
from teamhealth.roster.models import Person
from teamhealth.web.desk import moments
from teamhealth.web.desk.choosing import LISTED, Choice, matching

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
    leader_theme: Audience
    leader_theme_reference: str

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
            ("leader_theme", self.leader_theme.value),
            ("leader_theme_reference", self.leader_theme_reference),
        ]


class Ticks(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget()
    option_widget = CheckboxInput()


def _at_least_one(_form: Form, field: Ticks) -> None:
    if not field.data:
        raise ValidationError("Choose at least one language.")


class WishForm(Form):
    """The fields; ``meant`` are groups among which somebody still has to choose."""

    title = StringField(
        "Title",
        [
            DataRequired(
                "Give the survey a title, which people will read in their invitation."
            ),
            Length(max=_TITLE, message=f"Please use at most {_TITLE} characters."),
        ],
    )
    form = RadioField("Form", [InputRequired("Choose a form.")])
    group = StringField("Who is asked")
    closes = DateField(
        "Closes at the end of", [InputRequired("Choose the day on which the survey closes.")]
    )
    k = RadioField("Smallest group", [InputRequired("Choose the smallest group.")])
    languages = Ticks("Languages", [_at_least_one])
    themes = Ticks("Themes", [Optional()])
    leader_theme = RadioField(
        "What is said about leaders", [InputRequired("Choose who may see it.")]
    )
    leader_theme_reference = StringField(
        "Where that was agreed",
        [Length(max=_REFERENCE, message=f"Please use at most {_REFERENCE} characters.")],
        description="Only if it is shown as agreed, such as “Works agreement of 3 May 2026, §4”.",
    )

    def __init__(
        self,
        given: MultiDict[str, str] | None,
        *,
        offered: Sequence[Choice],
        is_hr: bool,
        proposed: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(given, data=proposed)
        self.offered, self.is_hr = offered, is_hr
        self.meant: list[Choice] = []
        if len(offered) > LISTED:
            self.group.description = f"One of {len(offered):,} groups: write its name, a part of it, or its whole path."
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
            raise ValidationError("Choose the group that is asked.")
        if not self.meant:
            raise ValidationError(
                f"There is no group “{field.data.strip()}” that you may ask. "
                "Write its name or its whole path as in the roster."
            )
        if len(self.meant) > 1:
            raise ValidationError(
                f"{len(self.meant):,} groups could be meant. Choose one, or write more of its path."
            )

    def validate_leader_theme_reference(self, field: StringField) -> None:
        """Ask for it beside the field; ``requesting`` would refuse it at the top of the page."""
        if self.leader_theme.data == Audience.AGREED and not (field.data or "").strip():
            raise ValidationError("Say where that was agreed; people will read it.")

    @property
    def is_unusual(self) -> bool:
        """Tell whether something is chosen, or wrong, that most leave as it is."""
        further = (self.k, self.leader_theme, self.leader_theme_reference, self.themes)
        return bool(
            any(field.errors for field in further)
            or self.k.data != str(LEAST_K)
            or self.leader_theme.data != Audience.LEADER
            or self.themes.data
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
            leader_theme=Audience(self.leader_theme.data),
            leader_theme_reference=(self.leader_theme_reference.data or "").strip(),
        )


def proposed(db: Session, offered: Sequence[Choice], *, now: datetime) -> dict[str, object]:
    """Return what the form holds before anybody filled it in."""
    spoken = set(db.scalars(select(Person.language).distinct()))
    return {
        "title": f"Team survey, {now:%B %Y}",
        "form": USUAL_FORM if USUAL_FORM in library().forms else next(iter(library().forms)),
        "group": offered[0].path if offered else "",
        "closes": moments.in_two_weeks(now),
        "k": str(LEAST_K),
        "languages": [one for one in LANGUAGES if one in spoken] or ["en"],
        "leader_theme": Audience.LEADER.value,
    }


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]
