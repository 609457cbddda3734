"""The results pages in a real browser: charts under the strict policy, by keyboard, for everybody."""

import importlib.metadata
import re

import pytest

from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from tests.browser.desks import enter, served_desk
from tests.browser.doors import DESK, PHONE, seated
from tests.browser.rounds import OPEN_ALL, look_closely, round_of
from tests.desk import desk_of, make_accounts
from tests.northwind import LATEST, LEADERS, SURVEYS, settle

pytestmark = pytest.mark.browser

AT = f"/desk/surveys/{LATEST}"
TOMAS, RITA = "tomas@northwind.example", "rita@northwind.example"
CHARTED = (
    "results",
    "groups/service-desk",
    "groups/warehouse-north",
    "matrix",
    "themes/listening",
)
PAGES = (
    *CHARTED,
    "items/listening_1",
    "answered",
    "comments",
    "groups/service-desk/comments",
    "groups/warehouse-north/comments",
    "groups/warehouse-north/surveys",
    "groups/returns/surveys",
)
OF_THE_FIRST = (f"../{SURVEYS[0]}/results", f"../{SURVEYS[0]}/groups/warehouse-north/surveys")
"""Pages of a survey with nothing before it."""

HARMLESS = "sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o="
"""The one thing the policy refuses Plotly: a style attribute on a picture it never shows, by which
it finds out what the browser can do (``image-rendering``). It then draws in full size instead."""
DRAWN = "box => box.dataset.drawn === 'yes' && box.querySelectorAll('.main-svg').length > 0"
RULES_OF_PLOTLY = """
() => Array.from(document.getElementById('plotly.js-style-global').sheet.cssRules, r => r.cssText)
"""
RULES_SERVED = "() => Array.from(document.styleSheets[0].cssRules, r => r.cssText)"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Settle the firm and serve its desk; give the app and the address."""
    home = tmp_path_factory.mktemp("results")
    database = open_database(f"sqlite:///{home / 'desk.sqlite3'}")
    metadata.create_all(database.engine)
    settle(database)
    make_accounts(database, *LEADERS)
    app = desk_of(database, home)
    with served_desk(app) as found:
        yield app, found
    database.close()


@pytest.fixture(scope="module")
def address(desk):
    return desk[1]


def _open_all(page):
    page.evaluate(OPEN_ALL)
    for box in page.locator(".chart").all():
        box.scroll_into_view_if_needed()
        page.wait_for_function(DRAWN, arg=box.element_handle())


def _complaints(page):
    found = []
    page.on(
        "console", lambda m: found.append(m.text) if m.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda fault: found.append(str(fault)))
    return found


def _well_drawn(page):
    """Fail unless the page has charts that fill their boxes, laid out by the rules we serve."""
    boxes = page.locator(".chart .plot")
    assert boxes.count() >= 1
    for box in boxes.all():
        size = box.bounding_box()
        drawing = box.locator(".main-svg").first
        assert drawing.bounding_box()["width"] == pytest.approx(size["width"], abs=2)
        assert drawing.evaluate("e => getComputedStyle(e).position") == "absolute"


def test_nothing_of_plotly_is_fetched_before_a_chart_is_opened(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address, TOMAS)
        asked = []
        seat.page.on("request", lambda request: asked.append(request.url))
        seat.page.goto(f"{address}{AT}/groups/warehouse-north", wait_until="networkidle")
        assert not [url for url in asked if "plotly" in url]
        assert [url for url in asked if not url.startswith(address)] == []
        seat.page.get_by_text("The themes as a chart").click()
        seat.page.wait_for_function(
            DRAWN, arg=seat.page.locator(".chart").first.element_handle()
        )
        assert len([url for url in asked if url.endswith("plotly.min.js")]) == 1


def test_the_rules_served_are_those_that_plotly_would_write_itself(chromium, address):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/matrix")
        box = seat.page.locator(".chart").first
        script, style = (box.get_attribute(f"data-{kind}") for kind in ("script", "style"))
        get = seat.page.request.get
        seat.page.goto("about:blank")  # no policy here: Plotly writes its rules itself
        seat.page.add_style_tag(content=get(address + style).text())
        seat.page.add_script_tag(content=get(address + script).text())
        seat.page.evaluate(
            "Plotly.newPlot(document.body.appendChild(document.createElement('div')), [])"
        )
        told = seat.page.evaluate(RULES_OF_PLOTLY)
        served = seat.page.evaluate(RULES_SERVED)
    assert "heatmaplayer" in served.pop()  # the one of our own
    assert served == told, importlib.metadata.version("plotly")


def test_colours_follow_when_the_reader_turns_the_lights_out(chromium, address):
    with seated(chromium, viewport=DESK) as seat:
        enter(seat, address)
        seat.page.goto(f"{address}{AT}/groups/service-desk")
        _open_all(seat.page)
        dot = seat.page.locator(".chart").first.locator(".scatterlayer .point").last
        light = dot.evaluate("e => getComputedStyle(e).fill")
        seat.page.emulate_media(color_scheme="dark")
        seat.page.wait_for_function(
            "([e, before]) => getComputedStyle(document.querySelectorAll('.chart')[0]"
            ".querySelector('.scatterlayer .trace:last-child .point')).fill !== before",
            arg=[None, light],
        )


def test_a_chart_that_cannot_be_drawn_says_that_the_table_has_it_all(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address, TOMAS)
        seat.page.route("**/plotly.min.js", lambda route: route.abort())
        seat.page.goto(f"{address}{AT}/groups/warehouse-north")
        seat.page.get_by_text("The themes as a chart").click()
        seat.page.get_by_text("The chart could not be drawn").wait_for()


def test_a_leader_finds_everything_by_keyboard(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address, TOMAS)
        seat.page.goto(f"{address}{AT}/groups/warehouse-north")
        reached = []
        for _ in range(60):
            seat.page.keyboard.press("Tab")
            words = seat.page.evaluate("document.activeElement.innerText.trim()")
            if words.startswith("Steady leadership"):
                break
            reached.append(words)
        seat.page.keyboard.press("Enter")
        assert seat.page.get_by_text("Wait a day before you decide what they mean").is_visible()
        assert any(words.startswith("The themes as a chart") for words in reached)


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody_and_the_policy_breaks_nothing(chromium, desk):
    app, address = desk
    with seated(chromium, viewport=PHONE) as seat, round_of("results", app, seat.page) as look:
        enter(seat, address)
        told = _complaints(seat.page)
        for page in (*PAGES, *OF_THE_FIRST):
            seat.page.set_viewport_size(DESK)
            seat.page.goto(f"{address}{AT}/{page}")
            _open_all(seat.page)
            if page in CHARTED:
                _well_drawn(seat.page)
            look()
    assert [text for text in told if HARMLESS not in text] == []


def test_before_a_chart_is_there_and_without_scripts_pages_are_for_everybody(chromium, desk):
    _, address = desk
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address)
        seat.page.route("**/plotly.min.js", lambda _: None)  # it never comes
        seat.page.goto(f"{address}{AT}/groups/warehouse-north")
        seat.page.evaluate(OPEN_ALL)
        seat.page.locator(".chart").first.scroll_into_view_if_needed()
        look_closely(seat.page)
        seat.page.route("**/charts.js", lambda route: route.abort())
        seat.page.goto(f"{address}{AT}/results")
        seat.page.evaluate(OPEN_ALL)
        look_closely(seat.page)


def test_a_leader_of_a_group_without_a_result_gets_a_page_worth_reading(chromium, address):
    with seated(chromium, viewport=PHONE) as seat:
        enter(seat, address, RITA)
        seat.page.goto(f"{address}{AT}/groups/returns")
        look_closely(seat.page)
        assert "A talk that needs no numbers" in seat.page.inner_text("main")
        assert not re.search(r"\d of \d", seat.page.inner_text("main"))
