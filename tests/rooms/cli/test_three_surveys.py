"""Three surveys of a firm that reorganises in between, on the command line: what keeps its past, and what does not."""

import csv
import io
import json
from datetime import timedelta

import pypdf
import pytest

from tests.conftest import NOON
from tests.firms import answer_all
from tests.makers import settings_of

SPRING = {"Warehouse": "abcdefghi", "Office": "lmnop"}
SUMMER = {"Logistics/Depot": "abcdefghi", "Office": "lmnop"}
"""The warehouse was renamed and moved."""
AUTUMN = {
    "Logistics/Depot North": "abcdef",
    "Logistics/Depot South": "ghiGH",
    "Office": "lmnop",
}
"""The depot was split, and two newcomers came."""
NORTH, SOUTH = "Acme/Logistics/Depot North", "Acme/Logistics/Depot South"


def _import(cli, place, groups):
    people = [(name, f"Acme/{path}") for path, names in groups.items() for name in names]
    lines = (f"{name}{name.isupper():d}@acme.org,{name},{path}" for name, path in people)
    place.write_text("\n".join(["email,name,group", *lines]))
    return cli.run("roster", "import", place, "--yes").out


def _survey(cli, database, settings, title):
    """Launch a survey, have everybody answer, close and publish it; give its id."""
    words = (
        "--form",
        "quarterly",
        "--themes",
        "psych_safety,listening",
        "--title",
        title,
        "--closes",
        "+14d",
    )
    name = cli.ask("survey", "launch", *words)["id"]
    answer_all(database, settings, name)
    cli.run("survey", "close", name)
    cli.run("survey", "publish", name)
    return name


def _report(cli, name, path, target):
    cli.run("report", name, "--group", path, "-o", target)
    pages = pypdf.PdfReader(io.BytesIO(target.read_bytes())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def settings(database, tmp_path):
    """Give the settings of an installation."""
    found = settings_of(database, tmp_path / "home")
    found.keys.mkdir(parents=True, mode=0o700, exist_ok=True)
    return found


@pytest.mark.long
@pytest.mark.slow
def test_a_group_keeps_its_past_through_three_surveys(database, settings, cli, tmp_path, at):
    place = tmp_path / "people.csv"

    at(NOON)
    _import(cli, place, SPRING)
    _survey(cli, database, settings, "Spring")
    at(NOON + timedelta(days=90))
    renamed = _import(cli, place, SUMMER)
    summer = _survey(cli, database, settings, "Summer")
    at(NOON + timedelta(days=180))
    split = _import(cli, place, AUTUMN)
    autumn = _survey(cli, database, settings, "Autumn")
    report = _report(cli, autumn, NORTH, tmp_path / "north.pdf")
    document = json.loads(cli.run("export", autumn, "--format", "json", "-o", "-").out)
    table = cli.run("export", summer, "--format", "csv", "-o", "-").out

    assert "Acme/Warehouse is now Acme/Logistics/Depot" in renamed
    assert f"was split: {NORTH} keeps its history, {SOUTH} begins anew." in split
    assert "Called Warehouse in Spring. Called Depot in Summer." in report
    assert "Different people may have answered in Autumn than in the survey before." in report
    assert "Since Summer" in report
    groups = {group["path"]: group for group in document["groups"]}
    assert groups[NORTH]["history"]["path"] == "Acme/Logistics/Depot"
    assert groups[NORTH]["history"]["others"]
    assert groups[SOUTH]["history"] is None
    assert all(cell["change"] for cell in groups[NORTH]["themes"].values())
    assert not any(cell["change"] for cell in groups[SOUTH]["themes"].values())
    told = {
        (row["group"], row["measure"]): row["value"]
        for row in csv.DictReader(io.StringIO(table))
    }
    assert told["Acme/Logistics/Depot", "path_before"] == "Acme/Warehouse"
    assert told["Acme/Logistics/Depot", "different_people"] == "no"
    assert ("Acme/Logistics", "path_before") not in told
