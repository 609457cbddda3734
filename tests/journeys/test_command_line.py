"""One year of an installation on the command line alone, and what it says when it is used wrongly."""

import csv
import io
import json

import pytest

from tests.conftest import postgres_answers
from tests.journeys.house import House, empty_database

TEAMS = {"Acme": 1, "Acme/North": 8, "Acme/South": 7, "Acme/Bakery": 4}
ROSTER = "email;name;group;leads\n" + "\n".join(
    f"p{n}@{path.rsplit('/', 1)[-1].lower()}.example;Person {n};{path};"
    + ("Acme" if path == "Acme" else "")
    for path, count in TEAMS.items()
    for n in range(count)
)
LAUNCH = ("survey", "launch", "--form", "pulse", "--title", "Spring", "--closes", "+14d")
SPRING = (*LAUNCH, "--languages", "en,ar")


@pytest.fixture
def elsewhere(house, tmp_path):
    """Give a second installation, on the same kind of database."""
    kind = "sqlite" if house.database_url.startswith("sqlite") else "postgresql"
    with empty_database(kind, tmp_path / "new") as url:
        (tmp_path / "new").mkdir(exist_ok=True)
        yield House(tmp_path / "new" / "home", url)


@pytest.mark.slow
def test_from_an_empty_folder_to_results_that_outlive_the_machine(
    house, elsewhere, tmp_path, request
):
    if house.is_sqlite and postgres_answers() and not request.config.getoption("--attack"):
        pytest.skip("on SQLite with `make attack`; test_sixty_answers runs on it")
    (tmp_path / "people.csv").write_text(ROSTER, "utf-8")
    house.run("init")
    house.run("roster", "import", tmp_path / "people.csv", "--yes")
    survey = house.ask(*SPRING)["id"]
    with house.served("--no-worker") as server:
        told = house.ask("simulate", survey, "--url", server.url, "--mail", house.mail)
    shown = house.ask("survey", "show")
    closed = house.ask("survey", "close")
    audited = house.ask("audit", survey)
    house.run("survey", "publish")
    table = house.run("export", survey, "--format", "csv", "-o", "-").stdout
    document = house.run("export", survey, "--format", "json", "-o", "-").stdout
    house.run("backup", tmp_path / "backup.zip")
    elsewhere.run("init")
    restored = elsewhere.ask("restore", tmp_path / "backup.zip")

    assert told["answered"] + told["silent"] == sum(TEAMS.values())
    assert (shown["state"], closed["state"], audited["faults"]) == ("open", "counted", [])
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["group"] for row in rows} == set(TEAMS)
    bakery = [row for row in rows if row["group"] == "Acme/Bakery"]
    assert {row["state"] for row in bakery} == {"protected"}
    assert json.loads(document)["survey"]["id"] == survey
    assert (restored["surveys"], restored["cancelled"]) == (1, [])
    assert elsewhere.ask("survey", "list")["surveys"][0]["state"] == "published"
    assert elsewhere.run("export", survey, "--format", "csv", "-o", "-").stdout == table
    assert elsewhere.ask("audit", survey)["digest"] == audited["digest"]


def test_wrong_use_is_one_sentence_and_changes_nothing(small_house, tmp_path):
    small_house.home.mkdir()
    _refused(small_house, 1, "Run `teamhealth init` first", "survey", "list")
    small_house.run("init")
    (tmp_path / "people.csv").write_text(ROSTER.replace("p1@north", "nobody"), "utf-8")
    broken = small_house.run("roster", "import", tmp_path / "people.csv", "--yes", code=1)
    _refused(small_house, 1, "import the roster first", *LAUNCH)
    _refused(small_house, 2, "is no moment", *LAUNCH[:-1], "soon")
    _refused(small_house, 2, "TEAMHEALTH_COLOUR is not a setting", *LAUNCH, COLOUR="blue")

    assert "line 4: " in broken.stderr
    assert small_house.ask("survey", "list")["surveys"] == []


def _refused(house, code, told, *words, **settings):
    """See that a command fails so: one line on stderr, nothing on stdout."""
    asked = House(house.home, house.database_url, settings)
    done = asked.run(*words, code=code)
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert told in done.stderr
    assert done.stdout == ""
