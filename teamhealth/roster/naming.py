"""Ids for groups: readable in an address and in a file, and never given twice."""

import re
import unicodedata
from collections.abc import Callable, Collection

_LONGEST = 40  # the protocol's


def slug(name: str) -> str:
    """Return a name as small letters, digits and hyphens; empty if nothing of it can be written so."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")


def new_id(name: str, taken: Collection[str], suffix: Callable[[], str], *, plain: bool) -> str:
    """Return an id that is not ``taken``; ``suffix`` gives four random characters of the alphabet.

    ``plain`` allows the bare name: only where no group can have had it before, because
    results of a group that is gone must not seem to be those of a new one.
    """
    base = slug(name)
    if plain and base and base not in taken:
        return base
    end = suffix()
    while (found := _joined(base or "group", end)) in taken:
        end += suffix()
    return found


def _joined(base: str, end: str) -> str:
    return f"{base[: _LONGEST - 1 - len(end)].rstrip('-')}-{end}"
