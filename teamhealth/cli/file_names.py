"""Names of files from the paths of groups: safe on every system, and different for every group."""

import re
from collections.abc import Iterable

_LONGEST = 150
"""In bytes; file systems take 255."""


def file_names(paths: Iterable[str]) -> dict[str, str]:
    """Return a name ending in ``.pdf`` for each path; letters of all scripts stay, the rest is a hyphen."""
    taken = {"organisation.pdf"}
    names: dict[str, str] = {}
    for path in paths:
        stem = _plain(path)
        name, number = f"{stem}.pdf", 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}.pdf"
        taken.add(name)
        names[path] = name
    return names


def _plain(path: str) -> str:
    words = re.sub(r"[\W_]+", "-", path.casefold()).strip("-") or "group"
    return words.encode()[:_LONGEST].decode(errors="ignore").strip("-")
