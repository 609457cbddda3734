"""The three type families of print, which characters they can write, and which way text runs.

Promise: what none of them can write is printed as an empty box, so that no font of the
machine ever stands in for ours and a report looks the same wherever it was made.
"""

import re
import unicodedata
from functools import cache
from html import unescape
from importlib.resources import files
from io import BytesIO

from fontTools.ttLib import TTFont

_PACKAGES = {
    "sans": "fontpkg_source_sans_3",
    "serif": "fontpkg_source_serif_4",
    "arabic": "fontpkg_noto_sans_arabic",
}
_NAME = re.compile(r"<bdi>([^<]*)</bdi>")
_BOX = "\u25a1"
_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}


def address(name: str) -> str:
    """Return how a style sheet names a family's file."""
    return f"font:{name}"


def addresses() -> dict[str, bytes]:
    """Return every file that print may open, by its name in a style sheet."""
    return {address(name): _file(name) for name in _PACKAGES}


def printable(text: str) -> str:
    """Return text with a box for every character that our fonts cannot write.

    Invisible ones, such as the joiners of an emoji, are left out.
    """
    strange = {letter for letter in set(text) if not letter.isspace()} - _covered()
    table = {ord(letter): _stand_in(letter) for letter in strange}
    return text.translate(table) if table else text


def plain_names(html: str, way: str) -> str:
    """Return a page whose names are set apart only where they run against it.

    WeasyPrint 70 breaks a line after its first word where what is set apart does not fit on it.
    """
    return _NAME.sub(
        lambda name: name[1] if direction(unescape(name[1])) == way else name[0], html
    )


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
    """Return the upright file of a family."""
    folder = files(_PACKAGES[name]) / "files"
    upright = [file for file in folder.iterdir() if "Italic" not in file.name]
    return min(upright, key=lambda file: file.name).read_bytes()
