"""Phrases that are known not to be true of the product, refused wherever people may read them (law 11).

They are data: ``untrue.yaml`` lists them by language, each with the reason.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from teamhealth.i18n.entries import Entry, read
from teamhealth.i18n.faults import Fault, Faults
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.wordings import SOURCE

FILE = "untrue.yaml"

_BY_LANGUAGE = ("copy", "letters", "slips", "attestation", "translations")
_IN_ENGLISH = ("themes.yaml", "practices.yaml", "retro.yaml")
_BESIDE_WORDS = str.maketrans({"’": "'", "‘": "'", "*": "", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Untrue:
    """Phrases that say the same in six languages, and why they are not true."""

    because: str
    phrases: Mapping[str, tuple[str, ...]]


def read_untrue(folder: Path) -> tuple[Untrue, ...]:
    """Read ``untrue.yaml``; FaultError if it is missing or faulty."""
    listed = read(folder / FILE).fields("refused")["refused"].each()
    return tuple(_untrue(entry.fields("because", *LANGUAGES)) for entry in listed)


def check_truth(folder: Path) -> Iterator[Fault]:
    """Check every text that people may read."""
    refused = read_untrue(folder)
    files = [(f"{kind}/{name}.yaml", name) for kind in _BY_LANGUAGE for name in LANGUAGES]
    faults = Faults()
    for name, language in (*files, *((name, SOURCE) for name in _IN_ENGLISH)):
        phrases = [(plain(p), each.because) for each in refused for p in each.phrases[language]]
        faults.one(partial(_read_through, folder / name, name, phrases, faults))
    yield from faults


def plain(text: str) -> str:
    """Return the words alone: small letters, one space between, no stars, straight apostrophes."""
    return re.sub(r"\s+", " ", text.translate(_BESIDE_WORDS)).casefold().strip()


def _untrue(found: Mapping[str, Entry]) -> Untrue:
    phrases = {language: found[language].texts() for language in LANGUAGES}
    return Untrue(found["because"].text(), phrases)


def _read_through(
    path: Path, name: str, phrases: Collection[tuple[str, str]], faults: Faults
) -> None:
    faults.extend(_said(read(path, name=name), phrases))


def _said(file: Entry, phrases: Collection[tuple[str, str]]) -> Iterator[Fault]:
    for entry, text in file.walk():
        said = plain(text)
        for phrase, because in phrases:
            if phrase in said:
                yield entry.fault(f"“{phrase}” is not true: {because}").fault
