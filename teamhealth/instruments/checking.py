"""Everything that is wrong with a content folder: what the service depends on, and what people rely on.

Promise: all faults are told at once, each with file, line, place and what is expected;
no file, however broken, makes the check itself fail.
"""

from collections.abc import Iterator
from pathlib import Path

from teamhealth.i18n.entries import read
from teamhealth.i18n.faults import Fault, Faults
from teamhealth.instruments.bank_checks import check_forms, check_themes
from teamhealth.instruments.library import Library, attempt
from teamhealth.instruments.phrase_checks import check_phrases, check_translations
from teamhealth.instruments.practice_checks import check_coverage, check_practices, check_retro
from teamhealth.instruments.source_checks import check_sources
from teamhealth.instruments.truth_checks import check_truth


def check(folder: Path) -> list[Fault]:
    """Return every fault of a content folder, in the order of files and lines; none if it is in order.

    Questionnaire and practices are looked at more closely once they can be read at all.
    """
    faults = Faults()
    found = attempt(folder, faults)
    if found is not None:
        faults.extend(_closely(folder, found))
    faults.extend(check_phrases(folder))
    faults.one(lambda: faults.extend(check_truth(folder)))
    return sorted(set(faults))


def _closely(folder: Path, found: Library) -> Iterator[Fault]:
    practices = read(folder / "practices.yaml")
    yield from check_themes(read(folder / "themes.yaml"))
    yield from check_forms(read(folder / "forms.yaml"), found.themes)
    yield from check_practices(practices)
    yield from check_coverage(practices, found.themes, found.practices)
    yield from check_retro(read(folder / "retro.yaml"), found)
    yield from check_sources(folder)
    yield from check_translations(folder)
