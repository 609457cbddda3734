"""All reports of a survey from the terminal: in several processes, with a line of progress, to be gone on with.

Promise: what lies in the folder and would be printed the same today is not printed again;
after a comment was taken back, or in another language, everything is.
"""

import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from teamhealth.campaigns import batches
from teamhealth.cli.exporting import counted
from teamhealth.cli.opening import Installation
from teamhealth.cli.printing import aside
from teamhealth.conversations import listing
from teamhealth.i18n.messages import WRITTEN
from teamhealth.jobs import batching
from teamhealth.jobs.printing import HANDS, Run, failed, left, printing
from teamhealth.outlets import kinds
from teamhealth.outlets.kinds import Kind, Wanted
from teamhealth.outlets.sections import Section
from teamhealth.snapshots import storing

_EDITION = ".edition"
_FOR_GROUPS = (Kind.TEAM, Kind.BRANCH, Kind.SLIDES)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is printed; no ``kinds`` are all."""

    kinds: tuple[Kind, ...] = ()
    leader: bool = False
    comments: bool = True
    language: str = WRITTEN
    jobs: int = HANDS
    leave_out: frozenset[Section] = frozenset()

    def of(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """Return what is wished for of everything; a leader reads only reports on groups."""
        chosen = self.kinds or tuple(Kind)
        return [
            one
            for one in wanted
            if one.kind in chosen and (not self.leader or one.kind in _FOR_GROUPS)
        ]


@dataclass(frozen=True, slots=True)
class Written:
    """The files that are there, and the names of those that could not be printed."""

    places: list[Path]
    missing: list[str]

    def told(self) -> int:
        """Name each file on stdout; return 1 if one is missing, which stderr says."""
        for place in self.places:
            click.echo(place)
        if self.missing:
            aside(
                f"{len(self.missing)} reports could not be printed and are missing: "
                f"{', '.join(self.missing)}. The others were written. Report this fault (SECURITY.md)."
            )
        return int(bool(self.missing))


def write_all(
    installation: Installation, name: str, target: Path, wish: Wish = Wish()
) -> Written:
    """Write all reports of a survey into a folder, or into one file that ends in ``.zip``.

    Raises RefusedError if the survey is not counted; then not even the folder is made.
    """
    wanted = wish.of(kinds.wanted(counted(installation, name)))
    packed = target.suffix == ".zip"
    folder = target.with_name(f".{target.name}.parts") if packed else target
    _prepare(folder, wanted, _edition(installation, name, wish))
    run = Run.of(
        installation.database,
        name,
        folder,
        wish.language,
        comments=wish.comments,
        as_leader=wish.leader,
        leave_out=wish.leave_out,
    )
    _print(run, wanted, wish.jobs)
    missing = failed(folder)
    for name_of_one in missing:  # another time they are tried again
        (folder / f"{name_of_one}.failed").unlink(missing_ok=True)
    if packed:
        batching.pack(target, folder, wanted)
        shutil.rmtree(folder, ignore_errors=True)
        return Written([target], missing)
    places = [folder / one.file_name for one in wanted if one.file_name not in missing]
    return Written(places, missing)


def _print(run: Run, wanted: Sequence[Wanted], jobs: int) -> None:
    done = len(wanted) - len(left(run.folder, wanted))
    on_screen = sys.stderr.isatty()
    with closing(printing(run, wanted, hands=jobs)) as work:
        for _ in work:
            done += 1
            if on_screen:
                click.echo(f"\r{done} of {len(wanted)} reports", nl=False, err=True)
    if on_screen:
        click.echo(err=True)


def _prepare(folder: Path, wanted: Sequence[Wanted], edition: str) -> None:
    """Make the folder; take out of it what an earlier run printed otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / _EDITION
    if note.is_file() and note.read_text("utf-8") == edition:
        return
    for one in wanted:
        (folder / one.file_name).unlink(missing_ok=True)
    note.write_text(edition, "utf-8")


def _edition(installation: Installation, name: str, wish: Wish) -> str:
    with installation.database.read() as db:
        mark = storing.mark(db, name) or ""
        many = sum(listing.how_many(db, name).values()) if wish.comments else None
    leader = "leader" if wish.leader else ""
    return batches.edition(mark, many, wish.language, leader, *sorted(wish.leave_out))
