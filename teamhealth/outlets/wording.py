"""The pinned words of one survey in the language of the desk: English, else the survey's first.

Promise: what people were asked is told in the words in which they were asked it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from teamhealth.instruments.model import Instrument

_DESK = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles of themes, texts of questions and the five answers, in one language.

    ``questions`` also holds what is asked outside the themes.
    """

    language: str
    themes: Mapping[str, str]
    questions: Mapping[str, str]
    answers: tuple[str, ...]


def wording_of(instrument: Instrument) -> Wording:
    """Return the words of a survey's instrument."""
    language = _DESK if _DESK in instrument.languages else instrument.languages[0]
    return Wording(
        language=language,
        themes={theme.id: theme.title[language] for theme in instrument.themes},
        questions={question.id: question.text[language] for question in instrument.questions},
        answers=instrument.labels[language],
    )
