"""The form without scripts: one page for holders of a paper slip, with native elements alone.

Promises: it says before anything else that it can be read on its way; what somebody
entered stands in the page that shows it again and in no address. The frame, the words
and the questions are those of the page that locks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from teamhealth.campaigns.lookup import lists_comments
from teamhealth.campaigns.models import Survey
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words as words_of
from teamhealth.i18n.dates import day_and_time, long_date
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import phrases
from teamhealth.instruments.model import Instrument
from teamhealth.web.respond.files import PLAIN_STYLE, shipped_style
from teamhealth.web.respond.forms import LONGEST_COMMENT, sheet
from teamhealth.web.respond.pages import leader_theme, written

POLICY = (
    "Content-Security-Policy",
    (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
)
"""Of this page alone: it has no script, and sends its form to this door."""

Problem = Literal["unknown", "used", "empty", "long", "faulty", "later"]
"""Why it was not stored, as the copy words it."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form: the code as typed, answers by item, comments by question.

    ``told`` are the numbers of options by attribute; what was not said is absent.
    """

    code: str = ""
    answers: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)


def render(
    survey: Survey,
    instrument: Instrument,
    language: str,
    *,
    style_url: str,
    entered: Entered | None = None,
    problem: Problem | None = None,
) -> bytes:
    """Return the page of an open survey in one of its languages.

    Without ``entered`` it is the same for everybody; with it, it shows the form again and
    the ``problem``.
    """
    words = phrases("copy", language)
    title = f"{words.say('plain_problem')}: {survey.title}" if problem else survey.title
    return written(
        "plain",
        words,
        survey,
        style_url,
        title=title,
        eyebrow=survey.title,
        survey=survey.id,
        base=f"/a/{survey.id}/plain",
        plain_style_url=shipped_style(PLAIN_STYLE),
        languages=tuple(survey.languages),
        sheet=sheet(instrument, words, comments=lists_comments(survey)),
        minutes=instrument.minutes,
        entered=entered or Entered(),
        problem=problem,
        longest=LONGEST_COMMENT,
        date=long_date(survey.closes_at, language),
        moment=day_and_time(survey.closes_at, language),
        latest=long_date(survey.closes_latest, language),
        leader_theme=leader_theme(survey, instrument, words),
        fingerprint=spaced(survey.fingerprint or ""),
        fingerprint_words=" ".join(words_of(survey.fingerprint or "")),
        k=survey.k,
    )


def render_sent(asked: str, *, style_url: str) -> bytes:
    """Return the page that follows, in that language or else in our first."""
    words = phrases("copy", asked if asked in LANGUAGES else LANGUAGES[0])
    return written("plain_sent", words, None, style_url, title=words.say("sent_title"))
