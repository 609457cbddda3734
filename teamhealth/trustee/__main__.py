"""``python -m teamhealth.trustee``: a trustee's commands without the server's packages.

Needs cryptography, gmpy2, numpy and scipy, on Windows, macOS or Linux (docs/trustee.md).
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path

from teamhealth.errors import TeamHealthError, WrongUseError
from teamhealth.trustee import commands
from teamhealth.trustee.commands import Talk

FAILURE, WRONG_USE = 1, 2
LEAST = 8
"""Fewest characters of a passphrase."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # an old console's signs
    given = _parser().parse_args(words)
    try:
        _run(given, talk_of(given.passphrase_file, no_passphrase=given.no_passphrase))
    except WrongUseError as wrong:
        return _told(wrong, WRONG_USE)
    except TeamHealthError as refusal:
        return _told(refusal, FAILURE)
    except (KeyboardInterrupt, EOFError):
        return _told("Stopped on request. What was not finished was not written.", FAILURE)
    except OSError as fault:
        return _told(
            f"{fault.filename} cannot be used: {fault.strerror}. The command stopped there; the key is kept.",
            FAILURE,
        )
    return 0


def talk_of(passphrase_file: Path | None, *, no_passphrase: bool) -> Talk:
    """Return how to speak with somebody at a terminal."""

    def passphrase(new: bool) -> str:
        if no_passphrase:
            return ""
        if passphrase_file is not None:
            return passphrase_file.read_text("utf-8").strip()
        first = getpass("Passphrase: ")
        if not new:
            return first
        if len(first) < LEAST or getpass("Once more: ") != first:
            raise WrongUseError(
                f"A passphrase has {LEAST} characters or more and is typed the same twice. Nothing "
                "was made; try again."
            )
        return first

    return Talk(print, input, passphrase)


def _run(given: Namespace, talk: Talk) -> None:
    match given.command:
        case "keygen":
            commands.keygen(given.out, given.name, given.address, talk)
        case "restore":
            commands.restore(given.out, given.name, given.address, talk)
        case "rehearse":
            commands.rehearse(given.file, given.out, commands.key_at(given.key), talk)
        case _:
            commands.count(
                given.file,
                given.out,
                commands.key_at(given.key),
                talk,
                fingerprint=given.fingerprint,
                sure=given.yes,
            )


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m teamhealth.trustee", description=__doc__)
    found = parser.add_subparsers(dest="command", required=True)
    for name, told in (
        ("keygen", "make the keys of one survey"),
        ("restore", "type the printed key in"),
    ):
        one = found.add_parser(name, help=told)
        one.add_argument("-o", "--out", type=Path, required=True, metavar="FOLDER")
        one.add_argument("--name", required=True, help="as people will read it: Works council")
        one.add_argument("--address", default="", help="an e-mail address for reminders")
    for name, told in (
        ("rehearse", "count made-up answers and prove that you can"),
        ("count", "count the answers, once"),
    ):
        one = found.add_parser(name, help=told)
        one.add_argument("file", type=Path)
        one.add_argument("-o", "--out", type=Path, required=True, metavar="FILE")
        one.add_argument("--key", type=Path, default=Path(), help="trustee.key or its folder")
    one.add_argument("--fingerprint", default="", help="stop unless the survey has this one")
    one.add_argument("--yes", action="store_true", help="do not ask before counting")
    for one in found.choices.values():
        one.add_argument("--passphrase-file", type=Path, metavar="FILE")
        one.add_argument("--no-passphrase", action="store_true", help="for trials only")
    return parser


def _told(what: object, code: int) -> int:
    print(what, file=sys.stderr)  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main())
