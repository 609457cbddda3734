"""The desk's pages about surveys in a real browser: by keyboard on a phone, in both colours, for everybody."""

import threading
from contextlib import contextmanager

import pytest
from werkzeug.serving import make_server

from teamhealth.campaigns.models import State
from teamhealth.jobs.watching import TROUBLE
from tests.browser.doors import PHONE
from tests.browser.rounds import round_of
from tests.conftest import NOON
from tests.desk import HR, PASSWORD
from tests.rooms.web_desk.houses import GROUPS, house_of
from tests.tables import with_tables

pytestmark = pytest.mark.browser

LONG = "People and finance, with everything that belongs to neither of the two houses"
ALL_GROUPS = {**GROUPS, f"Acme/{LONG}": 9, "Acme/فريق المستودع الشمالي": 6}


@pytest.fixture
def house(tmp_path, at):
    at(NOON)
    database = with_tables(tmp_path / "home" / "desk.sqlite3")
    made = house_of(database, tmp_path / "home", ALL_GROUPS)
    server = make_server("127.0.0.1", 0, made.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    database.close()


@contextmanager
def at_the_desk(chromium, house, size=PHONE):
    context = chromium.new_context(viewport=size)
    page = context.new_page()
    page.goto(f"{house.address}/desk/sign-in")
    page.fill("#email", HR)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/surveys")
    yield page
    context.close()


def _tab_to(page, selector):
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the keyboard")


def test_a_survey_is_launched_on_a_phone_by_keyboard_alone(chromium, house):
    with at_the_desk(chromium, house) as page:
        _tab_to(page, "a[href='/desk/launch']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/launch")
        _tab_to(page, "#title")
        page.keyboard.press("Control+A")
        page.keyboard.type("By keyboard")
        _tab_to(page, "input[name=form]")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/launch/check?**")
        assert "12 statements" in page.inner_text("main")
        _tab_to(page, "button.primary")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/surveys/by-keyboard")
        assert page.inner_text("h1") == "Getting ready to open"

    assert house.survey("by-keyboard").form == "pulse"


def test_a_survey_is_extended_from_the_screen(chromium, house):
    name = house.open()
    with at_the_desk(chromium, house) as page:
        page.click("text=Extend")
        page.fill("#closes", "2026-03-20")
        page.click("button.primary")
        page.wait_for_url(f"**/desk/surveys/{name}")
        assert "It now closes on Friday 20 March 2026" in page.inner_text("[role=status]")


def _scenes(house):
    """Give address after address, each in the state that it is about."""
    yield "/desk/surveys"
    yield "/desk/launch?k=7"
    yield "/desk/launch/check?title=&form=pulse&group=Acme&closes=&k=5"
    yield (
        "/desk/launch/check?title=Spring&form=full&group=Acme&closes=2026-03-20&k=5"
        "&languages=en&languages=ar&leader_theme=leader"
    )
    name = house.ask_for(title="The first one")
    address = f"/desk/surveys/{name}"
    yield address
    yield f"{address}/cancel"
    house.become(name, State.CANCELLED, trouble="A pause.")
    yield address
    name = house.open(title="استطلاع الفريق", languages=["en", "de", "ar"])
    address = f"/desk/surveys/{name}"
    house.took_part(name, Acme="5", Warehouse="0", Sales="enough", Returns="most")
    yield address
    for what in ("extend", "close", "cancel", "slips", "somebody"):
        yield f"{address}/{what}"
    house.become(name, State.OPEN, trouble=TROUBLE, trouble_since=NOON)
    yield address
    house.become(name, State.CLOSING, trouble="")
    yield address
    house.become(name, State.COUNTED)
    yield address
    yield f"{address}/publish"
    house.become(name, State.PUBLISHED)
    yield address
    house.open(title="Depot", scope_path="Acme/Operations")
    house.open(title="Shop", scope_path="Acme/Sales")
    yield "/desk/surveys"
    yield "/desk/past"


@pytest.mark.slow
def test_every_page_is_usable_for_everybody_and_fits_its_screen(chromium, house):
    with (
        at_the_desk(chromium, house) as page,
        round_of("surveys", house.app, page) as look,
    ):
        for path in _scenes(house):
            page.goto(house.address + path)
            look()
            page.goto("about:blank")  # some pages look again by themselves
