"""How a command ends that cannot do what it was asked: one sentence on stderr and an exit code.

Promise: no traceback reaches a person, unless they ask for it with ``teamhealth --debug``.
"""

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from teamhealth.errors import TeamHealthError, WrongUseError

FAILURE, WRONG_USE = 1, 2


class Program(click.Group):
    """The group of all commands, which turns every exception into a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what went wrong below becomes a ``ClickException`` here."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except TeamHealthError as refusal:
            raise _told(refusal) from refusal
        except Exception as fault:
            if ctx.params.get("debug"):
                raise
            raise _Failed(_unexpected(fault)) from fault

    def main(self, args: Sequence[str] | None = None, *_: Any, **more: Any) -> NoReturn:
        """Run with these arguments and leave with the exit code."""
        more |= {"prog_name": "teamhealth", "standalone_mode": False}
        try:
            result = super().main(args, **more)
        except click.exceptions.NoArgsIsHelpError as asked:
            asked.show()
            sys.exit(WRONG_USE)
        except click.UsageError as wrong:
            _say(_wrong_use(wrong))
            sys.exit(WRONG_USE)
        except click.ClickException as told:
            _say(told.format_message())
            sys.exit(told.exit_code)
        except click.Abort:
            _say("Stopped on request. What was not finished was not stored.")
            sys.exit(FAILURE)
        sys.exit(result if isinstance(result, int) else 0)


class _Failed(click.ClickException):
    exit_code = FAILURE


class _WronglyUsed(click.ClickException):
    exit_code = WRONG_USE


def _told(refusal: TeamHealthError) -> click.ClickException:
    kind = _WronglyUsed if isinstance(refusal, WrongUseError) else _Failed
    return kind(str(refusal))


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)


def _wrong_use(wrong: click.UsageError) -> str:
    command = wrong.ctx.command_path if wrong.ctx else "teamhealth"
    what = " ".join(wrong.format_message().split()).rstrip(".")
    return f"{what}. Nothing was changed; `{command} --help` tells what is possible."


def _unexpected(fault: Exception) -> str:
    kind = type(fault).__name__
    if isinstance(fault, OSError) and fault.filename:
        return (
            f"{fault.filename} cannot be used: {fault.strerror}. "
            "The command stopped there; correct this and run it again."
        )
    if isinstance(fault, SQLAlchemyError):
        return (
            f"The database could not be used ({kind}); what was not finished was not stored. "
            "`teamhealth doctor` tells what is wrong with it."
        )
    return (
        f"Something unexpected happened ({kind}); what was not finished was not stored. "
        "`teamhealth --debug` before the command shows where, for a report of the fault."
    )
