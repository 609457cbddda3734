"""Signing in and giving access, in a real browser: readable and reachable for everybody."""

import re

import pytest

from teamhealth.accounts import changing, setting_up
from teamhealth.roster.models import Group, Lead, Person
from tests.browser.desks import enter, served_desk
from tests.browser.doors import DESK, seated
from tests.browser.rounds import look_closely, round_of
from tests.conftest import NOON
from tests.desk import HR, PASSWORD, desk_of, make_accounts
from tests.tables import with_tables

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("at")]

SIGNED_IN = ("/desk/people", "/desk/people/leaders", "/desk/password", "/desk/account")


@pytest.fixture
def database(tmp_path):
    opened = with_tables(tmp_path / "home" / "desk.sqlite3")
    make_accounts(opened, "lea@acme.example")
    with opened.write() as db:
        db.add(Group(id="acme", path="Acme", name="Acme", position=0))
        murat = Person(email="murat@acme.example", name="Murat Aydin", group_id="acme")
        db.add(murat)
        db.flush()
        db.add(Lead(person_id=murat.id, group_id="acme"))
        db.commit()
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


def _invited(database):
    with database.write() as db:
        ines = changing.add(db, email="ines@acme.example", name="Ines", is_hr=False)
        token = setting_up.link_for(db, ines, now=NOON)
        db.commit()
    return f"/desk/setup/{token}"


def test_every_page_about_accounts_is_for_everybody(database, desk, chromium):
    app, address = desk
    setup = _invited(database)
    with seated(chromium) as seat, round_of("people", app, seat.page) as look:
        for path in ("/", "/desk/sign-in", setup):
            seat.page.goto(address + path)
            look()
        enter(seat, address, password="a wrong password")
        look()
        enter(seat, address)
        for path in (*SIGNED_IN, "/desk/nowhere"):
            seat.page.goto(address + path)
            look()
        seat.page.goto(f"{address}/desk/people")
        seat.page.locator("td summary").first.click()
        look()
        seat.page.goto(f"{address}/desk/people/leaders")
        seat.page.get_by_role("button", name="Make links for all").click()
        look()
        unexpected = [fault for fault in seat.faults if not re.search("40[34]", fault)]
    assert unexpected == []  # the policy blocked nothing that the pages need


def test_the_keyboard_alone_is_enough_to_sign_in_and_out(address, chromium):
    with seated(chromium, viewport=DESK) as seat:
        page = seat.page
        page.goto(f"{address}/desk/people")
        page.get_by_label("Work e-mail").focus()
        page.keyboard.type(HR)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="People with access").wait_for()
        page.keyboard.press("Tab")
        skip = page.evaluate("() => document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.locator(".me summary").focus()
        page.keyboard.press("Enter")
        while page.evaluate("() => document.activeElement.textContent") != "Sign out":
            page.keyboard.press("Tab")
            assert page.evaluate("() => document.activeElement.closest('.me') !== null")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Sign in").wait_for()

    assert skip == "Skip to the content"


def test_a_field_that_is_wrong_says_so_to_a_screen_reader(address, chromium):
    with seated(chromium) as seat:
        enter(seat, address, password="a wrong password")
        field = seat.page.get_by_label("Password")
        told = seat.page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()

        assert field.get_attribute("aria-invalid") == "true"
        assert told == "E-mail address or password is not right. Please try again."
        assert seat.page.get_by_label("Work e-mail").input_value() == HR


def test_everything_comes_from_the_same_door_and_fonts_too(address, chromium):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}/desk/password")
        fonts = seat.page.evaluate(
            "async () => { await document.fonts.ready;"
            " return Array.from(document.fonts).filter((f) => f.status === 'loaded').map((f) => f.family); }"
        )
        elsewhere = [one.url for one in seat.asked if not one.url.startswith(address)]

    assert elsewhere == []
    assert {name.strip('"') for name in fonts} == {"Source Sans 3", "Source Serif 4"}


def test_on_paper_nothing_is_left_that_one_can_press(address, chromium):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}/desk/people")
        seat.page.emulate_media(media="print")

        assert seat.page.locator("h1").is_visible()
        assert not seat.page.locator("nav").first.is_visible()
        assert not seat.page.locator("button:visible").count()


def test_after_a_refusal_the_page_opens_where_it_says_what_is_wrong(address, chromium):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address, password="a wrong password")
        there = "() => document.activeElement.id || document.activeElement.className"
        seat.page.wait_for_function("() => document.activeElement !== document.body")
        at_sign_in = seat.page.evaluate(there)
        enter(seat, address)
        seat.page.goto(f"{address}/desk/people")
        seat.page.get_by_label("Work e-mail").fill("no address")
        seat.page.locator("form.sheet").evaluate("form => form.noValidate = true")
        seat.page.get_by_role("button", name="Make the link").click()
        seat.page.wait_for_function("() => document.activeElement !== document.body")

        assert (at_sign_in, seat.page.evaluate(there)) == ("password", "refusal")
        look_closely(seat.page)
