"""The part of the launch form about what people may tell of themselves; ``wishing`` holds the rest.

Attributes with answers of their own are ticked; for the others, the firm's own names are
written down, one a line, and none means that it is not asked. The rules are the launch's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import SelectChoice, SelectMultipleField, TextAreaField
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, ListWidget

from teamhealth.instruments.asking import Ask
from teamhealth.instruments.attributes import MOST_OPTIONS
from teamhealth.instruments.library import library
from teamhealth.web.desk.moments import number
from teamhealth.web.desk.speaking import gettext, language
from teamhealth.web.desk.spoken_forms import Words

_TICKED = "ask"
_LONGEST = 2000  # characters of all names, far more than the rules allow


class Ticks(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget()
    option_widget = CheckboxInput()


@dataclass(frozen=True, slots=True)
class Question:
    """One attribute as it is chosen; ``options`` are empty where the firm names them."""

    id: str
    text: str
    options: tuple[str, ...]


def questions() -> tuple[Question, ...]:
    """Return the attributes of the bank in the language of the page."""
    bank = library()
    told = bank.wordings[language()].attributes
    return tuple(
        Question(one.id, told[one.id].text, tuple(told[one.id].options.values()))
        for one in bank.attributes
    )


class AskForm(BaseForm):
    """The fields: ``ask`` are the ids ticked, ``names_<id>`` the firm's own names for one."""

    def __init__(self, given: MultiDict[str, str] | None) -> None:
        fixed = [SelectChoice(one.id, one.text) for one in questions() if one.options]
        fields = {_TICKED: Ticks(gettext("What people may tell of themselves"), choices=fixed)}
        own = {_names(one.id): _own(one) for one in questions() if not one.options}
        super().__init__({**fields, **own}, meta=Words())
        self.process(given)

    def asks(self) -> tuple[Ask, ...]:
        """Return what was chosen, in the order of the bank."""
        found = (self._ask(one) for one in questions())
        return tuple(ask for ask in found if ask is not None)

    @property
    def own(self) -> list[TextAreaField]:
        """The fields for the firm's own names."""
        return [self[_names(one.id)] for one in questions() if not one.options]

    def _ask(self, question: Question) -> Ask | None:
        if question.options:
            return Ask(question.id) if question.id in (self[_TICKED].data or ()) else None
        lines = (self[_names(question.id)].data or "")[:_LONGEST].splitlines()
        names = tuple(name for line in lines if (name := " ".join(line.split())))
        return Ask(question.id, names) if names else None


def fields(asks: Sequence[Ask]) -> list[tuple[str, str]]:
    """Return what was chosen as names and values of the form, for the page that comes next."""
    return [
        (_names(ask.id), "\n".join(ask.options)) if ask.options else (_TICKED, ask.id)
        for ask in asks
    ]


def _names(attribute: str) -> str:
    return f"names_{attribute}"


def _own(question: Question) -> TextAreaField:
    return TextAreaField(
        question.text,
        description=gettext(
            "Your own names, one a line, %(most)s at most; everybody reads them as written here. "
            "Left empty, it is not asked.",
            most=number(MOST_OPTIONS, language()),
        ),
        render_kw={"rows": 4, "dir": "auto", "maxlength": _LONGEST, "autocomplete": "off"},
    )
