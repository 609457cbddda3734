"""The instrument: one form in some languages, frozen. What people are asked, and nothing else.

Texts are mappings from language to text and hold every language of the instrument.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]


class Kind(enum.StrEnum):
    """How a question is answered: agreement 1–5, recommendation 0–10, or in words."""

    AGREE = "agree"
    RECOMMEND = "recommend"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. ``reverse`` items are scored 6 − answer, once, in the count.

    ``theme`` is empty for eNPS, engagement and open questions. ``groups`` limits a
    follow-up to the named groups and those below; empty means everybody.
    """

    id: str
    kind: Kind
    text: Texts
    theme: str = ""
    reverse: bool = False
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme and the ids of the items of this form that belong to it, in order."""

    id: str
    title: Texts
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something people may tell of themselves, by which results are also shown: tenure, site.

    ``options`` are answered by their number, 1 for the first; nobody has to answer.
    ``ordered`` says that only neighbours may be put together where a few would stand alone.
    """

    id: str
    text: Texts
    options: tuple[Texts, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """One form: themes in order, every question in the order in which it is asked.

    ``labels`` are the five answers of agreement per language, disagreeing first;
    ``ends`` what 0 and 10 of a recommendation mean. ``attributes`` are at most two.
    """

    form: str
    languages: tuple[str, ...]
    themes: tuple[Theme, ...]
    questions: tuple[Question, ...]
    labels: Mapping[str, tuple[str, ...]]
    ends: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    attributes: tuple[Attribute, ...] = ()

    def items(self) -> tuple[Question, ...]:
        """Return the questions answered by agreement that belong to a theme."""
        return tuple(q for q in self.questions if q.kind is Kind.AGREE and q.theme)

    def question(self, name: str) -> Question:
        """Return the question with that id; KeyError if the form does not ask it."""
        for question in self.questions:
            if question.id == name:
                return question
        raise KeyError(name)

    @property
    def minutes(self) -> int:
        """Minutes to answer: 10 s an item, 45 s an open question, 60 s around, rounded to the nearest."""
        open_questions = sum(q.kind is Kind.OPEN for q in self.questions)
        short = len(self.questions) - open_questions + len(self.attributes)
        seconds = 10 * short + 45 * open_questions + 60
        return max(1, round(seconds / 60))
