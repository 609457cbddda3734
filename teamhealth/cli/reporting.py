"""``teamhealth report``: one PDF of a counted survey, or all of them, into a folder or one zip.

Whoever runs commands sees what HR sees; ``--leader`` gives each group's report as the
person who leads that group reads it, with the part on steady leadership.
"""

from pathlib import Path

import click

from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.model import Snapshot
from teamhealth.cli.exporting import counted
from teamhealth.cli.opening import Installation, opened
from teamhealth.cli.printing import write_whole_bytes
from teamhealth.cli.reporting_all import Wish, write_all
from teamhealth.errors import NotFoundError, WrongUseError
from teamhealth.i18n.messages import OFFERED, WRITTEN
from teamhealth.jobs.material import material
from teamhealth.jobs.printing import HANDS
from teamhealth.outlets import kinds, sections
from teamhealth.outlets.kinds import Kind
from teamhealth.outlets.sections import Section


@click.command
@click.argument("name", metavar="ID")
@click.option("--group", "path", metavar="PATH", help="One group, such as Acme/Operations.")
@click.option(
    "--all", "every", is_flag=True, help="All that can be printed, or all of a --kind."
)
@click.option(
    "--kind",
    "chosen",
    type=click.Choice([kind.value for kind in Kind]),
    multiple=True,
    help="What is printed; with --all it may be given several times.",
)
@click.option("--leader", is_flag=True, help="As the group's leader reads it.")
@click.option("--no-comments", is_flag=True, help="Without what people wrote.")
@click.option(
    "--leave-out",
    default="",
    metavar="NAMES",
    help=f"Sections of team reports: {', '.join(Section)}.",
)
@click.option("--language", type=click.Choice(OFFERED), default=WRITTEN, help="Of the reports.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=HANDS,
    show_default=True,
    help="Processes that print at a time, with --all.",
)
@click.option(
    "-o", "target", required=True, type=click.Path(path_type=Path), metavar="FILE_OR_DIR"
)
def report(
    *,
    name: str,
    path: str | None,
    every: bool,
    chosen: tuple[str, ...],
    leader: bool,
    no_comments: bool,
    leave_out: str,
    language: str,
    jobs: int,
    target: Path,
) -> int:
    """Write the results of survey ID as PDF: the whole organisation, one group, or all.

    With --all, FILE_OR_DIR is a folder or a file that ends in .zip. Stopped and begun again,
    it goes on where it was.
    """
    _require_sense(path, chosen, every=every, leader=leader)
    wish = Wish(
        kinds=tuple(Kind(kind) for kind in chosen),
        leader=leader,
        comments=not no_comments,
        leave_out=sections.named(leave_out.split(",")),
        language=language,
        jobs=jobs,
    )
    with opened() as installation:
        if every:
            return write_all(installation, name, target, wish).told()
        click.echo(_write_one(installation, name, target, path, wish))
    return 0


def _require_sense(
    path: str | None, chosen: tuple[str, ...], *, every: bool, leader: bool
) -> None:
    if path and every:
        raise WrongUseError("Choose --group or --all, not both; nothing was written.")
    if leader and not (path or every):
        raise WrongUseError("--leader needs --group or --all; nothing was written.")
    if len(chosen) > 1 and not every:
        raise WrongUseError("Several --kind need --all; nothing was written.")


def _write_one(
    installation: Installation, name: str, target: Path, path: str | None, wish: Wish
) -> Path:
    """Write one report to a file, or into a folder under its own name."""
    snapshot = counted(installation, name)
    group = _named(snapshot, path) if path else snapshot.root.id
    usual = Kind.TEAM if path else Kind.ORGANISATION
    one = kinds.only(wish.kinds[0] if wish.kinds else usual, group, snapshot)
    made = material(
        installation.database,
        name,
        viewer=Viewer(frozenset({group})) if wish.leader else HR,
        language=wish.language,
        with_comments=wish.comments,
        leave_out=wish.leave_out,
    )
    place = target / one.file_name if target.is_dir() else target
    write_whole_bytes(place, kinds.printed(one, made))
    return place


def _named(snapshot: Snapshot, path: str) -> str:
    for group in snapshot.groups:
        if group.path == path:
            return group.id
    raise NotFoundError(
        f"Survey {snapshot.survey.id} has no group {path!r}; nothing was written. "
        f"A path begins with {snapshot.root.path}."
    )
