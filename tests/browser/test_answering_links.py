"""Links arrive bent, without their code, or opened by a robot first; the person can still answer."""

import pytest

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import fingerprint
from tests.browser.doors import seated

pytestmark = pytest.mark.browser

ROBOT = """
async () => {
  for (let round = 0; round < 40; round++) {
    for (const button of document.querySelectorAll('button, summary, input[type=submit]')) button.click();
    for (const form of document.querySelectorAll('form')) {
      form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    }
    await new Promise((done) => setTimeout(done, 10));
  }
}
"""


@pytest.mark.parametrize(
    "bent", ["#{}", "%23{}", "%2523{}", "/en%23{}", "#{}).", "#{},", "/de#{}", "?x=1#{}"]
)
def test_a_bent_link_still_opens_and_the_code_leaves_the_address(door, seat, bent):
    seat.page.goto(f"{door.address}/a/spring{bent.format(door.code())}")
    seat.waits_for("first")

    assert door.code() not in seat.page.url
    assert "6" in seat.page.locator(".who").inner_text()
    assert seat.faults == []


def test_small_letters_are_read_too(door, seat):
    seat.page.goto(door.link().lower())
    seat.waits_for("first")


def test_without_a_code_the_page_asks_for_it(door, seat):
    seat.page.goto(f"{door.address}/a/spring")
    seat.waits_for("code")
    seat.page.locator("#code").fill(spaced(door.code()).lower())
    seat.page.locator("#code").press("Enter")
    seat.waits_for("first")

    seat.press("start")
    seat.answer_one_and_finish()
    seat.press("send")
    seat.leave()
    assert len(door.letters()) == 1


def test_the_whole_link_may_be_pasted(door, seat):
    seat.page.goto(f"{door.address}/a/spring")
    seat.page.locator("#code").fill(door.link())
    seat.page.locator("#typed button").click()

    seat.waits_for("first")


@pytest.mark.parametrize(
    ("typed", "told"), [("7QFM", "#code-short"), ("7QFM-2X9P-T4RS-0ABC", "#code-unknown")]
)
def test_what_is_no_code_or_none_of_ours_is_told(door, seat, typed, told):
    seat.page.goto(f"{door.address}/a/spring")
    seat.page.locator("#code").fill(typed)
    seat.page.locator("#typed button").click()

    seat.page.locator(told).wait_for()
    assert seat.page.locator("#code").evaluate("field => field === document.activeElement")


def test_a_link_with_the_announced_fingerprint_opens(door, seat):
    seat.page.goto(f"{door.link()}.{fingerprint(door.opened.manifest)}")

    seat.waits_for("first")


def test_a_link_with_another_fingerprint_stops_the_page(door, seat):
    seat.page.goto(f"{door.link()}.7QFM2X9PT4RS0ABC")
    seat.waits_for("stopped")

    assert "fingerprints differ" in seat.page.locator("#s-stopped").inner_text()
    assert seat.posts("group") == []


def test_a_group_outside_the_published_tree_stops_the_page(door, seat):
    with door.database.write() as db:
        north = db.get(SurveyGroup, ("spring", "north"))
        north.leaf = north.leaf.replace('"size":6', '"size":1')
        db.commit()
    seat.page.goto(door.link())
    seat.waits_for("stopped")

    assert "does not match the published survey" in seat.page.locator("#s-stopped").inner_text()
    assert seat.posts("credential") == []


def test_a_robot_that_presses_everything_leaves_the_link_usable(door, chromium):
    with seated(chromium) as robot:
        robot.page.goto(door.link())
        robot.waits_for("first")
        robot.page.evaluate(ROBOT)
        assert robot.posts("credential") == []
    with seated(chromium) as person:
        person.start(door.link())
        person.answer_one_and_finish()
        person.press("send")
        person.leave()

    assert len(door.letters()) == 1


def test_another_code_may_be_used_on_a_shared_device(door, seat):
    seat.start(door.link())
    seat.choose("psych_safety_1", 4)
    seat.page.go_back()
    seat.press("other")
    seat.page.locator("#code").fill(door.code(1))
    seat.page.locator("#typed button").click()
    seat.waits_for("first")

    assert seat.page.locator("#sheet input:checked").count() == 0
    assert seat.posts("group") == [{"t": door.code()}, {"t": door.code(1)}]


def test_the_language_may_be_changed_in_the_middle(door, seat):
    seat.start(door.link())
    seat.choose("psych_safety_1", 4)
    seat.page.locator(".menu summary").click()
    seat.page.locator(".menu a[lang=de]").click()
    seat.page.wait_for_url("**/a/spring/de")
    seat.waits_for("psych_safety")

    assert seat.page.locator(".said:visible .word").inner_text() == "Stimme zu"
    assert door.code() not in seat.page.url
