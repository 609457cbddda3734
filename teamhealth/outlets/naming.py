"""Names for the files of many groups: safe on every system, short, readable, different for every group."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 80
"""In bytes. File systems take 255; a folder's path before it and a kind behind it want room, too."""

_NAMELESS = "group"


def stems(paths: Iterable[str]) -> dict[str, str]:
    """Return a stem for each path, the first taken for the whole: its group's words, else those below it.

    Letters of all scripts stay, everything else is a hyphen; where two would be alike, the
    later ones are numbered, so that the same tree always gives the same names.
    """
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    found: dict[str, str] = {}
    whole = ""
    for path in paths:
        whole = whole or path
        words = _plain(path.removeprefix(f"{whole}/"))
        found[path] = _free(words, taken, numbers)
        taken.add(found[path])
    return found


def _free(words: str, taken: set[str], numbers: dict[str, int]) -> str:
    """Return the words, numbered if they are taken; each number is tried once only."""
    stem = words
    while stem in taken:
        numbers[words] = numbers.get(words, 1) + 1
        stem = f"{words}-{numbers[words]}"
    return stem


def _plain(path: str) -> str:
    """Return words with hyphens between; of a long path the end, which names the group itself."""
    letters = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
    words = re.sub(r"[\W_]+", "-", letters).strip("-")
    if len(words.encode()) > _LONGEST:
        words = words.encode()[-_LONGEST:].decode(errors="ignore")
        words = words.partition("-")[2] or words
    return words.strip("-") or _NAMELESS
