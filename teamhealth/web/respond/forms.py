"""The questions as WTForms fields, cut into screens: one theme a screen, comments last.

Before the comments stands what people may tell of themselves, where that is asked. There
*rather not say* is chosen until somebody chooses something else.

The forms are only drawn: the server never receives them. Answers are read from the
page by our script and leave the browser sealed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.form import BaseForm

from teamhealth.i18n.phrases import Phrases
from teamhealth.instruments.model import Attribute, Instrument, Kind, Question

LONGEST_COMMENT = 2000  # characters; the count keeps no more (docs/protocol.md)

_SECONDS = {Kind.AGREE: 10, Kind.RECOMMEND: 10, Kind.OPEN: 45}  # as Instrument.minutes
_TELLING = 10  # likewise, of what people may tell of themselves
_TWO = 2


class Stops(RadioField):
    """Answers in a row, nothing chosen beforehand; ``ends`` says what first and last mean."""

    def __init__(self, label: str, *, ends: tuple[str, str], **more: object) -> None:
        super().__init__(label, **more)
        self.ends = ends

    def __len__(self) -> int:
        """Return how many answers there are."""
        return len(self.choices)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is asked on one screen, and how many seconds that takes."""

    id: str
    title: str
    names: tuple[str, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class Screen:
    """The questions seen at once; ``time`` says how much is left, ``done`` in per cent."""

    id: str
    title: str
    fields: tuple[RadioField, ...]
    time: str
    done: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """All screens of a form in one language; ``count`` questions besides the comments.

    ``about`` is what people may tell of themselves; None where that is not asked.
    """

    screens: tuple[Screen, ...]
    about: Screen | None
    comments: tuple[TextAreaField, ...]
    count: int
    last_done: int


def sheet(instrument: Instrument, words: Phrases, *, comments: bool = True) -> Sheet:
    """Lay the questions out on screens, in the language of ``words``.

    Without ``comments`` nothing is asked that nobody could read.
    """
    asked = [q for q in instrument.questions if q.kind is not Kind.OPEN or comments]
    opened = [q for q in asked if q.kind is Kind.OPEN]
    fields = _fields(instrument, words)
    left = total = sum(_SECONDS[q.kind] for q in asked) + _TELLING * len(instrument.attributes)
    screens = []
    for part in _parts(instrument, words):
        screens.append(
            Screen(
                id=part.id,
                title=part.title,
                fields=tuple(fields[name] for name in part.names),
                time=_time(left, words),
                done=100 * (total - left) // total,
            )
        )
        left -= part.seconds
    return Sheet(
        about=screens.pop() if instrument.attributes else None,
        screens=tuple(screens),
        comments=tuple(fields[q.id] for q in opened),
        count=len(asked) - len(opened),
        last_done=100 * (total - left) // total,
    )


def _parts(instrument: Instrument, words: Phrases) -> Iterator[_Part]:
    """Return what is asked before the comments, in order."""
    for theme in instrument.themes:
        yield _part(
            theme.id, theme.title[words.language], [instrument.question(i) for i in theme.items]
        )
    rest = [q for q in instrument.questions if not q.theme and q.kind is not Kind.OPEN]
    if rest:
        yield _part("work", words.say("work_title"), rest)
    names = tuple(attribute.id for attribute in instrument.attributes)
    if names:
        yield _Part("about", words.say("about_title"), names, _TELLING * len(names))


def _part(name: str, title: str, questions: Sequence[Question]) -> _Part:
    seconds = sum(_SECONDS[q.kind] for q in questions)
    return _Part(name, title, tuple(q.id for q in questions), seconds)


def _fields(instrument: Instrument, words: Phrases) -> BaseForm:
    made = {q.id: _field(q, instrument, words.language) for q in instrument.questions}
    made |= {attribute.id: _choice(attribute, words) for attribute in instrument.attributes}
    form = BaseForm(made)
    form.process()
    return form


def _choice(attribute: Attribute, words: Phrases) -> RadioField:
    options = [
        SelectChoice(str(n), option[words.language])
        for n, option in enumerate(attribute.options, start=1)
    ]
    unsaid = SelectChoice("", words.say("about_unsaid"))
    return RadioField(attribute.text[words.language], choices=[unsaid, *options], default="")


def _field(question: Question, instrument: Instrument, language: str) -> object:
    label = question.text[language]
    if question.kind is Kind.OPEN:
        # ``off`` on the form is not enough: Firefox writes what stands in fields to the disk.
        return TextAreaField(
            label, render_kw={"maxlength": LONGEST_COMMENT, "autocomplete": "off"}
        )
    if question.kind is Kind.RECOMMEND:
        numbers = [SelectChoice(str(n), str(n)) for n in range(11)]
        return Stops(label, choices=numbers, ends=instrument.ends[language])
    answers = instrument.labels[language]
    stops = [SelectChoice(str(n), answer) for n, answer in enumerate(answers, start=1)]
    return Stops(label, choices=stops, ends=(answers[0], answers[-1]))


def _time(seconds: int, words: Phrases) -> str:
    minutes = round(seconds / 60)
    if minutes > _TWO:
        return words.say("time_many", minutes=minutes)
    return words.say("time_two" if minutes == _TWO else "time_one")
