"""Rare states of the desk, for everybody: nothing there yet, a first survey, what is refused, what failed."""

from http import HTTPStatus

import pytest
from flask import abort

from tests.browser.desks import enter, served_desk
from tests.browser.doors import seated
from tests.browser.rounds import look_closely
from tests.conftest import NOON
from tests.desk import desk_of, make_accounts
from tests.rooms.web_desk.houses import house_of
from tests.tables import with_tables

pytestmark = pytest.mark.browser


def test_before_the_first_survey_every_page_says_what_comes_next(chromium, tmp_path, at):
    at(NOON)
    database = with_tables(tmp_path / "home" / "desk.sqlite3")
    make_accounts(database)
    with served_desk(desk_of(database, tmp_path / "home")) as address, seated(chromium) as seat:
        enter(seat, address)
        for path in ("surveys", "past", "launch", "people/leaders"):
            seat.page.goto(f"{address}/desk/{path}")
            look_closely(seat.page)
    database.close()


def test_what_is_refused_or_fails_is_told_to_everybody(chromium, tmp_path, at):
    at(NOON)
    database = with_tables(tmp_path / "home" / "desk.sqlite3")
    house = house_of(database, tmp_path / "home")
    house.app.add_url_rule("/desk/fault/<int:status>", view_func=_fault)
    name = house.open()
    with served_desk(house.app) as address, seated(chromium) as seat:
        enter(seat, address)
        told = []
        for path in (f"surveys/{name}/rehearsal", "sign-out", "fault/403", "fault/500"):
            told.append(seat.page.goto(f"{address}/desk/{path}").status)
            look_closely(seat.page)
        seat.page.goto(f"{address}/desk/surveys/{name}/extend")
        seat.page.locator("#closes").fill("2020-01-01")
        seat.page.locator("button.primary").press("Enter")
        seat.page.locator("[role=alert]:focus, [aria-invalid]:focus").wait_for()
        look_closely(seat.page)
    database.close()

    assert told == [409, 405, 403, 500]


def _fault(status):
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ValueError
    abort(status)
