"""Whether all languages say the same: every phrase, every placeholder, every promise with its tests."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from teamhealth.i18n.entries import Entry, read
from teamhealth.i18n.faults import Fault, Faults
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import PLACEHOLDER, located
from teamhealth.instruments.wordings import SOURCE

KINDS = ("copy", "letters", "slips", "attestation")
SECTIONS = ("themes", "items", "questions")

PROMISING = re.compile(
    r"\b(never|nobody|anonymous\w*|sealed|locked|shuffled|destroyed|deleted|unread|unopened)\b",
    re.IGNORECASE,
)
"""English words that make a sentence a promise."""

_OTHERS = tuple(language for language in LANGUAGES if language != SOURCE)
_HELD_BY = "# held by: "
_WORTH_TRANSLATING = 12  # shorter ones, such as a brand, may be the same in two languages
_LATIN = re.compile(r"[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class _File:
    """One file of phrases: all its keys, and those phrases that are text."""

    path: Path
    keys: frozenset[str]
    texts: Mapping[str, Entry]

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def check_phrases(folder: Path) -> Iterator[Fault]:
    """Check copy, letters, paper slips and attestation in all languages against the English ones."""
    faults = Faults()
    for kind in KINDS:
        paths = [folder / kind / f"{language}.yaml" for language in (SOURCE, *_OTHERS)]
        source, *others = (faults.one(partial(_file, path, faults)) for path in paths)
        if source is not None:
            faults.extend(_unheld(source))
            for other in others:
                faults.extend(_compared(source, other) if other else ())
    yield from faults


def check_translations(folder: Path) -> Iterator[Fault]:
    """Check the questionnaire's translations, which are known to be readable."""
    source = read(folder / "translations" / f"{SOURCE}.yaml").mapping()
    for language in _OTHERS:
        name = f"translations/{language}.yaml"
        found = read(folder / name, name=name).mapping()
        for section in SECTIONS:
            yield from _section(source[section], found[section], language)
        yield from _attributes(source["attributes"], found["attributes"], language)


def _file(path: Path, faults: Faults) -> _File:
    entries = located(path)
    texts = faults.each(entries.values(), _phrase)
    return _File(path, frozenset(entries), {entry.place: entry for entry in texts})


def _phrase(entry: Entry) -> Entry:
    if entry.text().count("*") % 2:
        raise entry.fault("expected *stars* in pairs")
    return entry


def _compared(source: _File, other: _File) -> Iterator[Fault]:
    for key in source.keys - other.keys:
        yield Fault(other.name, 0, key, "expected this phrase, which is missing")
    for key, entry in other.texts.items():
        if key not in source.keys:
            yield entry.fault("not a phrase of the English file").fault
        elif key in source.texts:
            yield from _translated(source.texts[key].text(), entry)


def _translated(source: str, entry: Entry) -> Iterator[Fault]:
    needed, named = (set(PLACEHOLDER.findall(text)) for text in (source, entry.text()))
    if needed != named:
        told = ", ".join(f"{{{name}}}" for name in sorted(needed)) or "none"
        yield entry.fault(f"expected the placeholders of the English text: {told}").fault
    if source == entry.text() and len(source) > _WORTH_TRANSLATING:
        yield entry.fault("expected a translation, found the English text").fault


def _section(source: Entry, found: Entry, language: str) -> Iterator[Fault]:
    seen = set()
    for name, entry in found.mapping().items():
        yield from _worded(source.mapping()[name].text(), entry, language)
        if entry.text() in seen:
            yield entry.fault("expected another text; this one is there twice").fault
        seen.add(entry.text())


def _attributes(source: Entry, found: Entry, language: str) -> Iterator[Fault]:
    for name, entry in found.mapping().items():
        here, there = source.mapping()[name].mapping(), entry.mapping()
        yield from _worded(here["text"].text(), there["text"], language)
        if "options" in there:
            yield from _section(here["options"], there["options"], language)


def _worded(source: str, entry: Entry, language: str) -> Iterator[Fault]:
    yield from _translated(source, entry)
    if language == "ar" and (latin := _LATIN.search(entry.text())):
        yield entry.fault(f"expected Arabic, found “{latin[0]}”").fault


def _unheld(source: _File) -> Iterator[Fault]:
    """Find promises above which no test is named; that the tests exist is a test's business."""
    lines = source.path.read_text("utf-8").splitlines()
    for entry in source.texts.values():
        promise = PROMISING.search(entry.text())
        above = lines[max(0, entry.node.start_mark.line - 1)]
        if promise and not above.lstrip().startswith(_HELD_BY):
            told = f"expected “{_HELD_BY}test_…” above this promise (“{promise[0]}”)"
            yield entry.fault(told).fault
