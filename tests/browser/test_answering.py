"""A person answers on a phone: what they see, what leaves the browser, what stays in it."""

import json
import re
from datetime import timedelta

import pytest

from teamhealth.campaigns.models import Survey
from teamhealth.credentials.fingerprint import fingerprint
from tests.browser.doors import seated, served_door
from tests.conftest import NOON

pytestmark = pytest.mark.browser

THEMES = 12  # of a pulse, with one statement each


def _answer_all(seat, comment):
    seat.press("start")
    for _ in range(THEMES):
        seat.page.locator(".stop:visible").nth(3).click()
        seat.press("next")
    seat.choose("engagement", 5)
    seat.choose("enps", 9)
    seat.press("next")
    seat.page.locator("#comment").fill(comment)
    seat.press("send")
    seat.leave()


def test_a_whole_answer_in_english_on_a_phone(door, seat):
    seat.page.goto(door.link())

    _answer_all(seat, "More breaks, please. “Thanks”\n– a colleague")

    (letter,) = door.letters()
    assert len(letter["a"]) == THEMES + 2
    assert letter["a"]["psych_safety_1"] == 4
    assert (letter["a"]["engagement"], letter["a"]["enps"]) == (5, 9)
    assert letter["c"] == {"comment": "More breaks, please. “Thanks”\n– a colleague"}
    assert seat.page.locator("h1").inner_text() == "Thank you"
    assert seat.faults == []


def test_a_whole_answer_in_arabic_runs_from_right_to_left(door, seat):
    seat.page.goto(door.link(language="ar"))
    seat.press("start")
    stops = seat.page.locator(".stop:visible")
    places = [stops.nth(i).bounding_box()["x"] for i in range(5)]
    seat.page.go_back()

    _answer_all(seat, "استراحات أكثر")

    (letter,) = door.letters()
    assert places == sorted(places, reverse=True)
    assert letter["a"]["psych_safety_1"] == 4  # the fourth from the right
    assert letter["c"] == {"comment": "استراحات أكثر"}
    assert seat.page.locator("html").get_attribute("dir") == "rtl"
    assert seat.faults == []


def test_the_first_screen_tells_what_was_checked_of_group_and_fingerprint(door, seat):
    seat.page.goto(door.link())
    seat.waits_for("first")
    for fold in seat.page.locator("#s-first .fold summary").all():
        fold.click()

    seen = seat.page.locator("#s-first").inner_text()

    shown = fingerprint(door.opened.manifest)
    assert "You answer as one of 6 people in North." in seen
    assert "-".join(shown[i : i + 4] for i in (0, 4, 8, 12)) in seen
    assert "Results are shown only for 5 people or more." in seen
    assert "14 questions, about 4 minutes." in seen
    assert "contact Jana Brandt, extension 214." in seen
    assert "16 March" in seen
    assert seat.page.locator("#dots circle").count() == 6
    assert not seat.page.locator("#small").is_visible()


def test_a_group_of_fewer_than_k_says_so(chromium, tmp_path):
    with (
        served_door(tmp_path, sizes={"office": 3, "north": 6}) as door,
        seated(chromium) as seat,
    ):
        seat.page.goto(door.link(group="office"))
        seat.waits_for("first")

        assert "Only 3 people answer directly" in seat.page.locator("#small").inner_text()


def test_whoever_is_alone_in_a_group_is_told(chromium, tmp_path):
    with (
        served_door(tmp_path, sizes={"office": 1, "north": 6}) as door,
        seated(chromium) as seat,
    ):
        seat.page.goto(door.link(group="office"))
        seat.waits_for("first")

        assert "You alone answer directly in Office." in seat.page.locator(".who").inner_text()
        assert not seat.page.locator("#small").is_visible()
        seat.page.goto(door.link(group="north"))
        seat.page.get_by_text("one of 6 people in North").wait_for()


def test_the_name_of_a_group_is_text_and_never_markup(chromium, tmp_path):
    with served_door(tmp_path, sizes={"<img src=x>": 6}) as door, seated(chromium) as seat:
        seat.page.goto(door.link(group="<img src=x>"))
        seat.waits_for("first")

        assert "people in <Img Src=X>" in seat.page.locator(".who").inner_text()
        assert seat.page.locator("#s-first img").count() == 0


def test_before_send_nothing_is_sent_but_the_code(door, seat):
    seat.start(door.link())
    before = len(seat.asked)
    seat.answer_one_and_finish()
    seat.page.locator("#comment").fill("Words")
    seat.page.locator(".foot summary").click()

    assert len(seat.asked) == before
    assert [r.url for r in seat.asked if r.method == "POST"] == [
        f"{door.address}/a/spring/group"
    ]
    assert seat.posts("group") == [{"t": door.code()}]


def test_answers_leave_the_browser_sealed_and_without_the_code(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    seat.page.locator("#comment").fill("CANARY")
    seat.press("send")
    seat.leave()

    (handed,) = seat.posts("response")
    (asked,) = seat.posts("credential")
    assert handed.keys() == {"g", "n", "s", "x", "e"}
    assert asked.keys() == {"t", "b"}
    assert not set(handed.values()) & set(asked.values())
    sent = " ".join(f"{r.url} {r.post_data} {json.dumps(r.headers)}" for r in seat.asked)
    assert "CANARY" not in sent
    assert "psych_safety_1" not in sent
    rest = [r for r in seat.asked if not r.url.endswith(("/group", "/credential"))]
    assert not any(door.code() in f"{r.url} {r.post_data} {r.headers}" for r in rest)
    assert not any(r.headers.get("cookie") or r.headers.get("referer") for r in seat.asked)


def test_the_chosen_language_does_not_travel_with_the_answers(door, seat):
    seat.page.goto(door.link(language="ar"))
    seat.press("start")
    seat.answer_one_and_finish()
    seat.press("send")
    seat.leave()

    (letter,) = door.letters()
    (sent,) = [r for r in seat.asked if r.url.endswith("/response")]
    assert letter.keys() == {"a", "c", "r", "v"}
    assert '"ar"' not in json.dumps(letter)
    assert sent.url == f"{door.address}/a/spring/response"


def test_after_sending_nothing_is_left_in_the_browser(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    seat.page.locator("#comment").fill("Words")
    seat.press("send")
    seat.leave()

    assert seat.storage() == {"tab": {}, "device": {}}
    assert seat.page.context.cookies() == []
    seat.page.go_back()
    seat.waits_for("code")
    assert seat.page.locator("#comment").input_value() == ""
    assert seat.page.locator("#sheet input:checked").count() == 0
    assert seat.storage() == {"tab": {}, "device": {}}


def test_without_a_connection_the_last_words_are_shown_in_place(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    seat.page.route("**/status.json", lambda route: route.abort())
    seat.send()
    seat.page.locator("#s-receipt .primary").click()
    seat.waits_for("sent")

    assert seat.storage() == {"tab": {}, "device": {}}
    assert len(door.letters()) == 1


def test_an_empty_answer_cannot_be_sent_and_the_page_says_why(door, seat):
    seat.start(door.link())
    send_now = seat.page.locator("[data-do=finish]:visible")
    assert send_now.is_disabled()
    assert (
        "once you have answered one question" in seat.page.locator(".now:visible").inner_text()
    )
    for _ in range(THEMES + 1):
        seat.press("next")
    seat.page.locator("#comment").fill("Only words")

    assert seat.page.locator("[data-do=send]").is_disabled()
    assert "not answered anything yet" in seat.page.locator("#answered").inner_text()


def test_an_answer_may_be_left_empty_again(door, seat):
    seat.start(door.link())
    seat.choose("psych_safety_1", 2)
    said = seat.page.locator(".said:visible .word")
    assert said.inner_text() == "Disagree"
    seat.press("empty")

    assert seat.page.locator("#sheet input:checked").count() == 0
    assert not said.is_visible()
    assert seat.page.locator("[data-do=finish]:visible").is_disabled()


def test_what_is_too_long_for_the_letter_is_not_sent_and_not_cut(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    words = "€" * 1500  # three bytes each

    seat.page.locator("#comment").fill(words)

    assert seat.page.locator("[data-do=send]").is_disabled()
    assert "characters too long" in seat.page.locator("#too-long").inner_text()
    assert seat.page.locator("#comment").input_value() == words
    seat.page.locator("#comment").fill(words[:1000])
    seat.press("send")
    seat.leave()
    assert door.letters()[0]["c"] == {"comment": words[:1000]}


def test_the_phone_s_back_button_goes_back_one_screen(door, seat):
    seat.start(door.link())
    seat.choose("psych_safety_1", 4)
    seat.press("next")
    seat.waits_for("empathy_compassion")

    seat.page.go_back()
    seat.waits_for("psych_safety")
    assert seat.page.locator("#sheet input:checked").count() == 1
    seat.page.go_back()
    seat.waits_for("first")


def test_a_later_close_is_told_in_the_reader_s_own_time(door, chromium):
    with door.database.write() as db:
        db.get(Survey, "spring").closes_at = NOON + timedelta(days=20)
        db.commit()
    with seated(chromium, timezone_id="Asia/Tokyo") as seat:
        seat.page.goto(door.link())
        seat.waits_for("first")

        seen = seat.page.locator("#s-first").inner_text()
    assert re.search(r"Open until Sunday,? 22 March( at|,) 21:00\.", seen)
    assert "at the close, planned for 22 March: all together" in seen
