"""Bring the catalogues up to date with what templates, Python and the content say in English.

`make messages`. A message that is no longer said goes; a new one comes untranslated. With
`--check` nothing is written, and it fails if anything would be.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from teamhealth import content
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.messages import FOLDERS, WRITTEN, Domain
from teamhealth.instruments.guidance import sentences
from teamhealth.instruments.library import library

_TOP = Path(__file__).resolve().parent.parent
_METHODS = [
    ("**/respond/**", "ignore"),
    ("**.html", "jinja2"),
    ("**.txt", "jinja2"),
    ("**.py", "python"),
]
_JINJA = {
    "trimmed": "true",
    "silent": "false",
    "encoding": "utf-8",
    "newstyle_gettext": "true",  # as the pages are set: else %% would be looked up and % be listed
}
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say": (2,),
    "lazy": None,
    "say_many": (2, 3),
}
_NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def said() -> Iterator[tuple[str | tuple[str, ...], str, list[str]]]:
    """Give every message that pages, reports and letters say, its file and the notes for translators."""
    for folder in ("templates", "reports", "teamhealth"):
        found = extract_from_dir(
            _TOP / folder,
            method_map=_METHODS,
            options_map={"**.html": _JINJA, "**.txt": _JINJA},
            keywords=_KEYWORDS,
            comment_tags=("For translators:",),
            strip_comment_tags=True,
            directory_filter=lambda _folder: True,  # ours begin with an underscore, too
        )
        for file, _line, message, notes, _context in found:
            yield message, f"{folder}/{file}", notes


def fresh(domain: Domain) -> Catalog:
    """Return all messages of a domain, untranslated, in the order in which they are met."""
    listed = Catalog(
        project="Team Health",
        version="1",
        header_comment="# Of Team Health; `make messages` brings it up to date.",
        last_translator="Team Health",
        language_team="Team Health",
        creation_date=_NO_DAY,
        revision_date=_NO_DAY,
        fuzzy=False,
    )
    if domain == "guidance":
        for place, text in sentences(library()):
            listed.add(text, auto_comments=[place])
    else:
        for message, file, notes in said():
            listed.add(message, locations=[(file, 0)], auto_comments=notes)
    return listed


def brought_up_to_date(domain: Domain, language: str) -> tuple[Path, bytes]:
    """Return a catalogue's file and what it should hold."""
    where, folder = FOLDERS[domain]
    file = content.folder(where) / folder / f"{language}.po"
    known = Catalog(locale=language)
    if file.is_file():
        with file.open("rb") as lines:
            known = read_po(lines, locale=language)
    listed = fresh(domain)
    listed.locale = known.locale
    for message in listed:
        old = known.get(message.id) if message.id else None
        if old is not None and old.string and old.pluralizable == message.pluralizable:
            message.string = old.string
    written = io.BytesIO()
    write_po(
        written, listed, width=0, omit_header=False, include_lineno=False, sort_output=False
    )
    return file, written.getvalue()


def main() -> int:
    """Write the catalogues, or tell which are not up to date."""
    stale = []
    for domain in FOLDERS:
        for language in LANGUAGES:
            if language == WRITTEN:
                continue
            file, wanted = brought_up_to_date(domain, language)
            if file.is_file() and file.read_bytes() == wanted:
                continue
            stale.append(str(file.relative_to(_TOP)))
            if "--check" not in sys.argv:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(wanted)
    print("\n".join(stale) or "All catalogues are up to date.")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
