"""A server that lies to one person, and a real browser that has the announced fingerprint in its link."""

import json

import pytest

from teamhealth.credentials.fingerprint import fingerprint, words
from tests.attacks.liars import LIES, liar

pytestmark = pytest.mark.browser

AT_STAMP = "a stamp of a key for one person"
FOR_ONE = "a manifest for one person"


def _lying(seat, door, kind):
    """Let this browser's server lie; all others see the true one."""
    false = liar(door.database, door.opened.manifest, kind)
    seat.page.route(
        "**/manifest.json",
        lambda route: route.fulfill(body=false.manifest, content_type="application/json"),
    )
    seat.page.route("**/group", lambda route: route.fulfill(json=false.told))

    def stamp(route):
        made = false.stamp(json.loads(route.request.post_data))
        route.fulfill(json=made) if made else route.continue_()

    seat.page.route("**/credential", stamp)
    return false


@pytest.mark.parametrize("kind", LIES)
def test_the_browser_hands_nothing_in_at_a_server_that_lies(door, seat, kind):
    _lying(seat, door, kind)
    seat.page.goto(f"{door.link()}.{fingerprint(door.opened.manifest)}")
    if kind == AT_STAMP:
        seat.press("start")
        seat.answer_one_and_finish()
        seat.press("send")
    seat.waits_for("stopped")

    assert len(seat.posts("credential")) == (kind == AT_STAMP)
    assert len(seat.posts("group")) == (kind != FOR_ONE)
    assert seat.posts("response") == []
    assert seat.faults == []


def test_without_the_fingerprint_in_the_link_comparing_it_tells_the_false_manifest(door, seat):
    false = _lying(seat, door, FOR_ONE)
    seat.page.goto(door.link())
    seat.waits_for("first")

    shown = seat.page.locator("[data-fill=words]").first.text_content()
    assert shown.split() == list(words(fingerprint(false.manifest)))
    assert shown.split() != list(words(fingerprint(door.opened.manifest)))
