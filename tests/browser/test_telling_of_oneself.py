"""What somebody tells of themselves, or would rather not say: on every page, for everybody, and sealed."""

import json

import pytest

from teamhealth.instruments.asking import Ask
from tests.browser.axe import sound
from tests.browser.doors import DESK, PHONE, seated, served_door
from tests.browser.test_answering_for_everybody import SHOW, TOO_SMALL
from tests.slips import printed

pytestmark = pytest.mark.browser

ASKS = (Ask("tenure"), Ask("site", ("Lyon", "Porto", "Graz & Umland")))


@pytest.fixture
def door(tmp_path):
    """Serve a survey that asks people for how long they have been here, and where."""
    with served_door(tmp_path, asks=ASKS) as opened:
        yield opened


def _to_the_page(seat, screen="about"):
    while not seat.page.locator(f"#s-{screen}").is_visible():
        seat.press("next")


def _tell(seat, name, value):
    seat.page.locator(f"label:has(input[name={name}][value='{value}'])").click()


def _chosen(seat, name):
    return seat.page.locator(f"input[name={name}]:checked").get_attribute("value")


def test_what_somebody_would_rather_not_say_is_not_in_the_letter(door, seat):
    seat.page.goto(door.link())
    seat.waits_for("first")
    assert "which you need not tell" in seat.page.locator("#s-first").inner_text()
    seat.press("start")
    _to_the_page(seat)
    seen = seat.page.locator("#s-about").inner_text()
    assert "As long as “Rather not say” is chosen, nothing of it goes into your answers" in seen
    assert (_chosen(seat, "tenure"), _chosen(seat, "site")) == ("", "")
    _tell(seat, "tenure", 2)
    assert seat.page.locator(
        "#s-about [data-do=finish]"
    ).is_disabled()  # that alone is no answer
    _tell(seat, "tenure", "")
    seat.press("back")
    seat.choose("engagement", 4)
    seat.press("next")
    seat.press("next")
    assert "1 of 14 questions" in seat.page.locator("#answered").inner_text()
    seat.send()

    assert door.letters()[0]["a"] == {"engagement": 4}
    assert seat.faults == []


def test_what_is_told_of_oneself_is_in_the_sealed_letter_and_nowhere_else(door, seat):
    seat.start(door.link())
    first = [one.sizes() for one in seat.asked]
    assert len(first) <= 6
    assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in first) <= 60_000
    seat.choose("psych_safety_1", 4)
    _to_the_page(seat)
    _tell(seat, "site", 3)
    _tell(seat, "tenure", 5)
    kept = json.dumps(seat.storage())
    seat.press("finish")
    seat.send()

    (letter,) = door.letters()
    assert letter["a"] == {"psych_safety_1": 4, "site": 3, "tenure": 5}
    assert letter.keys() == {"a", "c", "r", "v"}
    sent = " ".join(f"{r.url} {r.post_data} {json.dumps(r.headers)}" for r in seat.asked)
    assert "tenure" not in sent + kept
    assert "Umland" not in sent + kept
    seat.leave()
    assert seat.storage() == {"tab": {}, "device": {}}


def test_after_a_reload_it_is_as_it_was_and_after_sending_as_at_first(door, seat):
    seat.start(door.link())
    seat.choose("psych_safety_1", 4)
    _to_the_page(seat)
    _tell(seat, "tenure", 2)
    seat.page.reload()
    seat.waits_for("about")
    assert (_chosen(seat, "tenure"), _chosen(seat, "site")) == ("2", "")
    seat.press("finish")
    receipt = seat.send()
    assert _chosen(seat, "tenure") == ""
    seat.page.goto(f"{door.address}/a/spring/en")
    seat.waits_for("code")
    seat.press("have")
    seat.use(receipt)
    seat.press("change")
    seat.choose("psych_safety_1", 1)
    _to_the_page(seat)
    assert _chosen(seat, "tenure") == ""  # a receipt shows nothing
    _tell(seat, "site", 1)
    seat.press("finish")
    seat.press("send")
    seat.waits_for("changed")

    assert [letter["a"] for letter in door.letters()] == [{"psych_safety_1": 1, "site": 1}]


def test_the_keyboard_and_a_screen_reader_get_along(door, seat):
    keys, page = seat.page.keyboard, seat.page
    seat.start(door.link())
    seat.choose("psych_safety_1", 4)
    _to_the_page(seat)
    assert page.evaluate("() => document.activeElement.textContent") == "About you"
    keys.press("Tab")
    assert page.evaluate("() => document.activeElement.checked") is True
    ring = "() => getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(ring) == "solid"
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    assert _chosen(seat, "tenure") == "2"
    keys.press("Tab")
    keys.press("ArrowUp")
    assert _chosen(seat, "site") == "3"
    heard = page.get_by_role("group", name="At which site do you mostly work?")
    for option in ("Rather not say", "Lyon", "Porto", "Graz & Umland"):
        assert heard.get_by_role("radio", name=option, exact=True).count() == 1


@pytest.mark.parametrize(("language", "viewport"), [("en", PHONE), ("ar", DESK)])
def test_everybody_can_use_it_and_nothing_overflows(door, chromium, language, viewport):
    with seated(chromium, viewport=viewport) as seat:
        seat.start(door.link(language=language))
        seat.page.evaluate(SHOW, "about")
        sound(seat.page)
        seat.page.set_viewport_size({"width": 320, "height": 568})
        assert seat.page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert seat.page.evaluate(TOO_SMALL) == []
        rows = [row.bounding_box() for row in seat.page.locator(".way:visible").all()]
        assert len(rows) == 10
        assert min(row["height"] for row in rows) >= 44


def test_a_kiosk_forgets_it_for_the_next_person(door, seat):
    door.on_paper()
    seat.page.goto(f"{door.address}/a/spring/kiosk/en")
    for number in range(2):
        seat.waits_for("code")
        seat.page.locator("#code").fill(door.code(number))
        seat.page.locator("#typed button").click()
        seat.waits_for("first")
        seat.press("start")
        seat.choose("psych_safety_1", 4)
        _to_the_page(seat)
        assert _chosen(seat, "tenure") == ""
        _tell(seat, "tenure", 4)
        if number:
            break
        seat.press("finish")
        seat.press("send")
        seat.waits_for("receipt")
        seat.page.locator("#s-receipt .primary").click()  # the device begins anew by itself

    assert [letter["a"] for letter in door.letters()] == [{"psych_safety_1": 4, "tenure": 4}]
    assert seat.page.evaluate("() => [sessionStorage.length, window.name]") == [0, ""]


def test_it_is_told_from_a_slip_without_any_script(door, chromium):
    (code,) = printed(door.database, door.opened.id, "Acme/North", 1)
    with seated(chromium, viewport=DESK, java_script_enabled=False) as seat:
        seat.page.goto(f"{door.address}/a/spring/plain/fr")
        assert (_chosen(seat, "tenure"), _chosen(seat, "site")) == ("", "")
        seat.page.locator("#code").fill(code)
        _tell(seat, "psych_safety_1", 2)
        _tell(seat, "site", 2)
        seat.page.locator("form button").click()
        assert seat.page.url == f"{door.address}/a/done/plain/fr"

    assert [letter["a"] for letter in door.letters()] == [{"psych_safety_1": 2, "site": 2}]
