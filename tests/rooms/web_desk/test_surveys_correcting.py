"""Putting somebody right at the desk: for HR alone, by address or name, and the same words whatever they did."""

import html
import re

import pytest

from teamhealth.campaigns.models import State
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.desk import post
from tests.firms import launch
from tests.makers import set_state
from tests.rooms.invitations.putting_right import SMALL, Office, person
from tests.rooms.web_desk.houses import DORA, house_of

GROUPS = {**SMALL, "Acme/Operations": 21}


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home", GROUPS)


@pytest.fixture
def office(house):
    door = create_app(house.database, house.settings).test_client()
    return Office(house.database, house.settings, launch(house.database, house.settings), door)


def _put_right(house, office, act, who, **more):
    path = f"/desk/surveys/{office.name}/somebody"
    return post(house.client(), path, {"act": act, "who": who, **more})


def _text(answer):
    plain = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text)
    return " ".join(html.unescape(plain).split())


def test_hr_finds_the_page_at_an_open_survey_and_it_lists_nobody(house, office):
    path = f"/desk/surveys/{office.name}/somebody"

    assert path in house.page(f"/desk/surveys/{office.name}")
    page = house.page(path)
    assert "Person 1" not in page
    assert "@" not in page
    assert '<option value="Acme/Five">' in page


def test_the_page_says_the_same_whether_or_not_the_person_has_answered(house, office):
    office.answer(person(0, "acme-operations"))
    told = []
    for number in (0, 3):
        who = person(number, "acme-operations")
        answer = _put_right(house, office, "void", who)
        then = _text(house.client().get(answer.location))
        refused = _put_right(house, office, "void", who)
        again = _text(refused).replace(who, "WHO").replace(f"Person {number}", "WHO")
        told.append((answer.status_code, answer.location, then, refused.status_code, again))

    assert told[0] == told[1]
    assert "nobody is told whether it was" in told[0][2]
    assert "WHO has no valid invitation to this survey" in told[0][4]


def test_each_act_is_done_from_the_screen(house, office):
    _put_right(house, office, "readdress", person(0, "acme-six"), address="new@acme.example")
    _put_right(house, office, "move", person(1, "acme-six"), group="Acme/Operations")
    _put_right(house, office, "void", person(2, "acme-operations"))
    _put_right(house, office, "join", person(2, "acme-operations"))

    assert sorted({(kind, address) for kind, address, *_ in office.letters()}) == [
        ("joined", person(2, "acme-operations")),
        ("moved", person(1, "acme-six")),
        ("readdressed", "new@acme.example"),
        ("redirected", person(0, "acme-six")),
        ("void", person(2, "acme-operations")),
    ]


def test_what_is_missing_or_unclear_is_said_beside_the_form(house):
    name = house.open()

    for given, status, told in (
        ({"act": "void", "who": " "}, 400, "Give the person’s address, or their name."),
        ({"who": "Person 1"}, 400, "Choose what is wrong."),
        ({"act": "readdress", "who": "x"}, 400, "Give the address to which the link is to go."),
        (
            {"act": "move", "who": "x"},
            400,
            "Choose the group in which this person is to answer.",
        ),
        ({"act": "void", "who": "Zoë"}, 409, "There is nobody “Zoë” in the roster."),
        ({"act": "void", "who": "Person 1"}, 409, "Several people are called Person 1."),
    ):
        answer = post(house.client(), f"/desk/surveys/{name}/somebody", given)
        assert (answer.status_code, told in _text(answer)) == (status, True), told


def test_hr_is_not_told_who_wants_no_reminder(house, office):
    addresses = [f"/desk/surveys/{office.name}", f"/desk/surveys/{office.name}/somebody"]
    before = [_text(house.client().get(address)) for address in addresses]

    code = office.code(office.seats(person(0, "acme-six"))[0])
    assert office.ask("quiet", code) == 200

    assert [_text(house.client().get(address)) for address in addresses] == before
    refused = _put_right(house, office, "join", person(0, "acme-six"))
    assert "Person 0 has a valid invitation to this survey." in _text(refused)


def test_it_is_for_hr_and_for_open_surveys(house):
    name = house.open()
    path = f"/desk/surveys/{name}/somebody"

    assert house.client(DORA).get(path).status_code == 404
    assert path not in house.page(f"/desk/surveys/{name}", DORA)
    set_state(house.database, name, State.CLOSING)
    assert house.client().get(path).location == f"/desk/surveys/{name}"


def test_the_log_names_the_act_and_nobody(house, office, caplog):
    caplog.set_level("INFO", "teamhealth")
    _put_right(house, office, "void", person(0, "acme-six"))

    (line,) = [
        record.getMessage() for record in caplog.records if "seat" in record.getMessage()
    ]
    assert line == f'{{"event": "seat_changed", "survey": "{office.name}", "kind": "void"}}'
