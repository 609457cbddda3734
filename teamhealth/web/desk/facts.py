"""What is fixed about a survey, as its page tells it; texts in the reader's language where they were asked in it."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words as words_of
from teamhealth.i18n.languages import name_of
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.wording import wording_of
from teamhealth.web.desk.speaking import language


@dataclass(frozen=True, slots=True)
class Facts:
    """``statements`` are the items of themes; ``groups`` those that have a key, 0 before they are made.

    ``languages`` are codes with the languages' own names, ``told_in`` the code of the
    language in which ``themes`` are named. ``about`` are the questions about people
    themselves, each with its options.
    """

    form: str
    statements: int
    minutes: int
    themes: tuple[str, ...]
    told_in: str
    languages: tuple[tuple[str, str], ...]
    asks_about_leaders: bool
    about: tuple[tuple[str, tuple[str, ...]], ...]
    groups: int
    fingerprint: str
    fingerprint_words: str


def facts_of(db: Session, survey: Survey) -> Facts:
    """Return the facts of a survey that was launched."""
    return of_wording(
        instrument_of(survey),
        groups=_answering(db, survey.id),
        fingerprint=survey.fingerprint or "",
    )


def of_wording(words: Instrument, *, groups: int = 0, fingerprint: str = "") -> Facts:
    """Return the facts that follow from a wording; ``fingerprint`` is empty before the launch."""
    told_in = wording_of(words, language()).language
    return Facts(
        form=words.form,
        statements=len(words.items()),
        minutes=words.minutes,
        themes=tuple(theme.title[told_in] for theme in words.themes),
        told_in=told_in,
        languages=tuple((one, name_of(one)) for one in words.languages),
        asks_about_leaders=any(theme.id == LEADER_THEME for theme in words.themes),
        about=tuple(
            (one.text[told_in], tuple(option[told_in] for option in one.options))
            for one in words.attributes
        ),
        groups=groups,
        fingerprint=spaced(fingerprint),
        fingerprint_words=" ".join(words_of(fingerprint)) if fingerprint else "",
    )


def _answering(db: Session, survey_id: str) -> int:
    with_key = select(func.count()).where(
        SurveyGroup.survey_id == survey_id, SurveyGroup.leaf.is_not(None)
    )
    return db.scalar(with_key) or 0
