"""Tokens for programs and the page of exports, in a real browser: by keyboard, on a phone, for everybody."""

import re

import pytest

from tests.browser.desks import enter, served_desk
from tests.browser.doors import DESK, seated
from tests.browser.rounds import round_of
from tests.desk import desk_of, make_accounts
from tests.northwind import LATEST, LEADERS, settle
from tests.rooms.web_desk.programs import token_of
from tests.tables import with_tables

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at")]

PAGE = "/desk/account/api"


@pytest.fixture
def database(tmp_path):
    opened = with_tables(tmp_path / "home" / "desk.sqlite3")
    make_accounts(opened, *LEADERS)
    settle(opened)
    yield opened
    opened.close()


@pytest.fixture
def desk(database, tmp_path):
    app = desk_of(database, tmp_path / "home")
    with served_desk(app) as found:
        yield app, found


@pytest.fixture
def address(desk):
    return desk[1]


def test_every_page_for_programs_is_for_everybody(database, desk, chromium):
    app, address = desk
    with seated(chromium) as seat, round_of("programs", app, seat.page) as look:
        enter(seat, address)
        seat.page.goto(address + PAGE)
        look()
        for number in range(3):
            token_of(database, label=f"A sheet with a rather long name, number {number}")
        seat.page.reload()
        look()
        seat.page.get_by_role("button", name="Make a token").click()
        seat.page.get_by_label("What it is for").fill("Sheet")
        seat.page.get_by_role("button", name="Make a token").click()
        look()
        seat.page.goto(f"{address}/desk/surveys/{LATEST}/exports")
        look()


def test_a_token_is_made_copied_and_ended_by_keyboard_alone(address, chromium):
    with seated(chromium, viewport=DESK) as seat:
        seat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        enter(seat, address)
        seat.page.goto(address + PAGE)
        seat.page.get_by_label("What it is for").focus()
        seat.page.keyboard.type("Sheet")
        seat.page.keyboard.press("Enter")
        seat.page.get_by_role("button", name="Copy").focus()
        seat.page.keyboard.press("Enter")
        seat.page.get_by_text("Copied").wait_for()
        token = seat.page.evaluate("() => navigator.clipboard.readText()")
        shown = seat.page.get_by_label("Token").input_value()
        headers = {"Authorization": f"Bearer {token}"}
        read = seat.page.request.get(f"{address}/desk/api/v1/surveys", headers=headers)
        seat.page.get_by_role("link", name="All your tokens").focus()
        seat.page.keyboard.press("Enter")
        seat.page.get_by_role("button", name=re.compile("End it.*Sheet")).focus()
        seat.page.keyboard.press("Enter")
        seat.page.get_by_text(re.compile("has ended")).wait_for()
        ended = seat.page.request.get(f"{address}/desk/api/v1/surveys", headers=headers)

    assert token == shown
    assert token.startswith("thp_")
    assert (read.status, ended.status) == (200, 401)
