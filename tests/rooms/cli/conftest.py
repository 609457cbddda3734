"""The command line inside this process: the same words, exit codes and streams, without a second's start."""

import json
import os
from dataclasses import dataclass

import pytest
from alembic import command

from teamhealth.cli.program import program
from teamhealth.migrations import running
from tests.firms import found


@dataclass(frozen=True)
class Ran:
    """What a command printed."""

    out: str
    err: str

    @property
    def sentence(self):
        """Give what was said on stderr, which must be one line."""
        assert len(self.err.splitlines()) == 1, self.err
        return self.err.strip()


class CommandLine:
    """Runs commands of one installation; ``settings`` are its TEAMHEALTH_* by short name."""

    def __init__(self, settings, capsys, monkeypatch):
        self._capsys = capsys
        for name in [name for name in os.environ if name.startswith("TEAMHEALTH_")]:
            monkeypatch.delenv(name)
        for name, value in settings.items():
            monkeypatch.setenv(f"TEAMHEALTH_{name}", str(value))

    def run(self, *words, code=0):
        """Run one command; another exit code fails the test."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            program.main([str(word) for word in words])
        printed = self._capsys.readouterr()
        assert left.value.code == code, (left.value.code, printed.out, printed.err)
        return Ran(printed.out, printed.err)

    def ask(self, *words, code=0):
        """Run one command with --json; give its one object."""
        return json.loads(self.run(*words, "--json", code=code).out)


@pytest.fixture
def cli(database, tmp_path, capsys, monkeypatch):
    """Give the command line of an installation without people."""
    with database.engine.execution_options(writes=True).begin() as connection:
        command.stamp(running.config(connection), "head")
    url = database.engine.url.render_as_string(hide_password=False)
    settings = {"HOME": tmp_path / "home", "DATABASE_URL": url}
    return CommandLine(settings, capsys, monkeypatch)


@pytest.fixture
def firm(database, tmp_path, cli):
    """Store a roster of nineteen people there; give the settings of the installation."""
    assert cli
    return found(database, tmp_path / "home")
