"""``teamhealth trustee …``: a trustee's own commands, and what the server hands over and takes back.

A trustee runs the first four on a machine of its own, where ``python -m
teamhealth.trustee`` does the same without the server's packages.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from teamhealth.campaigns import entrusting, lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.cli.facts import facts_of
from teamhealth.cli.launching import open_survey, opened_lines
from teamhealth.cli.opening import opened
from teamhealth.cli.posting import post
from teamhealth.cli.printing import json_option, tell, write_whole_bytes
from teamhealth.jobs import accepting, waiting
from teamhealth.trustee import __main__ as alone
from teamhealth.trustee import commands

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)
_file = click.Path(dir_okay=False, path_type=Path)
_folder = click.Path(file_okay=False, path_type=Path)
_survey = click.argument("name", metavar="ID")
_out = click.option("-o", "--out", type=_file, required=True, metavar="FILE")
_key = click.option(
    "--key", type=click.Path(path_type=Path), default=Path(), help="trustee.key or its folder."
)


@click.group("trustee")
def trustees() -> None:
    """Let somebody else hold the key of the answers, such as a works council."""


def _with_passphrase(command: Callable[..., None]) -> Callable[..., None]:
    """Add how the private keys are protected."""
    command = click.option("--no-passphrase", is_flag=True, help="For trials only.")(command)
    return click.option("--passphrase-file", type=_existing, metavar="FILE")(command)


def _of_keys(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option("--address", default="", help="An e-mail address for reminders.")(
        command
    )
    command = click.option("--name", required=True, help="As people will read it.")(command)
    return click.option("-o", "--out", type=_folder, required=True, metavar="FOLDER")(command)


@trustees.command
@_of_keys
@_with_passphrase
def keygen(*, out: Path, name: str, address: str, **how: Any) -> None:
    """Make the keys of one survey, and the sheet to print."""
    commands.keygen(out, name, address, alone.talk_of(**how))


@trustees.command
@_of_keys
@_with_passphrase
def restore(*, out: Path, name: str, address: str, **how: Any) -> None:
    """Type the printed key in."""
    commands.restore(out, name, address, alone.talk_of(**how))


@trustees.command
@click.argument("file", metavar="REHEARSAL", type=_existing)
@_out
@_key
@_with_passphrase
def rehearse(*, file: Path, out: Path, key: Path, **how: Any) -> None:
    """Count made-up answers, and prove that you can."""
    commands.rehearse(file, out, commands.key_at(key), alone.talk_of(**how))


@trustees.command
@click.argument("file", metavar="BOX", type=_existing)
@_out
@_key
@click.option("--fingerprint", default="", help="Stop unless the survey has this one.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask before counting.")
@_with_passphrase
def count(
    *, file: Path, out: Path, key: Path, fingerprint: str, sure: bool, **how: Any
) -> None:
    """Count the answers, sign the result, destroy the key: once."""
    talk = alone.talk_of(**how)
    commands.count(file, out, commands.key_at(key), talk, fingerprint=fingerprint, sure=sure)


@trustees.command
@_survey
@_out
def rehearsal(*, name: str, out: Path) -> None:
    """Write the made-up answers that the trustee of survey ID shall count."""
    with opened() as installation, installation.database.read() as db:
        write_whole_bytes(out, entrusting.rehearsal(db, name))
    click.echo(f"{out}: for the trustee to `rehearse`. It holds no real answer.")


@trustees.command
@_survey
@click.argument("file", metavar="PROOF", type=_existing)
@json_option
def prove(*, name: str, file: Path, as_json: bool) -> None:
    """Take the trustee's proof, and open survey ID."""
    with opened() as installation:
        with installation.database.write() as db:
            entrusting.prove(db, name, file.read_bytes())
            db.commit()
        state = open_survey(installation, name)
        sent = post(installation) if state is State.OPEN else 0
        with installation.database.read() as db:
            survey = lookup.survey(db, name)
            lines = opened_lines(survey, sent, lookup.on_paper(db, survey))
    tell({**facts_of(survey), "sent": sent}, lines, as_json=as_json)


@trustees.command
@_survey
@_out
def box(*, name: str, out: Path) -> None:
    """Write the closed survey's answers, still sealed, for its trustee alone."""
    with opened() as installation:
        waiting.write_box(installation.database, name, out)
    click.echo(f"{out}: for the trustee to `count`. Nobody else can open it.")


@trustees.command
@_survey
@click.argument("file", metavar="RESULT", type=_existing)
@json_option
def upload(*, name: str, file: Path, as_json: bool) -> None:
    """Check and store the result that the trustee of survey ID has counted."""
    with opened() as installation:
        accepting.accept(installation.database, installation.settings, name, file.read_bytes())
        with installation.database.read() as db:
            survey = lookup.survey(db, name)
    tell(facts_of(survey), _counted(survey), as_json=as_json)


def _counted(survey: Survey) -> Iterator[str]:
    yield f"Survey {survey.id} is counted: the result fits everything that lies here."
    yield f"`teamhealth survey publish {survey.id}` releases it."
