"""From ``--ask`` to what is shown by it: launched, answered through the door, closed, and cut as was promised."""

import csv
import io
import random
from dataclasses import replace

import httpx
import pytest

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cli import answers_file, simulating
from teamhealth.cli.answering import Visitor
from teamhealth.cli.mailbox import links_by_person
from teamhealth.snapshots import storing
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front
from tests.conftest import NOON
from tests.firms import found, survey_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

TEAMS = {"Acme": 1, "Acme/North": 16, "Acme/South": 16, "Acme/West": 12}
LAUNCH = ("survey", "launch", "--form", "pulse", "--title", "Spring", "--closes", "+14d")


@pytest.fixture
def large(database, tmp_path, cli, at):
    """Store a roster of forty-five people; give the settings of the installation."""
    at(NOON)
    assert cli
    return found(database, tmp_path / "home", TEAMS)


def _file(people, instrument):
    """Write a file of answers in which nearly everybody tells everything."""
    rng = random.Random(5)  # noqa: S311  (made-up answers)
    asked = [question.id for question in instrument.items()]
    told = io.StringIO()
    rows = csv.DictWriter(told, ["email", "tenure", "workplace", *asked])
    rows.writeheader()
    for number, person in enumerate(sorted(people)):
        marks = {item: rng.randint(2, 5) for item in asked}
        one, two = "" if number % 9 == 0 else 1 + number % 5, 1 + number % 2
        rows.writerow({"email": person, "tenure": one, "workplace": two, **marks})
    return told.getvalue().encode()


def _answer(database, settings):
    survey = survey_of(database, "spring")
    links = links_by_person(settings.home / "outbox", "spring")
    door = httpx.WSGITransport(Front(create_app(database, settings)))
    visitor = Visitor(survey.base_url, "spring", patience=0, transport=door)
    instrument = instrument_of(survey)
    sheets = answers_file.read(_file(links, instrument), instrument)
    for number, person in enumerate(sorted(links)[::8]):  # who would not use our page
        sheets[person] = replace(sheets[person], told={"tenure": (0, 6, -1, 99)[number % 4]})
    fills = {who: lambda _, sheet=sheet: sheet for who, sheet in sheets.items()}
    result = simulating.run(visitor, links, fills, concurrency=1)
    assert result.count("answered") == len(fills) == 45


def _snapshot(database):
    with database.read() as db:
        return storing.load(db, "spring")


def test_results_by_what_people_tell_are_of_the_whole_survey_and_of_k_people(
    database, large, cli
):
    cli.run(*LAUNCH, "--ask", "tenure", "--ask", "workplace")
    _answer(database, large)

    cli.run("survey", "close", "spring")

    seen = _snapshot(database)
    assert set(seen.cross_cuts) == {"tenure", "workplace"}
    leading = {
        item for theme in seen.themes if theme.id == LEADER_THEME for item in theme.items
    }
    assert leading
    for classes in seen.cross_cuts.values():
        assert len(classes) > 1
        assert all(one.responses >= 5 for one in classes)
        assert sum(one.responses for one in classes) == seen.root.responses
        numbers = [number for one in classes for number in one.values]
        assert sorted(numbers) == sorted(set(numbers))
        for one in classes:
            assert not leading & one.items.keys()
            assert LEADER_THEME not in one.themes
            assert one.items
    unsaid = next(one for one in seen.cross_cuts["workplace"] if 0 in one.values)
    assert unsaid.responses >= 6  # what is no option counts as not said
