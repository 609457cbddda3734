"""``teamhealth slips``: paper slips for people who get no letter, and making leftovers void.

Promises: codes go from memory into the one file that was named, which only its owner can
read; slips are good only if that file was written whole; who voids some is not told
whether one was used.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.orm import Session

from teamhealth import logs
from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import Survey
from teamhealth.cli.opening import Installation, opened
from teamhealth.cli.printing import json_option, tell
from teamhealth.credentials.codes import from_code
from teamhealth.errors import RefusedError, WrongUseError
from teamhealth.invitations import slips as paper
from teamhealth.outlets.print_slips import slips_pdf

VOIDED = (
    "Done: these slips can no longer be used. If an answer was given with one, it stays; "
    "whether one was is told to nobody."
)


@click.command
@click.argument("name", metavar="ID")
@click.option("--group", "path", metavar="PATH", help="For this group.")
@click.option("--all", "every", is_flag=True, help="For each group with people on paper.")
@click.option("--count", type=int, help="So many; else one a person on paper, and the spare.")
@click.option("--language", help="One of the survey's; else its first.")
@click.option("-o", "target", type=click.Path(path_type=Path), metavar="FILE.pdf")
@click.option("--void", "unwanted", multiple=True, metavar="CODE", help="Make a slip void.")
@click.option("--void-rest", "rest", is_flag=True, help="Make every unused slip void.")
@json_option
def slips(
    *,
    name: str,
    path: str | None,
    every: bool,
    count: int | None,
    language: str | None,
    target: Path | None,
    unwanted: tuple[str, ...],
    rest: bool,
    as_json: bool,
) -> None:
    """Print paper slips of the open survey ID into a new FILE.pdf, or make leftovers void.

    A slip is used by whoever draws it from a hat. Codes are stored nowhere but on
    the slips, so that none can be printed twice.
    """
    if unwanted or rest:
        if target or count is not None or every or (rest and not path):
            raise WrongUseError(
                "--void CODE and --group PATH --void-rest make slips void and print none. "
                "Nothing was done; call the command once for each."
            )
        with opened() as installation:
            _void(installation, name, unwanted, path if rest else None)
        tell({"voided": True}, [VOIDED], as_json=as_json)
        return
    if target is None or every == bool(path) or (every and count is not None):
        raise WrongUseError(
            "Name a group (--group PATH, perhaps --count N) or --all, and a new file (-o FILE.pdf). "
            "Nothing was printed."
        )
    with opened() as installation:
        batches = _print(installation, name, target, path=path, count=count, language=language)
    printed = {batch.group.path: len(batch.tokens) for batch in batches}
    facts = {"file": str(target), "slips": printed}
    tell(facts, _lines(target, printed), as_json=as_json)


def _print(
    installation: Installation,
    name: str,
    target: Path,
    *,
    path: str | None,
    count: int | None,
    language: str | None,
) -> list[paper.Batch]:
    """Print and then make good; a slip of a file that was not finished is good for nothing."""
    with installation.database.read() as db:
        survey = lookup.survey(db, name)
        paper.require_open(survey)
        groups = [paper.supply(db, survey, path)] if path else _on_paper(db, survey)
    batches = [paper.draw(survey, each, count, random=secrets.token_bytes) for each in groups]
    body = slips_pdf(survey, batches, language or survey.languages[0])
    with _new_file(target, body), installation.database.write() as db:
        paper.store(db, survey.id, batches)
        db.commit()
    logs.event("slips_printed", survey=survey.id)
    return batches


def _on_paper(db: Session, survey: Survey) -> list[paper.Supply]:
    """Return the groups that have people on paper and seats left."""
    found = [one for one in paper.supplies(db, survey) if one.on_paper and one.left]
    if not found:
        raise RefusedError(
            f"No group of survey {survey.id} has people on paper for whom slips are left to print. "
            "Nothing was printed; --group PATH prints some on a group's spare seats."
        )
    return found


@contextmanager
def _new_file(target: Path, body: bytes) -> Iterator[None]:
    """Write a file that did not exist; it goes again if the block fails."""
    try:
        place = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise RefusedError(
            f"{target} is there already, and its slips may still be good. Nothing was printed; name "
            "another file."
        ) from None
    try:
        with os.fdopen(place, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        yield
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _void(
    installation: Installation, name: str, unwanted: Sequence[str], path: str | None
) -> None:
    tokens = [from_code(code) for text in unwanted for code in text.replace(",", " ").split()]
    if None in tokens:
        raise WrongUseError(
            "A code of a slip has 16 letters and digits. Nothing was changed; compare them."
        )
    with installation.database.write() as db:
        survey = lookup.survey(db, name)
        if path:
            paper.void_rest(db, name, paper.supply(db, survey, path).group_id)
        if tokens:
            paper.void(db, name, [token for token in tokens if token])
        db.commit()


def _lines(target: Path, printed: dict[str, int]) -> Iterator[str]:
    for path, many in printed.items():
        yield f"{many} slips for {path}."
    yield (
        f"They are in {target}, which only you can read. Print it, delete it, and let everybody draw a "
        "slip: the codes are stored nowhere else, so it cannot be printed again."
    )
