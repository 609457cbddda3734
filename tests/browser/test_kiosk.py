"""A device that many people share: codes from paper only, nothing kept, and it looks after whoever walks away."""

import re

import pytest

pytestmark = pytest.mark.browser


def _enter(seat, door, number=0, language="de"):
    seat.page.goto(f"{door.address}/a/spring/kiosk/{language}")
    seat.waits_for("code")
    seat.page.locator("#code").fill(door.code(number))
    seat.page.locator("#typed button").click()


def _nothing_kept(seat):
    kept = seat.page.evaluate(
        "() => [sessionStorage.length, localStorage.length, window.name, history.length]"
    )
    return kept == [0, 0, "", 2]  # about:blank and this page


def test_a_kiosk_takes_codes_from_paper_only(door, seat):
    _enter(seat, door, language="en")
    seat.page.locator("#code-mail").wait_for()

    assert "on a device of your own" in seat.page.locator("#code-mail").inner_text()
    assert seat.page.locator("#code").input_value() == ""
    assert _nothing_kept(seat)


def test_a_kiosk_keeps_nothing_and_is_ready_for_the_next_person_after_sending(door, seat):
    door.on_paper()
    _enter(seat, door)
    seat.waits_for("first")
    assert seat.page.locator("a[href]:visible").count() == 0
    seat.press("start")
    seat.answer_one_and_finish()
    seat.page.locator("#comment").fill("Worte")
    assert _nothing_kept(seat)
    seat.press("send")
    seat.waits_for("receipt")
    assert not seat.page.locator("[data-fill=receipt]").is_visible()
    seat.press("uncover")
    receipt = seat.receipt()
    seat.page.locator("#s-receipt .primary").click()
    seat.page.wait_for_url("**/a/spring/kiosk/en")  # the survey's first language
    seat.waits_for("code")

    assert receipt not in seat.page.content()
    assert _nothing_kept(seat)
    seat.page.go_back()
    assert seat.page.url == "about:blank"
    assert door.letters()[0]["c"] == {"comment": "Worte"}


def test_a_kiosk_that_somebody_leaves_counts_down_and_wipes_itself(door, seat):
    door.on_paper()
    seat.page.clock.install()
    _enter(seat, door)
    seat.waits_for("first")
    seat.press("start")
    seat.answer_one_and_finish()
    seat.page.locator("#comment").fill("Worte")
    seat.page.clock.run_for(91_000)
    seat.waits_for("still")
    assert re.search("leert: (19|20)\\.", seat.page.locator("#s-still").inner_text())
    assert not seat.page.locator("#comment").is_visible()
    seat.press("here")
    assert seat.page.locator("#comment").input_value() == "Worte"

    seat.page.clock.run_for(111_000)
    seat.page.wait_for_url("**/a/spring/kiosk/en")
    seat.waits_for("code")

    assert seat.page.locator("#comment").input_value() == ""
    assert seat.page.locator("#sheet input:checked").count() == 0
    assert _nothing_kept(seat)
    assert seat.posts("credential") == []


def test_a_kiosk_waits_longer_for_answers_that_have_not_arrived(door, seat):
    door.on_paper()
    seat.page.clock.install()
    _enter(seat, door, language="en")
    seat.waits_for("first")
    seat.press("start")
    seat.answer_one_and_finish()
    seat.page.route("**/response", lambda route: route.abort())
    seat.press("send")
    seat.waits_for("trouble")
    assert "Please stay and send again" in seat.page.locator("#s-trouble").inner_text()
    seat.page.clock.run_for(120_000)
    assert seat.page.locator("#s-trouble").is_visible()
    assert _nothing_kept(seat)

    seat.page.unroute("**/response")
    seat.page.clock.run_for(16_000)  # it tries again by itself

    seat.waits_for("receipt")
    assert len(door.letters()) == 1
