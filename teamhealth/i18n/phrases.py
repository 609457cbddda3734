"""The words of the respondent's door, of letters, paper slips and attestation, by key and language.

A text may hold ``{placeholders}``; every one must be given a value when it is said, so
that nobody is ever sent a brace. ``content check`` keeps them the same in all languages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from teamhealth import content
from teamhealth.i18n import entries, languages

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases of one kind in one language. Keys of nested files are joined by a dot."""

    language: str
    texts: Mapping[str, str]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The way the language is written."""
        return languages.direction(self.language)

    def say(self, key: str, /, **facts: str | int) -> str:
        """Return the phrase with its placeholders filled; facts it does not name are left out.

        Raises KeyError for an unknown key, ValueError for a placeholder without a value.
        """
        text = self.texts[key]
        missing = sorted(set(PLACEHOLDER.findall(text)) - facts.keys())
        if missing:
            raise ValueError(f"the phrase {key} ({self.language}) needs {', '.join(missing)}")
        return PLACEHOLDER.sub(lambda match: str(facts[match[1]]), text)


@cache
def phrases(kind: Literal["copy", "letters", "slips", "attestation"], language: str) -> Phrases:
    """Return the shipped phrases.

    Raises ContentError if the file is missing or faulty.
    """
    return load(content.folder("surveys") / "ipnb" / kind / f"{language}.yaml")


def load(file: Path) -> Phrases:
    """Read one file of phrases, ``<kind>/<language>.yaml``; ContentError as above."""
    return Phrases(file.stem, {key: entry.text() for key, entry in located(file).items()})


def located(file: Path) -> dict[str, entries.Entry]:
    """Return every phrase of a file with its place, by key."""
    found = entries.read(file, name=f"{file.parent.name}/{file.name}")
    return {entry.place: entry for entry in _leaves(found)}


def _leaves(of: entries.Entry) -> list[entries.Entry]:
    leaves = []
    for entry in of.mapping().values():
        leaves += _leaves(entry) if entry.is_mapping else [entry]
    return leaves
