"""Results by what people told of themselves in a real browser: for everybody, and by keyboard."""

from dataclasses import replace

import pytest

from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from tests.browser.desks import enter, served_desk
from tests.browser.doors import DESK, seated
from tests.browser.rounds import OPEN_ALL, round_of
from tests.crossed import counted, settle
from tests.desk import desk_of, make_accounts

pytestmark = pytest.mark.browser

AT = "/desk/surveys/s1"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Serve a firm that shows nothing by site."""
    home = tmp_path_factory.mktemp("by_class")
    database = open_database(f"sqlite:///{home / 'desk.sqlite3'}")
    metadata.create_all(database.engine)
    snapshot, asked = counted()
    bare = replace(snapshot, cross_cuts={**snapshot.cross_cuts, "site": ()})
    settle(database, bare, asked)
    make_accounts(database)
    app = desk_of(database, home)
    with served_desk(app) as found:
        yield app, found
    database.close()


@pytest.fixture(scope="module")
def address(desk):
    return desk[1]


def test_the_pages_can_be_read_by_everybody(chromium, desk):
    app, address = desk
    with seated(chromium) as seat, round_of("classes", app, seat.page) as look:
        enter(seat, address)
        for page in ("by/tenure", "by/site"):
            seat.page.goto(f"{address}{AT}/{page}")
            seat.page.evaluate(OPEN_ALL)
            look()


def test_everything_is_reached_by_keyboard(chromium, address):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/results")
        _press_on(seat.page, "How many full years")
        seat.page.wait_for_url("**/by/tenure")
        _press_on(seat.page, "Safe to speak up", last=True)
        assert seat.page.get_by_text("it is fine to ask a basic question").is_visible()


def _press_on(page, words, *, last=False):
    """Go from stop to stop until one says these words, or to the last that does; press Enter there."""
    wanted = page.locator("a, summary").filter(has_text=words)
    wanted = (wanted.last if last else wanted.first).element_handle()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement === one", wanted):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} is not reached")
