"""``teamhealth attest``: one page about a counted survey for the files of a works council."""

from pathlib import Path

import click

from teamhealth.campaigns import lookup
from teamhealth.cli.exporting import counted
from teamhealth.cli.opening import opened
from teamhealth.cli.printing import write_whole_bytes
from teamhealth.outlets.print_attestation import attestation_pdf
from teamhealth.snapshots import storing


@click.command
@click.argument("name", metavar="ID")
@click.option(
    "-o", "target", required=True, type=click.Path(path_type=Path), metavar="FILE_OR_DIR"
)
@click.option("--language", default="", metavar="LANGUAGE", help="Not the survey's first one.")
def attest(*, name: str, target: Path, language: str) -> None:
    """Write under which rules survey ID was asked, and what is left of it, as one page of PDF."""
    with opened() as installation:
        snapshot = counted(installation, name)
        with installation.database.read() as db:
            survey = lookup.survey(db, name)
            mark = storing.mark(db, name) or ""
            on_paper = sum(group.on_paper for group in lookup.groups_of(db, survey))
    page = attestation_pdf(survey, snapshot, mark=mark, on_paper=on_paper, language=language)
    place = target / f"{name}-attestation.pdf" if target.is_dir() else target
    write_whole_bytes(place, page)
    click.echo(place)
