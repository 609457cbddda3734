"""The three type families of print, which characters they can write, and which way text runs.

Promise: what none of them can write is printed as an empty box, so that no font of the
machine ever stands in for ours and a report looks the same wherever it was made.

The Arabic family has a glyph for each shape of a letter. One that puts dots on shared bases
looks as well, but its text is read aloud, copied and searched with the wrong letters.
"""

import re
import unicodedata
from functools import cache
from html import unescape
from importlib.resources import files
from io import BytesIO

from fontTools.ttLib import TTFont

_FILES = {
    "sans": ("fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    "serif": ("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
    "arabic": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf"),
    "arabic-bold": ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-SemiBold.ttf"),
}
_NAME = re.compile(r"<bdi>([^<]*)</bdi>")
_BEFORE_A_MARK = re.compile(r"(?<=[^\s>])[ \n]+(<(?:b|em|i)>)")
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_END = "\u2069"
_BOX = "\u25a1"
_DIRECTING = {"\u200e", "\u200f"}
"""Signs that only tell which way text runs: no font need draw them."""
_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}


def address(name: str) -> str:
    """Return how a style sheet names a family's file."""
    return f"font:{name}"


def addresses() -> dict[str, bytes]:
    """Return every file that print may open, by its name in a style sheet."""
    return {address(name): _file(name) for name in _FILES}


def printable(text: str) -> str:
    """Return text with a box for every character that our fonts cannot write.

    Invisible ones, such as the joiners of an emoji, are left out.
    """
    strange = {letter for letter in set(text) if not letter.isspace()} - _covered() - _DIRECTING
    table = {ord(letter): _stand_in(letter) for letter in strange}
    return text.translate(table) if table else text


def plain_names(html: str, way: str) -> str:
    """Return a page without elements for its names; those that run against it are set apart by signs.

    Where a line is full up to the space before an element, WeasyPrint 70 breaks it after its first word.
    So names are no elements, and the space before a word in bold stands inside.
    """

    def named(found: re.Match[str]) -> str:
        own = direction(unescape(found[1]))
        return found[1] if own == way else f"{_ISOLATES[own]}{found[1]}{_END}"

    return _BEFORE_A_MARK.sub(r"\1 ", _NAME.sub(named, html))


def direction(text: str) -> str:
    """Return ``rtl`` where the first letter runs from right to left, else ``ltr``."""
    for letter in text:
        if (way := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}:
            return "ltr" if way == "L" else "rtl"
    return "ltr"


def _stand_in(letter: str) -> str:
    return "" if unicodedata.category(letter) in _INVISIBLE else _BOX


@cache
def _covered() -> frozenset[str]:
    """Return the characters that the sans or the Arabic family can write: both stand in every stack."""
    found: set[str] = set()
    for name in ("sans", "arabic"):
        with TTFont(BytesIO(_file(name))) as font:
            found |= {chr(code) for code in font.getBestCmap()}
    return frozenset(found)


@cache
def _file(name: str) -> bytes:
    """Return the file of a family."""
    package, file = _FILES[name]
    return (files(package) / "files" / file).read_bytes()
