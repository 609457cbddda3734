"""A paper slip in a real browser: by its square code, typed, and on the page without scripts."""

import pytest

from teamhealth.credentials.codes import from_code
from teamhealth.credentials.links import link
from tests.browser.doors import DESK, seated
from tests.slips import printed

pytestmark = pytest.mark.browser


@pytest.fixture
def codes(door):
    return printed(door.database, door.opened.id, "Acme/North", 2)


def test_an_answer_from_a_slip_is_locked_in_the_browser(door, codes, seat):
    seat.start(link(door.address, door.opened.id, from_code(codes[0])))
    seat.answer_one_and_finish()
    assert seat.send()
    seat.leave()

    assert seat.posts("group") == [{"t": codes[0]}]
    assert set(seat.posts("response")[0]) == {"g", "n", "s", "x", "e"}
    assert [letter["a"] for letter in door.letters()] == [{"psych_safety_1": 4}]
    assert seat.faults == []


def test_the_code_of_a_slip_can_be_typed(door, codes, seat):
    seat.page.goto(f"{door.address}/a/{door.opened.id}")
    seat.page.locator("#code").fill(f"{codes[1][:8].lower()} {codes[1][8:]}")
    seat.page.locator("#typed button").click()
    seat.press("start")
    seat.answer_one_and_finish()
    assert seat.send()
    seat.leave()

    assert len(door.letters()) == 1


@pytest.mark.parametrize("viewport", [{"width": 390, "height": 844}, DESK])
def test_a_whole_answer_from_a_slip_without_any_script(chromium, door, codes, viewport):
    with seated(chromium, viewport=viewport, java_script_enabled=False) as seat:
        page = seat.page
        page.goto(f"{door.address}/a/{door.opened.id}/plain/de")
        width = page.locator("html").bounding_box()["width"]
        assert width == viewport["width"]
        assert page.locator("form").bounding_box()["width"] <= width
        page.locator("#code").fill(codes[0])
        page.locator("label:has(input[name=psych_safety_1][value='2'])").click()
        page.locator("textarea").fill("Mehr Licht")
        page.locator("form button").click()
        assert page.url == f"{door.address}/a/done/plain/de"
        assert page.locator("h1").inner_text() == "Vielen Dank"
        page.go_back()
        assert page.locator("#code").input_value() == ""
        assert page.locator("textarea").input_value() == ""
        assert page.locator("input[value='2']:checked").count() == 0

    (letter,) = door.letters()
    assert (letter["a"], letter["c"]) == ({"psych_safety_1": 2}, {"comment": "Mehr Licht"})
    assert seat.faults == []
    assert {request.resource_type for request in seat.asked} <= {"document", "stylesheet"}
