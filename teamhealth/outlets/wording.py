"""The pinned words of one survey in the reader's language, else in English, else in the survey's first.

Promise: what people were asked is told in the words in which they were asked it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.model import Instrument


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles of themes, texts of questions and the five answers, in one language.

    ``questions`` also holds what is asked outside the themes. ``reader`` is the language of
    the page, in which everything else is said; the survey may not have been asked in it.
    """

    language: str
    reader: str
    themes: Mapping[str, str]
    questions: Mapping[str, str]
    answers: tuple[str, ...]


def wording_of(instrument: Instrument, reader: str = WRITTEN) -> Wording:
    """Return the words of a survey's instrument for somebody who reads that language."""
    known = instrument.languages
    language = next((one for one in (reader, WRITTEN) if one in known), known[0])
    return Wording(
        language=language,
        reader=reader,
        themes={theme.id: theme.title[language] for theme in instrument.themes},
        questions={question.id: question.text[language] for question in instrument.questions},
        answers=instrument.labels[language],
    )
