"""What goes wrong between two people, two devices and a bad connection, and what the page then says."""

import json

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State
from teamhealth.responses.models import SealedResponse
from tests.browser.doors import seated
from tests.makers import set_state, trouble

pytestmark = pytest.mark.browser

FORGETFUL = """
for (const name of ['sessionStorage', 'localStorage']) {
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
}
"""


def _stored(door):
    with door.database.read() as db:
        return db.scalar(select(func.count()).select_from(SealedResponse))


def _ready(seat, link):
    seat.start(link)
    seat.answer_one_and_finish()


def _send(seat):
    seat.press("send")
    seat.leave()


def test_an_answer_begun_on_the_phone_is_finished_elsewhere_with_the_same_link(door, chromium):
    with seated(chromium) as phone:
        _ready(phone, door.link())
    with seated(chromium) as computer:
        computer.page.goto(door.link())
        computer.waits_for("first")
        assert "Nothing was sent" in computer.page.locator("#s-first").inner_text()
        computer.press("start")
        computer.choose("psych_safety_1", 2)
        computer.press("finish")
        _send(computer)

    (letter,) = door.letters()
    assert letter["a"] == {"psych_safety_1": 2}


def test_a_reload_goes_on_where_one_was(door, seat):
    _ready(seat, door.link())
    seat.page.locator("#comment").fill("Words")

    seat.page.reload()
    seat.waits_for("finish")

    assert "1 of 14" in seat.page.locator("#answered").inner_text()
    assert seat.page.locator("#comment").input_value() == "Words"
    _send(seat)
    assert door.letters()[0]["c"] == {"comment": "Words"}


@pytest.mark.parametrize("thing", ["credential", "response"])
@pytest.mark.parametrize("reaches", [True, False], ids=["answer lost", "message lost"])
def test_a_connection_lost_after_the_stamp_is_taken_up_with_the_same_bytes(
    door, chromium, thing, reaches
):
    with seated(chromium) as seat:
        _ready(seat, door.link())

        def lose(route):
            if reaches:
                route.fetch()
            route.abort()

        seat.page.route(f"**/{thing}", lose)
        seat.press("send")
        seat.waits_for("trouble")
        seen = seat.page.locator("#s-trouble").inner_text()
        assert "no connection" in seen
        assert "Only this browser can finish" in seen
        seat.page.unroute(f"**/{thing}")
        seat.press("again")
        seat.leave()

        first, *again = seat.posts(thing)
        assert all(body == first for body in again)
        assert again
        assert seat.storage() == {"tab": {}, "device": {}}
    assert _stored(door) == 1


def test_after_a_lost_connection_the_same_browser_finishes_with_the_link_another_day(
    door, seat
):
    _ready(seat, door.link())
    seat.page.route("**/response", lambda route: route.abort())
    seat.press("send")
    seat.waits_for("trouble")
    kept = json.dumps(seat.storage()["device"])
    assert door.code() not in kept
    assert "psych_safety_1" not in kept
    seat.page.evaluate("() => sessionStorage.clear()")
    seat.page.unroute("**/response")

    seat.page.goto("about:blank")
    seat.page.goto(door.link())
    seat.waits_for("trouble")
    assert "You pressed Send before" in seat.page.locator("#s-trouble").inner_text()
    seat.press("again")
    seat.leave()

    assert door.letters()[0]["a"] == {"psych_safety_1": 4}


def test_a_used_link_says_so_and_sends_nothing(door, chromium):
    with seated(chromium) as first:
        _ready(first, door.link())
        _send(first)
    with seated(chromium) as second:
        _ready(second, door.link())
        second.press("send")
        second.waits_for("used")

        seen = second.page.locator("#s-used").inner_text()
        assert "What you entered now was not sent." in seen
        assert "Contact Jana Brandt, extension 214." in seen
        assert second.posts("response") == []
        assert second.storage() == {"tab": {}, "device": {}}
    assert _stored(door) == 1


def test_a_survey_that_closes_meanwhile_says_so_and_forgets_the_answers(door, seat):
    _ready(seat, door.link())
    set_state(door.database, "spring", State.CLOSING)
    seat.press("send")
    seat.waits_for("closed")

    assert "was not sent" in seat.page.locator("#s-closed").inner_text()
    assert seat.storage() == {"tab": {}, "device": {}}
    assert _stored(door) == 0


def test_a_closed_survey_has_a_page_of_its_own(door, seat):
    set_state(door.database, "spring", State.CLOSING)
    seat.page.goto(door.link(language="de"))

    assert seat.page.locator("h1").inner_text() == "Diese Umfrage ist beendet"


def test_a_paused_survey_loses_nothing(door, seat):
    _ready(seat, door.link())
    trouble(door.database, "spring", "keys_missing")
    seat.press("send")
    seat.waits_for("trouble")
    assert "takes no answers at the moment" in seat.page.locator("#s-trouble").inner_text()
    trouble(door.database, "spring", "")

    seat.press("again")
    seat.leave()

    assert _stored(door) == 1


def test_a_connection_lost_at_the_start_is_tried_again(door, seat):
    seat.page.route("**/manifest.json", lambda route: route.abort())
    seat.page.goto(door.link())
    seat.waits_for("trouble")
    assert "could not be loaded" in seat.page.locator("#s-trouble").inner_text()
    seat.page.unroute("**/manifest.json")

    seat.press("again")
    seat.waits_for("first")


def test_a_browser_that_keeps_nothing_still_sends(door, chromium):
    with seated(chromium, script=FORGETFUL) as seat:
        seat.page.goto(door.link())
        seat.waits_for("first")
        assert "Do not close or reload" in seat.page.locator("#forgetful").inner_text()
        assert door.code() not in seat.page.url
        seat.press("start")
        seat.answer_one_and_finish()
        seat.page.route("**/response", lambda route: route.abort())
        seat.press("send")
        seat.waits_for("trouble")
        assert "only this page can finish" in seat.page.locator("#s-trouble").inner_text()
        seat.page.unroute("**/response")
        seat.press("again")
        seat.leave()

    assert _stored(door) == 1


def test_a_browser_that_keeps_nothing_takes_the_code_along_to_another_language(door, chromium):
    with seated(chromium, script=FORGETFUL) as seat:
        seat.page.goto(door.link())
        seat.waits_for("first")
        seat.page.locator(".menu summary").click()
        seat.page.locator(".menu a[lang=fr]").click()
        seat.page.wait_for_url("**/a/spring/fr")

        seat.waits_for("first")
        assert door.code() not in seat.page.url


def test_a_stamp_of_another_key_stops_the_page(door, seat):
    _ready(seat, door.link())
    seat.page.route(
        "**/credential",
        lambda route: route.fulfill(json={"s": "A" * 342}, status=200),
    )
    seat.press("send")
    seat.waits_for("stopped")

    assert seat.posts("response") == []
