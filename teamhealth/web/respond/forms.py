"""The questions as WTForms fields, cut into screens: one theme a screen, comments last.

The forms are only drawn: the server never receives them. Answers are read from the
page by our script and leave the browser sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.form import BaseForm

from teamhealth.i18n.phrases import Phrases
from teamhealth.instruments.model import Instrument, Kind, Question

LONGEST_COMMENT = 2000  # characters; the count keeps no more (docs/protocol.md)

_SECONDS = {Kind.AGREE: 10, Kind.RECOMMEND: 10, Kind.OPEN: 45}  # as Instrument.minutes
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
class Screen:
    """The questions seen at once; ``time`` says how much is left, ``done`` in per cent."""

    id: str
    title: str
    fields: tuple[Stops, ...]
    time: str
    done: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """All screens of a form in one language; ``count`` questions besides the comments."""

    screens: tuple[Screen, ...]
    comments: tuple[TextAreaField, ...]
    count: int
    last_done: int


def sheet(instrument: Instrument, words: Phrases, *, comments: bool = True) -> Sheet:
    """Lay the questions out on screens, in the language of ``words``.

    Without ``comments`` nothing is asked that nobody could read.
    """
    parts = _parts(instrument, words)
    asked = [q for q in instrument.questions if q.kind is not Kind.OPEN or comments]
    opened = [q for q in asked if q.kind is Kind.OPEN]
    fields = BaseForm(
        {q.id: _field(q, instrument, words.language) for q in instrument.questions}
    )
    fields.process()
    total = sum(_SECONDS[q.kind] for q in asked)
    left, screens = total, []
    for name, title, questions in parts:
        screens.append(
            Screen(
                id=name,
                title=title,
                fields=tuple(fields[q.id] for q in questions),
                time=_time(left, words),
                done=100 * (total - left) // total,
            )
        )
        left -= sum(_SECONDS[q.kind] for q in questions)
    return Sheet(
        screens=tuple(screens),
        comments=tuple(fields[q.id] for q in opened),
        count=len(asked) - len(opened),
        last_done=100 * (total - left) // total,
    )


def _parts(instrument: Instrument, words: Phrases) -> list[tuple[str, str, Sequence[Question]]]:
    parts: list[tuple[str, str, Sequence[Question]]] = [
        (
            theme.id,
            theme.title[words.language],
            [instrument.question(item) for item in theme.items],
        )
        for theme in instrument.themes
    ]
    rest = [q for q in instrument.questions if not q.theme and q.kind is not Kind.OPEN]
    if rest:
        parts.append(("work", words.say("work_title"), rest))
    return parts


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
