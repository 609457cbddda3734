"""Paper slips as PDF: for each group a sheet for whoever hands them out, and slips to cut, fold and draw.

Promises: a slip says nothing about who draws it; folded with the printed side inwards, all
look alike. Codes are in the bytes that are returned and nowhere else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup, escape

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Survey
from teamhealth.credentials import codes, links
from teamhealth.credentials.fingerprint import words as words_of
from teamhealth.errors import WrongUseError
from teamhealth.i18n.dates import day_and_time
from teamhealth.i18n.phrases import Phrases, phrases
from teamhealth.invitations.slips import Batch
from teamhealth.outlets.print_press import press

_QUIET = 4  # modules of white that a camera needs around a square code
_MUCH = 290  # characters
_BOLD = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Square:
    """A square code as an SVG path; ``side`` counts modules, white edge and all."""

    path: str
    side: int


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its code for typing and for cameras."""

    code: str
    square: Square


@dataclass(frozen=True, slots=True)
class Pile:
    """The slips of one group, and the command that makes leftovers void.

    ``is_full`` says that much is to be said on each, so that it has to be set small.
    """

    name: str
    is_full: bool
    slips: tuple[Slip, ...]
    command: str


def slips_pdf(survey: Survey, batches: Sequence[Batch], language: str) -> bytes:
    """Return the slips of an open survey, each group's pile beginning on a new page.

    Raises WrongUseError if the survey is not offered in that language.
    """
    if language not in survey.languages:
        raise WrongUseError(
            f"Survey {survey.id} is not offered in “{language}” but in {', '.join(survey.languages)}. "
            "Nothing was printed."
        )
    words = phrases("slips", language)
    fingerprint = survey.fingerprint or ""
    page = f"{survey.base_url}/a/{survey.id}"
    return press(
        "slips.html",
        {
            "language": language,
            "direction": words.direction,
            "say": lambda key, **facts: _say(words, key, facts),
            "piles": [_pile(survey, batch, language) for batch in batches],
            "title": survey.title,
            "organisation": survey.contacts.get("organisation", ""),
            "note": survey.paper_note,
            "closes": day_and_time(survey.closes_at, language),
            "minutes": instrument_of(survey).minutes,
            "addresses": {
                "page": page,
                "kiosk": f"{page}/kiosk",
                "plain": f"{page}/plain{_tail(survey, language)}",
            },
            "fingerprint": codes.spaced(fingerprint),
            "fingerprint_words": " ".join(words_of(fingerprint)),
        },
    )


def square(text: str) -> Square:
    """Return the square code that a camera reads as ``text``."""
    matrix = segno.make_qr(text, error="m").matrix
    path = "".join(_row(y + _QUIET, row) for y, row in enumerate(matrix))
    return Square(path, len(matrix) + 2 * _QUIET)


def _pile(survey: Survey, batch: Batch, language: str) -> Pile:
    command = f'teamhealth slips {survey.id} --group "{batch.group.path}" --void-rest'
    said = (survey.title, survey.paper_note, batch.group.name, *3 * (survey.base_url,))
    return Pile(
        batch.group.name,
        sum(map(len, said)) > _MUCH,
        tuple(_slip(survey, token, language) for token in batch.tokens),
        command,
    )


def _slip(survey: Survey, token: bytes, language: str) -> Slip:
    link = links.link(
        survey.base_url,
        survey.id,
        token,
        language=_tail(survey, language).removeprefix("/"),
        fingerprint=survey.fingerprint or "",
    )
    return Slip(codes.spaced(codes.to_code(token)), square(link))


def _tail(survey: Survey, language: str) -> str:
    """Return what an address needs for a language that is not the survey's first."""
    return "" if language == survey.languages[0] else f"/{language}"


def _row(y: int, row: Sequence[int]) -> str:
    return "".join(f"M{x + _QUIET} {y}h{width}v1h-{width}z" for x, width in _runs(row))


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give beginning and length of each run of dark modules: fewer edges than module by module."""
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and row[end]:
            end += 1
        if end > start:
            yield start, end - start
        start = end + 1


def _say(words: Phrases, key: str, facts: Mapping[str, object]) -> Markup:
    """Return a phrase as HTML: ``*words*`` become bold, facts are escaped unless they are HTML."""
    text = _BOLD.sub(r"<strong>\1</strong>", str(escape(words.texts[key])))
    filled = {name: str(escape(fact)) for name, fact in facts.items()}
    return Markup(Phrases(words.language, {key: text}).say(key, **filled))  # noqa: S704  (all parts are escaped above)
