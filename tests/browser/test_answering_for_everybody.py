"""The page is for everybody: old browsers, keyboards, screen readers, small phones, slow lines."""

import pytest

from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import phrases
from tests.browser.axe import sound
from tests.browser.doors import DESK, PHONE, seated

pytestmark = pytest.mark.browser

SMALL = {"width": 320, "height": 568}
SCREENS = ("wait", "code", "first", "psych_safety", "work", "finish", "trouble", "used", "sent")
OWNED = ("receipt", "have", "mine", "withdraw", "changed")
SHOW = """
(name) => {
  for (const screen of document.querySelectorAll('.screen')) screen.hidden = screen.id !== 's-' + name;
  for (const fold of document.querySelectorAll('details.fold')) fold.open = true;
  document.querySelector('.foot').hidden = false;
}
"""
SHOW_ALL = """
(ids) => {
  for (const screen of document.querySelectorAll('.screen')) screen.hidden = ids.indexOf(screen.id) < 0;
}
"""
TOO_SMALL = """
() => Array.from(document.querySelectorAll('button, summary, .stop, .menu a, textarea, input[type=text]'))
  .filter((one) => one.offsetParent && (one.offsetHeight < 44 || one.offsetWidth < 44))
  .map((one) => one.outerHTML.slice(0, 90))
"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["390", "1280"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_any_screen(door, chromium, language, viewport):
    with seated(chromium, viewport=viewport) as seat:
        seat.start(door.link(language=language))
        seat.choose("psych_safety_1", 4)
        for screen in SCREENS:
            seat.page.evaluate(SHOW, screen)
            sound(seat.page, screen)
        assert seat.faults == []


@pytest.mark.parametrize(("language", "viewport"), [("en", PHONE), ("ar", DESK)])
def test_axe_finds_nothing_on_the_screens_of_a_receipt_and_of_a_kiosk(
    door, chromium, language, viewport
):
    door.on_paper()
    with seated(chromium, viewport=viewport) as seat:
        seat.page.goto(f"{door.address}/a/spring/kiosk/{language}#{door.code()}")
        seat.waits_for("first")
        seat.page.locator("details:has([data-do=groups])").evaluate("fold => fold.open = true")
        seat.press("groups")
        seat.page.locator("#all-groups").wait_for()
        seat.page.evaluate(SHOW_ALL, [f"s-{name}" for name in ("first", *OWNED, "still")])
        sound(seat.page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_overflows_the_smallest_phone_and_everything_can_be_hit(
    door, chromium, language
):
    with seated(chromium, viewport=SMALL) as seat:
        seat.start(door.link(language=language))
        seat.choose("psych_safety_1", 3)
        for screen in (*SCREENS, *OWNED):
            seat.page.evaluate(SHOW, screen)
            assert seat.page.evaluate("() => document.documentElement.scrollWidth") <= 320, (
                screen
            )
            assert seat.page.evaluate(TOO_SMALL) == [], screen


def test_without_scripts_the_page_says_what_to_do_in_six_languages(door, chromium):
    with seated(chromium, java_script_enabled=False) as seat:
        seat.page.goto(door.link(language="de"))

        seen = seat.page.locator("main").inner_text()
        assert all(phrases("copy", language).say("wait_old") in seen for language in LANGUAGES)
        assert (
            "Es wurde nichts gesendet, und Ihr Link oder Code wurde nicht verbraucht." in seen
        )
        assert seat.page.locator(".screen:visible").count() == 1
        assert seat.posts("credential") == []


def test_a_browser_without_cryptography_keeps_those_words(door, chromium):
    script = "Object.defineProperty(crypto, 'subtle', { value: undefined });"
    with seated(chromium, script=script) as seat:
        seat.page.goto(door.link())
        seat.page.wait_for_load_state("networkidle")

        assert seat.page.locator("#s-wait").is_visible()
        assert seat.faults == []


def test_the_keyboard_alone_is_enough(door, seat):
    keys = seat.page.keyboard
    seat.page.goto(door.link())
    seat.waits_for("first")
    seat.page.locator("[data-do=start]").focus()
    keys.press("Enter")
    seat.waits_for("psych_safety")
    assert seat.page.evaluate("() => document.activeElement.tagName") == "H1"
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert seat.page.locator(".said:visible .word").inner_text() == "Neither agree nor disagree"
    ring = seat.page.evaluate(
        "() => getComputedStyle(document.querySelector('input:focus + .stop i')).outlineStyle"
    )
    assert ring == "solid"
    keys.press("Tab")  # Leave empty
    keys.press("Tab")  # Back
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # Send now
    seat.waits_for("finish")
    seat.page.locator("[data-do=send]").focus()
    keys.press("Enter")
    seat.leave()

    assert door.letters()[0]["a"] == {"psych_safety_1": 3}


def test_a_screen_reader_hears_every_question_its_answers_and_what_the_ends_mean(door, seat):
    page = seat.page
    seat.start(door.link())
    heard = page.get_by_role("group", name="When something looks wrong to me")
    for answer in ("Strongly disagree", "Disagree", "Agree", "Strongly agree"):
        assert heard.get_by_role("radio", name=answer, exact=True).count() == 1
    while not page.locator("#s-work").is_visible():
        seat.press("next")
    heard = page.get_by_role("group", name="How likely are you to recommend")
    assert heard.get_by_role("radio", name="0 Not at all likely", exact=True).count() == 1
    assert heard.get_by_role("radio", name="10 Very likely", exact=True).count() == 1
    seat.choose("enps", 0)
    seat.press("finish")
    page.get_by_role("heading", level=1, name="Is there anything").wait_for()
    box = page.get_by_role("textbox", name="Is there anything you would like to add?")
    told = box.get_attribute("aria-describedby").split()
    assert "Read by" in "".join(page.locator(f"#{part}").inner_text() for part in told)
    seat.send()
    assert page.evaluate("() => document.activeElement.textContent") == "Thank you"
    page.get_by_role("region", name="Your receipt").wait_for()


def test_the_first_visit_is_small(door, seat):
    sizes = []
    seat.page.on(
        "requestfinished",
        lambda request: sizes.append(
            sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))
        ),
    )
    seat.page.goto(door.link())
    seat.waits_for("first")

    assert len(seat.asked) <= 6
    assert sum(sizes) <= 60_000


def test_everything_comes_from_the_same_door(door, seat):
    seat.start(door.link())
    seat.answer_one_and_finish()
    seat.press("send")
    seat.leave()

    assert all(request.url.startswith(f"{door.address}/a/") for request in seat.asked)
    assert seat.faults == []  # nothing was tried that the policy forbids
