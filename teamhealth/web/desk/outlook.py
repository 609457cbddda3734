"""What a wished survey would ask and tell: its forms in figures, and the forecast as a table."""

from dataclasses import dataclass
from functools import cache

from teamhealth.campaigns.forecast import RATE, Forecast, Outlook
from teamhealth.campaigns.pinning import instrument
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Instrument
from teamhealth.roster.paths import depth, name_of
from teamhealth.web.desk.wishing import Wish

WHOLE = 60
"""A forecast for so many groups is shown whole; of a longer one only who may miss a result."""

LONGEST = 200

_WORDS = (
    (0.97, "certain"),
    (0.85, "very_likely"),
    (0.65, "likely"),
    (0.35, "either"),
    (0.0, "unlikely"),
)


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A form as it is chosen: ``items`` statements of themes, ``minutes`` as computed."""

    id: str
    themes: int
    items: int
    minutes: int


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme as it is chosen; ``forms`` are those that ask it of themselves."""

    id: str
    title: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One group of the forecast; ``word`` is how likely a result of its own is."""

    name: str
    depth: int
    people: int
    answers: int
    word: str
    counted_in: str


@dataclass(frozen=True, slots=True)
class Table:
    """Lines in the order of the tree; ``more`` further ones were left off."""

    lines: tuple[Line, ...]
    is_whole: bool
    without: int
    more: int


@cache
def forms() -> tuple[FormFacts, ...]:
    """Return the forms, the shortest first."""
    bank = library()
    found = (_form_facts(bank.instrument(name, ["en"])) for name in bank.forms)
    return tuple(sorted(found, key=lambda form: form.minutes))


@cache
def themes(language: str) -> tuple[ThemeFacts, ...]:
    """Return the themes of the bank in its order, with their titles in a language."""
    bank = library()
    return tuple(
        ThemeFacts(
            theme.id,
            bank.wordings[language].themes[theme.id],
            tuple(name for name, form in bank.forms.items() if theme.id in form.themes),
        )
        for theme in bank.themes
    )


def wording(wish: Wish) -> Instrument:
    """Return what would be asked; WrongUseError if nothing would be left to ask."""
    return instrument(wish.form, wish.languages, wish.themes, wish.leader_theme, wish.asks)


def table(forecast: Forecast) -> Table:
    """Lay a forecast out."""
    top = min((depth(group.path) for group in forecast.groups), default=0)
    lines = [_line(group, top) for group in forecast.groups]
    is_whole = len(lines) <= WHOLE
    shown = (
        lines
        if is_whole
        else [one for one in lines if one.word in {"none", "either", "unlikely"}]
    )
    return Table(
        lines=tuple(shown[:LONGEST]),
        is_whole=is_whole,
        without=sum(one.word == "none" for one in lines),
        more=max(0, len(shown) - LONGEST),
    )


def _form_facts(form: Instrument) -> FormFacts:
    return FormFacts(form.form, len(form.themes), len(form.items()), form.minutes)


def _line(group: Outlook, top: int) -> Line:
    return Line(
        name=name_of(group.path),
        depth=depth(group.path) - top,
        people=group.people,
        answers=round(RATE * group.people),
        word=_word(group.chance),
        counted_in=name_of(group.counted_in) if group.counted_in else "",
    )


def _word(chance: float | None) -> str:
    if chance is None:
        return "none"
    return next(word for least, word in _WORDS if chance >= least)
