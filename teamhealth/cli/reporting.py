"""``teamhealth report``: the PDF of the organisation, of one group, or of every group with a result.

Whoever runs commands sees what HR sees; ``--leader`` gives each group's report as the
person who leads that group reads it, with the part on steady leadership.
"""

from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy.orm import Session

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.lookup import survey as survey_named
from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.cli.exporting import counted
from teamhealth.cli.file_names import file_names
from teamhealth.cli.opening import Installation, opened
from teamhealth.cli.printing import write_whole_bytes
from teamhealth.conversations.listing import listed
from teamhealth.errors import NotFoundError, WrongUseError
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.pdf import organisation_report, team_report
from teamhealth.outlets.print_past import MOST_BEFORE
from teamhealth.snapshots import storing

_ORGANISATION = "organisation.pdf"


@click.command
@click.argument("name", metavar="ID")
@click.option("--group", "path", metavar="PATH", help="One group, such as Acme/Operations.")
@click.option("--all", "every", is_flag=True, help="The organisation and each group.")
@click.option("--leader", is_flag=True, help="As the group's leader reads it.")
@click.option(
    "-o", "target", required=True, type=click.Path(path_type=Path), metavar="FILE_OR_DIR"
)
def report(*, name: str, path: str | None, every: bool, leader: bool, target: Path) -> None:
    """Write the results of survey ID as PDF: the whole organisation, one group, or all."""
    if path and every:
        raise WrongUseError("Choose --group or --all, not both; nothing was written.")
    if leader and not (path or every):
        raise WrongUseError("--leader needs --group or --all; nothing was written.")
    with opened() as installation:
        if every:
            written = write_all(installation, name, target, leader=leader)
        else:
            written = [_write_one(installation, name, target, path=path, leader=leader)]
    for place in written:
        click.echo(place)


def write_all(
    installation: Installation, name: str, folder: Path, *, leader: bool = False
) -> list[Path]:
    """Write the organisation's report and that of every group with a result; give the files.

    Raises RefusedError if the survey is not counted; then not even the folder is made.
    """
    sheets = _Sheets.of(installation, name)
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder / _ORGANISATION, sheets.organisation())]
    for group in sheets.snapshot.groups:
        if group.responses is not None:
            pdf = sheets.team(group, leader=leader)
            written.append(_write(folder / sheets.file_of(group), pdf))
    return written


def _write_one(
    installation: Installation, name: str, target: Path, *, path: str | None, leader: bool
) -> Path:
    """Write one report to a file, or into a folder under its own name."""
    sheets = _Sheets.of(installation, name)
    if path is None:
        file, pdf = _ORGANISATION, sheets.organisation()
    else:
        group = sheets.named(path)
        file, pdf = sheets.file_of(group), sheets.team(group, leader=leader)
    return _write(target / file if target.is_dir() else target, pdf)


@dataclass(frozen=True, slots=True)
class _Sheets:
    """What the reports of one counted survey are made from."""

    installation: Installation
    snapshot: Snapshot
    mark: str
    earlier: list[Snapshot]
    instrument: Instrument

    @classmethod
    def of(cls, installation: Installation, name: str) -> "_Sheets":
        """Read a counted survey; RefusedError if it is not counted yet."""
        counted(installation, name)
        with installation.database.read() as db:
            snapshot = storing.load(db, name)
            return cls(
                installation,
                snapshot,
                storing.mark(db, name) or "",
                _earlier(db, snapshot),
                instrument_of(survey_named(db, name)),
            )

    def file_of(self, group: GroupResult) -> str:
        """Return the name of a group's file."""
        return file_names(one.path for one in self.snapshot.groups)[group.path]

    def named(self, path: str) -> GroupResult:
        """Return the group of a path; NotFoundError if the survey has none."""
        for group in self.snapshot.groups:
            if group.path == path:
                return group
        raise NotFoundError(
            f"Survey {self.snapshot.survey.id} has no group {path!r}; nothing was written. "
            f"A path begins with {self.snapshot.root.path}."
        )

    def organisation(self) -> bytes:
        """Return the report on everybody."""
        return organisation_report(
            self.snapshot,
            self.instrument,
            library(),
            earlier=self.earlier,
            mark=self.mark,
        )

    def team(self, group: GroupResult, *, leader: bool) -> bytes:
        """Return the report of one group."""
        with self.installation.database.read() as db:
            said = listed(db, self.snapshot.survey.id, group.id)
        return team_report(
            self.snapshot,
            group.id,
            self.instrument,
            library(),
            viewer=Viewer(frozenset({group.id})) if leader else HR,
            earlier=self.earlier,
            comments=said,
            mark=self.mark,
        )


def _earlier(db: Session, snapshot: Snapshot) -> list[Snapshot]:
    """Return the surveys before, the newest first, as far back as a report tells of; no deleted one."""
    found: list[Snapshot] = []
    name = snapshot.survey.previous
    while name is not None and len(found) < MOST_BEFORE:
        try:
            found.append(storing.load(db, name))
        except NotFoundError:
            break
        name = found[-1].survey.previous
    return found


def _write(place: Path, pdf: bytes) -> Path:
    write_whole_bytes(place, pdf)
    return place
