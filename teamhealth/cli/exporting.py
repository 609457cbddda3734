"""``teamhealth export``: the numbers of a counted survey, read from its stored snapshot alone.

Whoever runs commands sees what HR sees: the leader's theme only where that was agreed.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from teamhealth.campaigns.lookup import instrument_of, survey
from teamhealth.campaigns.models import State
from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.model import Snapshot
from teamhealth.cli.opening import Installation, opened
from teamhealth.cli.printing import write_whole, write_whole_bytes
from teamhealth.errors import RefusedError, WrongUseError
from teamhealth.i18n.messages import OFFERED, WRITTEN
from teamhealth.instruments.guidance import library_in
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.document import document
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.tables import csv_lines
from teamhealth.outlets.workbook import workbook
from teamhealth.snapshots import storing
from teamhealth.snapshots.storing import load

_COUNTED = (State.COUNTED, State.PUBLISHED)


@click.command
@click.argument("name", metavar="ID")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), required=True)
@click.option("-o", "target", required=True, metavar="FILE", help="Where to; - is stdout.")
@click.option(
    "--language",
    type=click.Choice(OFFERED),
    default=WRITTEN,
    help="Of the spreadsheet's words; the others speak in identifiers.",
)
def export(*, name: str, kind: str, target: str, language: str) -> None:
    """Write the results of survey ID as CSV, spreadsheet or JSON."""
    with opened() as installation:
        snapshot = counted(installation, name)
        asked = _asked(installation, name)
        mark = _mark(installation, name)
    if kind == "xlsx":
        _write_spreadsheet(target, snapshot, asked, mark, language)
        return
    write_whole(target, csv_lines(snapshot, HR) if kind == "csv" else _json(snapshot, asked))


def counted(installation: Installation, name: str) -> Snapshot:
    """Return the snapshot of a survey; RefusedError if it is not counted."""
    with installation.database.read() as db:
        found = survey(db, name)
        if found.state not in _COUNTED:
            raise RefusedError(
                f"Survey {name} is {found.state.value}: it has no results before it is counted. "
                f"Nothing was written. `teamhealth survey show {name}` tells when it closes."
            )
        return load(db, name)


def _asked(installation: Installation, name: str) -> Instrument:
    with installation.database.read() as db:
        return instrument_of(survey(db, name))


def _mark(installation: Installation, name: str) -> str:
    with installation.database.read() as db:
        return storing.mark(db, name) or ""


def _write_spreadsheet(
    target: str, snapshot: Snapshot, asked: Instrument, mark: str, language: str
) -> None:
    if target == "-":
        raise WrongUseError(
            "A spreadsheet is no text for the terminal; nothing was written. Name a file with -o."
        )
    seen = seen_by(snapshot, HR)
    facts = facts_of(seen, mark, None, language)
    source = Source(seen, facts, asked, library_in(language), language)
    write_whole_bytes(Path(target), workbook(source, seen.groups, whole=True))


def _json(snapshot: Snapshot, asked: Instrument) -> Iterator[str]:
    yield from json.JSONEncoder(ensure_ascii=False, allow_nan=False).iterencode(
        document(snapshot, HR, instrument=asked)
    )
    yield "\n"
