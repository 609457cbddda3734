"""The six languages: their own names, their direction, and which one a browser asks for."""

from collections.abc import Sequence
from typing import Literal

LANGUAGES = ("en", "de", "fr", "es", "pt", "ar")

_NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "pt": "Português",
    "ar": "العربية",
}


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the way the language is written, as HTML's ``dir`` spells it."""
    return "rtl" if language == "ar" else "ltr"


def name_of(language: str) -> str:
    """Return the language's own name; KeyError for one that is not among LANGUAGES."""
    return _NAMES[language]


def choose(accept_language: str | None, offered: Sequence[str]) -> str:
    """Return the offered language that the header likes best, else the first offered.

    ``accept_language`` is the value of the HTTP header (RFC 9110 §12.5.4); a region is
    ignored (``de-AT`` is served by ``de``), whatever cannot be read counts for nothing.
    """
    best, liked = offered[0], 0.0
    for wish in (accept_language or "").split(","):
        tag, _, parameter = wish.partition(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(parameter)
        if language in offered and weight > liked:
            best, liked = language, weight
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
