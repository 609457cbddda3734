"""What commands print: text for people, one JSON object for programs, files written whole or not at all."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object on stdout."
)
survey_argument = click.argument("name", metavar="[ID]", required=False)


def tell(facts: Mapping[str, object], lines: Iterable[str], *, as_json: bool) -> None:
    """Print ``facts`` as one JSON object, or else ``lines``, on stdout."""
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for line in lines:
        click.echo(line)


def aside(line: str) -> None:
    """Print a line for people on stderr, where no program reads it."""
    click.echo(line, err=True)


def write_whole(target: str, pieces: Iterable[str]) -> None:
    """Write text to a file, or to stdout for ``-``; a file that exists is replaced at the end."""
    if target == "-":
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    _replace(Path(target), (piece.encode() for piece in pieces))


def write_whole_bytes(place: Path, body: bytes) -> None:
    """Write a file; one that exists is replaced at the end."""
    _replace(place, (body,))


def _replace(place: Path, pieces: Iterable[bytes]) -> None:
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
