"""What pages, reports and letters to HR and leaders say in six languages, by the English they are written in.

English stands where it is used: in a template as ``{% trans %}`` or ``_()``, in Python as
``say()`` or ``say_many()``. A catalogue ``*.po`` a language holds the others; any tool for
translators opens it, and ``make messages`` brings it up to date. What a catalogue does not
know is said in English. Facts are named, ``%(people)s``; a per cent sign is written twice.
"""

import io
from functools import cache
from gettext import NullTranslations
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from teamhealth import content
from teamhealth.i18n.languages import LANGUAGES

Domain = Literal["desk", "guidance"]

WRITTEN = "en"
"""The language in which everything is written."""

OFFERED: tuple[str, ...] = LANGUAGES
"""Languages whose catalogues are whole, so that desk, reports and letters can be had in them."""

FOLDERS: dict[Domain, tuple[Literal["templates", "surveys"], str]] = {
    "desk": ("templates", "translations"),
    "guidance": ("surveys", "ipnb/guidance"),
}
"""Where the catalogues lie: *desk* for all that we say, *guidance* for themes, practices and talks."""


def say(language: str, message: str, /, **facts: object) -> str:
    """Return a message in a language, with its facts filled in.

    Raises KeyError for a language that there is not, and for a fact that is not given.
    """
    return catalogue("desk", language).gettext(message) % facts


def say_many(language: str, one: str, many: str, number: int, /, **facts: object) -> str:
    """Return what is said of so many, by the language's own rules; ``%(n)s`` is the number."""
    told = catalogue("desk", language).ngettext(one, many, number)
    return told % ({"n": number} | facts)


def offered(wanted: str | None) -> str:
    """Return the language if it is offered, else English."""
    return wanted if wanted in OFFERED else WRITTEN


@cache
def catalogue(domain: Domain, language: str) -> NullTranslations:
    """Return the messages of one language; KeyError for one that is not among the six."""
    if language not in LANGUAGES:
        raise KeyError(language)
    where, folder = FOLDERS[domain]
    file = content.folder(where) / folder / f"{language}.po"
    if language == WRITTEN or not file.is_file():
        return NullTranslations()
    with file.open("rb") as lines:
        listed = read_po(lines, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, listed)
    compiled.seek(0)
    return Translations(compiled)
