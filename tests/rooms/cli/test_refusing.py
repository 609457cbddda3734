"""Whatever goes wrong, a person reads one sentence and a script an exit code."""

import click
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from teamhealth.cli.refusing import Program
from teamhealth.errors import RefusedError, SettingsError

FAULTS = {
    "refused": RefusedError("It is closed. Nothing was stored."),
    "settings": SettingsError("TEAMHEALTH_X is not a setting."),
    "disk": FileNotFoundError(2, "No such file or directory", "/a/file"),
    "database": OperationalError(
        "SELECT secret", {"who": "ada@example.org"}, Exception("gone")
    ),
    "surprise": ZeroDivisionError("ada@example.org"),
    "exit": click.exceptions.Exit(3),
    "stopped": click.Abort(),
}


@click.group(cls=Program)
@click.option("--debug", is_flag=True)
def program(debug):
    pass


@program.command
@click.argument("fault", type=click.Choice(list(FAULTS)))
def fail(fault):
    raise FAULTS[fault]


@program.command
def succeed():
    click.echo("done")


def _run(*words):
    return CliRunner().invoke(program, words)


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        ("refused", 1, "It is closed. Nothing was stored.\n"),
        ("settings", 2, "TEAMHEALTH_X is not a setting.\n"),
        ("disk", 1, "/a/file cannot be used: No such file or directory."),
        ("database", 1, "The database could not be used (OperationalError)"),
        ("surprise", 1, "Something unexpected happened (ZeroDivisionError)"),
        ("exit", 3, ""),
        ("stopped", 1, "Stopped on request."),
    ],
)
def test_a_fault_is_one_sentence_on_stderr(fault, code, told):
    result = _run("fail", fault)

    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith(told)
    assert "Traceback" not in result.stderr
    assert "ada@example.org" not in result.stderr


@pytest.mark.parametrize(
    "words", [["fail"], ["fail", "what"], ["nonsense"], ["--nonsense"], ["succeed", "x"]]
)
def test_wrong_use_is_exit_2_and_one_line(words):
    result = _run(*words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "Nothing was changed" in result.stderr
    assert "--help" in result.stderr


def test_a_fault_shows_where_when_asked_to():
    result = _run("--debug", "fail", "surprise")

    assert isinstance(result.exception, ZeroDivisionError)


def test_what_succeeds_is_exit_0():
    assert (_run("succeed").exit_code, _run("succeed").stdout) == (0, "done\n")
    assert _run("--help").exit_code == 0
    assert _run().exit_code == 2
