"""The whole dashboard walked: by keyboard, on a phone without going sideways, in Arabic, before charts are there."""

import pytest

from teamhealth.db import open_database
from teamhealth.i18n import messages
from teamhealth.migrations.tables import metadata
from tests.browser.axe import sound
from tests.browser.desks import WIDTH, enter, served_desk
from tests.browser.doors import DESK, PHONE, seated
from tests.browser.rounds import SMALLEST, fits
from tests.desk import HR, PASSWORD, desk_of, make_accounts
from tests.northwind import LATEST, LEADERS, settle

pytestmark = pytest.mark.browser

AT = f"/desk/surveys/{LATEST}"
PAGES = (
    "results",
    "groups/service-desk",
    "groups/warehouse-north",
    "groups/returns",
    "matrix",
    "themes/listening",
    "items/listening_1",
    "answered",
    "comments",
    "groups/service-desk/comments",
    "groups/warehouse-north/surveys",
)
SIDEWAYS = """
() => Array.from(document.querySelectorAll('main *'))
  .filter((one) => !one.closest('.plot, .vh, thead') && one.checkVisibility())
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll|hidden/.test(getComputedStyle(one).overflowX))
  .map((one) => one.outerHTML.slice(0, 90))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Settle the firm once."""
    home = tmp_path_factory.mktemp("walk")
    database = open_database(f"sqlite:///{home / 'desk.sqlite3'}")
    metadata.create_all(database.engine)
    settle(database)
    make_accounts(database, *LEADERS)
    yield database, home
    database.close()


@pytest.fixture(scope="module")
def address(made):
    with served_desk(desk_of(*made)) as found:
        yield found


def test_from_a_survey_to_a_statement_of_a_team_by_keyboard_alone(chromium, address):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/results")
        seat.page.keyboard.press("Tab")
        seat.page.keyboard.press("Enter")  # skips to the content
        for words, where in (
            ("Groups and themes", "**/matrix"),
            ("Warehouse North", "**/groups/warehouse-north"),
            ("I can take the breaks I need", "**/items/*"),
            ("Focus and recovery", "**/themes/focus_recovery?in=warehouse-north"),
        ):
            _press_on(seat.page, words)
            seat.page.wait_for_url(where)


def test_a_link_to_a_section_opens_the_page_there(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/groups/service-desk#comparison")
        top = seat.page.locator("#comparison h2").bounding_box()["y"]
        assert 0 <= top <= PHONE["height"] / 3
        seat.page.get_by_role("link", name="Practices").click()
        assert seat.page.url.endswith("#practices")


def test_on_a_phone_nothing_has_to_be_read_sideways(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address)
        for page in PAGES:
            seat.page.goto(f"{address}{AT}/{page}")
            seat.page.evaluate(
                "document.querySelectorAll('main details').forEach(one => one.open = true)"
            )
            assert seat.page.evaluate(SIDEWAYS) == [], page
            assert seat.page.evaluate(WIDTH) <= PHONE["width"], page


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "ar"])
def test_longer_words_do_not_push_a_page_out_of_a_small_phone(chromium, address, language):
    with seated(chromium, locale=language) as seat:
        seat.page.goto(f"{address}/desk/sign-in")
        seat.page.locator("input[type=email]").fill(HR)
        seat.page.locator("input[type=password]").fill(PASSWORD)
        seat.page.locator("input[type=password]").press("Enter")
        seat.page.wait_for_url(lambda url: "sign-in" not in url)
        for page in ("results", "groups/service-desk", "themes/listening"):
            seat.page.goto(f"{address}{AT}/{page}")
            for size in (PHONE, SMALLEST):
                seat.page.set_viewport_size(size)
                fits(seat.page, size["width"])
        assert seat.page.locator("html").get_attribute("lang") == language


def test_a_map_on_a_phone_says_each_cells_theme(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/matrix")
        cell = seat.page.locator(".heat tbody tr").nth(2).locator("td[data-of]").first
        said = cell.evaluate("one => getComputedStyle(one, '::before').content")
        assert "Safe to speak up" in said


def test_the_place_of_a_chart_is_kept_before_it_is_drawn(chromium, address):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/groups/warehouse-north")
        seat.page.route("**/plotly.min.js", lambda _: None)  # it never comes
        seat.page.get_by_text("The themes as a chart").click()
        plot = seat.page.locator(".plot").first
        kept = plot.bounding_box()["height"]
        seat.page.unroute("**/plotly.min.js")
        seat.page.reload()
        seat.page.get_by_text("The themes as a chart").click()
        seat.page.wait_for_function(
            "() => document.querySelector('.chart').dataset.drawn === 'yes'"
        )
        assert plot.bounding_box()["height"] == pytest.approx(kept, abs=2)
        assert plot.locator(".wait").count() == 0


def test_in_arabic_pages_run_from_the_right_and_scales_from_the_left(
    chromium, made, monkeypatch
):
    monkeypatch.setattr(messages, "OFFERED", ("en", "ar"))
    with (
        served_desk(desk_of(*made)) as there,
        seated(chromium, viewport=PHONE, locale="ar") as seat,
    ):
        seat.page.goto(f"{there}/desk/sign-in")
        seat.page.locator("input[type=email]").fill(HR)
        seat.page.locator("input[type=password]").fill(PASSWORD)
        seat.page.locator("input[type=password]").press("Enter")
        seat.page.wait_for_url(lambda url: "sign-in" not in url)
        for page in ("groups/warehouse-north", "items/listening_1", "matrix", "answered"):
            seat.page.goto(f"{there}{AT}/{page}")
            assert seat.page.locator("html").get_attribute("dir") == "rtl"
            sound(seat.page, lights=("light",))
            assert seat.page.evaluate(WIDTH) <= PHONE["width"], page
        seat.page.goto(f"{there}{AT}/groups/warehouse-north")
        marks = seat.page.locator(".themes .axis text").all()
        places = [mark.bounding_box()["x"] for mark in marks[:5]]
        assert places == sorted(places)
        assert seat.page.locator(".chart").first.get_attribute("dir") == "ltr"


def _press_on(page, words):
    """Go from stop to stop until one begins with these words, below the top; press Enter there."""
    for _ in range(160):
        page.keyboard.press("Tab")
        if page.evaluate(
            "words => document.activeElement.closest('main') && "
            "document.activeElement.innerText.trim().startsWith(words)",
            words,
        ):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{words} is not reached")
