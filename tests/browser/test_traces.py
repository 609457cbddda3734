"""What a device still knows after somebody answered on it: in the page, behind the back button and in the browser's files.

Chromium here; Firefox and WebKitGTK in ``test_more_browsers``. What a browser's own history keeps is
docs/anonymity.md's to say: the link as it was opened, used up by then.
"""

import json
import shutil
import time
from contextlib import contextmanager

import pytest

from teamhealth.web.respond.app import create_app
from tests.browser.chromium import ARGUMENTS
from tests.browser.doors import PHONE, Seat
from tests.people import Person

pytestmark = pytest.mark.browser

WORDS = "CANARYWORDS of mine"
KEPT = """
async () => ({
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie,
  name: window.name,
  tab: Object.keys(sessionStorage),
  device: Object.keys(localStorage),
})
"""
NOTHING = {"databases": [], "caches": [], "workers": 0, "cookies": "", "name": ""}
NOTHING |= {"tab": [], "device": []}
SEEN = """
() => [location.href, document.body.innerText, ...Array.from(document.querySelectorAll('input, textarea'),
  (one) => (one.type === 'radio' ? one.checked : one.value))].join(' ')
"""
HISTORY = (
    "History",
    "Session",
    "Tabs",
    "Top Sites",
    "Favicons",
    "Shortcuts",
    "Visited",
    "ukm_db",
)
HISTORY += ("000003.log",)  # where Chromium's sessionStorage lies: the code, while one answers
FLUSHED = 8  # seconds after which Chromium has written its storages to the disk


@pytest.fixture
def profile(chromium, tmp_path):
    """Give how to sit down at a Chromium whose files stay, and that has a back-forward cache."""

    @contextmanager
    def sit_down():
        context = chromium.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=ARGUMENTS,
            ignore_default_args=["--disable-back-forward-cache"],
            viewport=PHONE,
        )
        seat = Seat(context.pages[0])
        seat.page.on("request", lambda request: seat.asked.append(request))  # noqa: PLW0108  (as in doors)
        seat.page.set_default_timeout(10_000)
        yield seat
        context.close()

    return sit_down


def _enter(seat, link):
    seat.start(link)
    seat.answer_one_and_finish()
    seat.page.locator("#comment").fill(WORDS)


def _spellings(texts):
    """Give each text as a browser's files could hold it."""
    found = {}
    for what, text in texts.items():
        found[what] = text.encode()
        found[f"{what}, two bytes a letter"] = text.encode("utf-16-le")
    return found


def _spaced(code):
    return "-".join(code[at : at + 4] for at in range(0, 16, 4))


def _found(folder, pieces):
    """Give which pieces are found in which file of a profile."""
    hits = set()
    for file in folder.rglob("*"):
        if file.is_file():
            body = file.read_bytes()
            hits |= {(what, file.name) for what, piece in pieces.items() if piece in body}
    return hits


def test_what_is_entered_lies_in_two_halves_and_neither_says_anything(door, seat):
    _enter(seat, door.link())

    tab, name = json.dumps(seat.storage()["tab"]), seat.page.evaluate("() => window.name")
    assert "psych_safety_1" not in tab + name
    assert "CANARY" not in tab + name
    assert len(name) > 50
    again = seat.page.evaluate(
        "() => { document.getElementById('comment').dispatchEvent(new Event('input', {bubbles: true})); return window.name; }"
    )
    assert again != name  # no random bytes serve twice


def test_when_the_tab_was_closed_meanwhile_one_begins_again_with_the_same_code(door, seat):
    _enter(seat, door.link())

    seat.page.evaluate("() => { window.name = ''; }")  # what a restored tab has lost
    seat.page.reload()
    seat.waits_for("first")

    assert WORDS not in seat.page.evaluate(SEEN)
    seat.press("start")
    seat.answer_one_and_finish()
    seat.press("send")
    seat.leave()
    assert door.letters()[0]["c"] == {}


def test_the_page_keeps_nothing_and_no_way_back_shows_anything(door, profile):
    with profile() as seat:
        _enter(seat, door.link())
        receipt = seat.send()
        seat.leave()
        kept = seat.page.evaluate(KEPT)
        seen = [seat.page.evaluate(SEEN)]
        for step in ("go_back", "go_back", "go_back", "go_forward", "go_forward"):
            getattr(seat.page, step)()
            seat.page.wait_for_timeout(150)
            seen.append(seat.page.evaluate(SEEN))
        after = seat.page.evaluate(KEPT)
        cookies = seat.page.context.cookies()

    assert kept == NOTHING
    assert after == NOTHING
    assert cookies == []
    code = door.code()
    for secret in (code, _spaced(code), receipt, receipt.replace("-", ""), WORDS, "true"):
        assert [page for page in seen if secret in page] == [], secret


def test_in_the_files_of_the_browser_is_the_used_link_and_nothing_else(
    door, profile, tmp_path, request
):
    long = request.config.getoption("--attack")
    with profile() as seat:
        _enter(seat, door.link())
        time.sleep(FLUSHED if long else 0)
        receipt = seat.send()
        time.sleep(FLUSHED if long else 0)
        seat.leave()
        (sent,) = seat.posts("response")
        (asked,) = seat.posts("credential")
    secrets = {
        name: text[:40] for name, text in {**sent, "b": asked["b"]}.items() if name != "g"
    }
    secrets |= {"words": WORDS, "statement": "psych_safety_1", "receipt": receipt}
    secrets |= {"receipt, whole": receipt.replace("-", "")}
    code = door.code()

    assert _found(tmp_path / "profile", _spellings(secrets)) == set()
    links = _found(tmp_path / "profile", _spellings({"code": code, "spaced": _spaced(code)}))
    assert [name for _, name in links if not name.startswith(HISTORY)] == []
    assert _is_used(door, code)


def _is_used(door, code):
    client = create_app(door.database, door.opened.settings).test_client(use_cookies=False)
    person = Person(client, door.opened, code)
    person.seal()
    return person.stamp().status_code == 409


def test_that_search_finds_what_a_browser_keeps(tmp_path):
    secrets = _spellings({"words": WORDS})
    (tmp_path / "log").write_bytes(b"".join(secrets.values()))

    assert {what for what, _ in _found(tmp_path, secrets)} == set(secrets)
