"""What a process that prints does: one report after the other, until its standard input ends.

``printing`` starts it. It is told a survey and a folder, then report by report; each
appears in the folder whole or not at all. It answers with nothing, or the name of a
fault's class.
"""

import json
import os
import signal
import sys
from pathlib import Path

from teamhealth.cells.audience import HR, Viewer
from teamhealth.db import Database, open_database
from teamhealth.jobs.material import material
from teamhealth.outlets import sections
from teamhealth.outlets.kinds import Kind, Material, Wanted, printed


def serve() -> None:
    """Be told what all reports have in common, then print each that is named."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    for number in (signal.SIGINT, signal.SIGTERM):  # who started us decides, and ends our input
        signal.signal(number, signal.SIG_IGN)
    told = json.loads(incoming.readline())
    database = open_database(told["database_url"])
    press = _Press(database, told)
    for line in incoming:
        outgoing.write(json.dumps(press.print_one(*json.loads(line))).encode() + b"\n")
        outgoing.flush()
    database.close()


class _Press:
    """Prints into one folder."""

    def __init__(self, database: Database, told: dict[str, object]) -> None:
        self._database = database
        self._survey = str(told["survey"])
        self._language = str(told["language"])
        self._comments = bool(told["comments"])
        self._as_leader = bool(told["as_leader"])
        self._leave_out = sections.named(told["leave_out"])  # type: ignore[arg-type]
        self._folder = Path(str(told["folder"]))
        self._material: Material | None = None

    def print_one(self, kind: str, group: str, stem: str) -> str:
        """Print one report into the folder; return nothing, or the name of what was wrong."""
        one = Wanted(Kind(kind), group, stem)
        try:
            write(self._folder / one.file_name, printed(one, self._for(group)))
        except Exception as fault:  # noqa: BLE001 - its words may hold results, its name does not
            return type(fault).__name__
        return ""

    def _for(self, group: str) -> Material:
        """Return what a report is made from: read once, but anew for each leader."""
        if self._material is None or self._as_leader:
            viewer = Viewer(frozenset({group})) if self._as_leader else HR
            self._material = material(
                self._database,
                self._survey,
                viewer=viewer,
                language=self._language,
                with_comments=self._comments,
                leave_out=self._leave_out,
            )
        return self._material


def write(place: Path, body: bytes) -> None:
    """Put a file on the disk whole or not at all, readable by its owner alone."""
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb"
        ) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
