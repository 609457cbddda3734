"""``teamhealth audit`` and ``teamhealth content check``: whether what is stored or shipped is in order."""

from collections.abc import Iterator
from pathlib import Path

import click

from teamhealth import content
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.cli.exporting import counted
from teamhealth.cli.opening import opened
from teamhealth.cli.printing import json_option, tell
from teamhealth.instruments.checking import check
from teamhealth.results.auditing import audit_snapshot
from teamhealth.snapshots import storing


@click.command
@click.argument("name", metavar="ID")
@json_option
def audit(*, name: str, as_json: bool) -> int:
    """Check the stored snapshot of survey ID with code that had no part in making it."""
    with opened() as installation:
        snapshot = counted(installation, name)
        with installation.database.read() as db:
            mark = storing.mark(db, name)
    faults = audit_snapshot(snapshot)
    stored = digest(canonical(to_plain(snapshot)))
    facts = {"id": name, "digest": stored, "mark": mark, "faults": faults}
    tell(facts, _verdict(name, f"{stored}; in reports {mark}", faults), as_json=as_json)
    return int(bool(faults))


@click.group("content")
def contents() -> None:
    """Look after the questionnaire, its translations and all copy."""


@contents.command("check")
@click.argument(
    "folder",
    metavar="[DIR]",
    required=False,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@json_option
def check_content(*, folder: Path | None, as_json: bool) -> int:
    """Check a content folder, by default the shipped one; every fault with file and place."""
    place = folder or content.folder("surveys") / "ipnb"
    faults = [str(fault) for fault in check(place)]
    summary = f"{place}: " + (f"{len(faults)} faults." if faults else "in order.")
    tell({"folder": str(place), "faults": faults}, [*faults, summary], as_json=as_json)
    return int(bool(faults))


def _verdict(name: str, stored: str, faults: list[str]) -> Iterator[str]:
    yield f"Snapshot of {name}, SHA-256 {stored}."
    if not faults:
        yield "Nothing published covers fewer people than promised, directly or by subtraction."
    for fault in faults:
        yield f"Fault: {fault}"
    if faults:
        yield "Please do not publish this survey, and report the faults (SECURITY.md)."
