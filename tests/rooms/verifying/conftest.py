"""An open survey behind a door that can lie, once for all tests of a file; and the check's own command."""

import json

import pytest

from teamhealth.cli.program import program
from tests.conftest import NOON
from tests.firms import found, launch
from tests.rooms.verifying.doors import opened
from tests.tables import with_tables


@pytest.fixture(scope="module")
def own_database(tmp_path_factory):
    """Give a database and settings of an installation of nineteen people."""
    home = tmp_path_factory.mktemp("verifying")
    database = with_tables(home / "own.sqlite3")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("teamhealth.clock.now", lambda: NOON)
        settings = found(database, home / "home")
        name = launch(database, settings, languages=["en", "de"])
    yield database, settings, name
    database.close()


@pytest.fixture(scope="module")
def served(own_database):
    """Serve it."""
    with opened(*own_database) as door:
        yield door


@pytest.fixture
def door(served):
    """Give the door, telling the truth again."""
    served.lie = None
    served.seen.clear()
    return served


@pytest.fixture
def verify(monkeypatch, tmp_path, capsys):
    """Run ``teamhealth verify`` in an empty folder with nothing set; give what it reports."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "DATABASE_URL", "BASE_URL"):
        monkeypatch.delenv(f"TEAMHEALTH_{name}", raising=False)

    def run(*words, code=0):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            program.main(["verify", *map(str, words), "--json"])
        printed = capsys.readouterr()
        assert left.value.code == code, printed
        assert list(tmp_path.iterdir()) == []
        return json.loads(printed.out)

    return run


def results(report):
    """Give how each check ended."""
    return {each["check"]: each["result"] for each in report["checks"]}


def what_differs(report):
    """Give the checks that found a difference, in order."""
    return [check for check, result in results(report).items() if result == "differs"]
