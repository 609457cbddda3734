"""Whether a note on evidence names a study, and ``SOURCES.md`` says what each of them is."""

import re
from collections.abc import Iterator
from pathlib import Path

from teamhealth.i18n.entries import Entry, read
from teamhealth.i18n.faults import Fault

FILE = "SOURCES.md"
UNTESTED = "No direct trials"
"""What a note says that has no study to name."""

_NAME = r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w-]+)?"
_STUDY = re.compile(
    rf"({_NAME})(?:(?:, | & | and ){_NAME})*(?: et al\.)?,? \(?((?:19|20)[0-9]{{2}})"
)
"""Such as *Frazier et al., 2017* or *Fisher and Ury (1981)*: the first name and the year."""


def check_sources(folder: Path) -> Iterator[Fault]:
    """Check each note on evidence of themes and practices, which are known to be readable."""
    try:
        listed = set(_STUDY.findall((folder / FILE).read_text("utf-8")))
    except (OSError, UnicodeDecodeError):
        yield Fault(FILE, 0, "", "expected this file, as text in UTF-8")
        return
    for section in ("themes", "practices"):
        for entry in read(folder / f"{section}.yaml").mapping()[section].each():
            yield from _note(entry.mapping()["evidence"].mapping()["note"], listed)


def _note(note: Entry, listed: set[tuple[str, str]]) -> Iterator[Fault]:
    named = _STUDY.findall(note.text())
    if not named and UNTESTED not in note.text():
        yield note.fault(f"expected a study with its year, or “{UNTESTED}”").fault
    for study, year in named:
        if (study, year) not in listed:
            yield note.fault(f"expected {study}, {year} to be explained in {FILE}").fault
