"""Sixty people answer; every number published can be worked out again from what they said.

The second calculation (``recount``) shares no code with the product. It also knows who
stands behind each figure, so it finds whether any figure, or any sum or difference of
figures, covers fewer than five people. It is held against everything that leaves the
house: CSV, JSON, every page of the desk for HR and for each leader, every PDF. Where the
database is SQLite three of the sixty answer in a real browser.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date

import pytest

from tests.journeys.at_browsers import answer_in_browsers, links_in
from tests.journeys.desk_visit import Desk
from tests.journeys.reading_pdf import Reports
from tests.journeys.recount import recount
from tests.journeys.recount_found import ELSEWHERE
from tests.journeys.recount_plan import atoms
from tests.journeys.sixty import (
    AT_A_BROWSER,
    LEADERS,
    LEADS_NORTH,
    NORTH,
    PATHS,
    K,
    answers_file,
    answers_from,
    everybody,
    firm_of,
    roster,
    sheets,
)
from tests.journeys.walking_desk import Walk
from tests.journeys.written import LEADING
from tests.leftovers import found_in, known_to_people, stored
from tests.serving import _free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass
class Told:
    """What was published: HR's exports, the day of the close, and the second calculation."""

    rows: list
    csv: str
    document: dict
    closed: str
    firm: object
    found: object


def test_every_number_is_right_and_none_is_about_fewer_than_five(house, request, tmp_path):
    if not (house.is_sqlite or request.config.getoption("--attack")):
        pytest.skip("on PostgreSQL with `make attack`; test_command_line runs on it")
    port = _free_port()
    house.settings["BASE_URL"] = f"http://127.0.0.1:{port}"
    first_link = house.ask("init")["link"]
    people = everybody()
    said = sheets(people)
    survey = _launched(house, people, tmp_path)
    with house.served("--no-worker", port=port) as server:
        at_browser = AT_A_BROWSER if house.is_sqlite else {}
        if at_browser:
            given = {
                p: one for p, one in answers_from(answers_file(said)).items() if p in at_browser
            }
            answer_in_browsers(request.getfixturevalue("chromium"), house.mail, survey, given)
        rest = {person: sheet for person, sheet in said.items() if person not in at_browser}
        _simulated(house, server, survey, rest, tmp_path / "given" / "answers.csv")
        links = links_in(house.mail, survey).values()
        codes = [re.search(r"#([0-9A-Z]{16})", link)[1] for link in links]
        pieces = house.opened(stored) | known_to_people(survey, codes)
        house.run("survey", "close", survey)
        assert found_in(tmp_path, pieces, besides=[house.mail, tmp_path / "given"]) == set()
        assert len(pieces) > 6 * len(people)
        told = _told(house, survey, people, said)
        _exports_are_right(told)
        _nothing_is_about_fewer_than_five(told)
        assert house.ask("audit", survey)["faults"] == []
        house.run(
            "survey", "publish", survey, "--at-once", "All of it is read here.", "--no-letters"
        )
        hr = Desk(first_link, "Hanna", "hr@example.org")
        with hr.let_leaders_in() as leaders:
            _desk_is_right(told, survey, hr, leaders)
            if house.is_sqlite:  # made from the snapshot, whatever database it lies in
                who = {"hr": hr, "leader": leaders[LEADS_NORTH]}
                _reports_are_right(house, told, survey, **who, folder=tmp_path / "reports")
        hr.leave()


def _launched(house, people, folder):
    (folder / "given").mkdir()
    (folder / "given" / "people.csv").write_text(roster(people))
    house.run("roster", "import", folder / "given" / "people.csv")
    return house.ask(
        "survey", "launch", "--form", "quarterly", "--title", "Autumn", "--closes", "+14d",
        "--languages", "en,de,ar",
    )["id"]  # fmt: skip


def _simulated(house, server, survey, said, file):
    file.write_text(answers_file(said))
    told = house.ask(
        "simulate", survey, "--url", server.url, "--mail", house.mail, "--answers", file
    )
    assert (told["answered"], told["refused"], told["failed"]) == (len(said), 0, 0)


def _told(house, survey, people, said):
    text = house.run("export", survey, "--format", "csv", "-o", "-").stdout
    document = json.loads(house.run("export", survey, "--format", "json", "-o", "-").stdout)
    firm, reportable = firm_of(survey, document, people, said)
    day = date.fromisoformat(document["survey"]["closed"])
    return Told(
        rows=list(csv.DictReader(io.StringIO(text))),
        csv=text,
        document=document,
        closed=f"{day.day} {day:%B %Y}",
        firm=firm,
        found=recount(firm, reportable),
    )


def _exports_are_right(told):
    _rows_are_those_expected(told.rows, told.found)
    _protected_rows_are_empty(told.rows)
    _document_agrees(told.document, told.rows)


def _rows_are_those_expected(rows, found):
    shown = {
        (row["group"], row["theme"], row["item"], row["measure"]): row
        for row in rows
        if row["state"] == "shown" and row["measure"] not in ELSEWHERE
    }
    _found_where_it_may_be(rows, found)
    wanted = {
        place: cell for place, cell in found.cells.items() if place[1] != LEADING
    }  # the leader's own: HR does not see it
    assert shown.keys() == wanted.keys()
    assert len(wanted) > 500
    for place, (value, n) in wanted.items():
        row, ends = shown[place], found.ranges.get((*place[:2], place[3]))
        if place[3] == "favourable_people":
            ends = found.people[place[0], place[2]]
        assert row["n"] == str(n or ""), place
        if isinstance(value, str):
            assert row["value"] == value, place
        else:
            assert float(row["value"]) == pytest.approx(value, abs=1e-9), place
        if ends and (not place[2] or place[3] == "favourable_people"):
            assert (float(row["low"]), float(row["high"])) == pytest.approx(ends, abs=1e-6)
        else:
            assert row["low"] == row["high"] == "", place
    assert {row["value"] for row in rows if row["measure"] == "label"} == {
        "higher", "usual", "lower",
    }  # fmt: skip


def _found_where_it_may_be(rows, found):
    """Agreement stands beside numbers only; what is found of all teams, at the root."""
    for row in rows:
        if row["measure"] == "agreement":
            assert found.rests[row["group"], row["theme"]][1]
        elif row["measure"] in ELSEWHERE:
            assert (row["group"], row["n"]) == (PATHS[0], "")


def _protected_rows_are_empty(rows):
    hidden = [row for row in rows if row["state"] == "protected"]
    assert hidden
    assert not any(row[key] for row in hidden for key in ("value", "low", "high", "n"))
    assert {row["state"] for row in rows} == {"shown", "protected"}


def _document_agrees(document, rows):
    groups = {group["path"]: group for group in document["groups"]}
    assert list(groups) == PATHS
    for row in rows:
        group = groups[row["group"]]
        if row["measure"] == "responses":
            assert group["state"] == row["state"]
            assert str(group.get("responses", "")) == row["value"]
        elif row["item"] and row["measure"] == "favourable":
            cell = group["items"][row["item"]]
            assert cell["state"] == row["state"]
            assert str(cell.get("word") or cell.get("favourable", "")) == row["value"]
        elif row["theme"] and not row["item"] and row["measure"] == "mean":
            cell = group["themes"][row["theme"]]
            assert cell["state"] == row["state"]
            assert str(cell.get("mean", "")) == row["value"]
            assert row["low"] == str((cell.get("interval") or {}).get("low", ""))
    text = json.dumps(document)
    assert LEADING not in text
    assert "Words of no." not in text


def _nothing_is_about_fewer_than_five(told):
    for question, covers in told.found.covers.items():
        assert all(len(atom) >= K for atom in atoms(covers)), question


def _desk_is_right(told, survey, hr, leaders):
    exports = {"csv": told.csv, "json": told.document}
    walk = Walk(survey, told.firm, told.found, told.closed, exports)
    walk.by_hr(hr)
    assert leaders.keys() == LEADERS.keys()
    for email, desk in leaders.items():
        walk.by_leader(desk, LEADERS[email])


def _reports_are_right(house, told, survey, *, hr, leader, folder):
    """Read every report twice, as HR reads it and as each group's leader does."""
    for who in ("hr", "leader"):
        wish = ["--leader"] if who == "leader" else []
        kinds = ["--kind", "team", "--kind", "organisation"]
        house.run("report", survey, "--all", *kinds, *wish, "-o", folder / who)
        Reports(folder / who, told.firm, told.found, told.closed).read(leader=who == "leader")
    north = f"surveys/{survey}/groups/{told.firm.ids[PATHS.index(NORTH)]}/report.pdf"
    file = "operations-warehouse-north-team.pdf"
    whole = hr.read(f"surveys/{survey}/report.pdf").content
    assert whole == (folder / "hr" / "acme-organisation.pdf").read_bytes()
    assert hr.read(north).content == (folder / "hr" / file).read_bytes()
    assert leader.read(north).content == (folder / "leader" / file).read_bytes()
