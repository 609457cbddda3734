"""Firefox and WebKitGTK, the browsers that Debian has besides Chromium: a whole answer, the RFCs' figures, nothing left.

Skipped in words where a browser is not installed; ``make browsers`` installs both.
"""

import shutil
import tempfile
import time
from pathlib import Path

import pytest

from tests.browser.drivers import MissingBrowserError, firefox, kept_in, webkit
from tests.browser.modules import Modules, serving
from tests.browser.test_cryptography import (
    test_both_derive_the_same_from_a_receipt_and_write_the_same_slip,
    test_both_see_the_same_fingerprint,
    test_every_step_gives_the_figures_of_rfc_9474,
    test_python_opens_what_the_browser_seals_under_its_label_only,
    test_sealing_gives_the_figures_of_rfc_9180,
    test_the_server_stamps_what_the_browser_blinds,
)

__all__ = [  # run here once more, with our ``js``
    "test_both_derive_the_same_from_a_receipt_and_write_the_same_slip",
    "test_both_see_the_same_fingerprint",
    "test_every_step_gives_the_figures_of_rfc_9474",
    "test_python_opens_what_the_browser_seals_under_its_label_only",
    "test_sealing_gives_the_figures_of_rfc_9180",
    "test_the_server_stamps_what_the_browser_blinds",
]

pytestmark = pytest.mark.browser

BROWSERS = {"firefox": firefox, "webkit": webkit}
WORDS = "CANARYWORDS of mine"
KEPT = """
async () => ({
  databases: indexedDB.databases ? (await indexedDB.databases()).length : 0,
  caches: (await caches.keys()).length,
  cookies: document.cookie,
  name: window.name,
  tab: Object.keys(sessionStorage).length,
  device: Object.keys(localStorage).length,
})
"""
NOTHING = {"databases": 0, "caches": 0, "cookies": "", "name": "", "tab": 0, "device": 0}
SEEN = """[location.href, document.body.innerText, ...Array.from(document.querySelectorAll('input, textarea'),
  (one) => (one.type === 'radio' ? one.checked : one.value))].join(' ')"""


@pytest.fixture(scope="module", params=list(BROWSERS))
def browser(request):
    """Start a browser, once for all tests of it, with a profile that is thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="teamhealth-browser-"))
    try:
        with BROWSERS[request.param](folder / "profile") as driver:
            yield driver
    except MissingBrowserError as missing:
        pytest.skip(str(missing))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def js(browser):
    with serving() as address:
        browser.go(address)
        yield Modules(browser)


def _enter(browser, link):
    """Open a link, answer one question and write a comment."""
    browser.go("about:blank")
    browser.go(link)
    browser.click("[data-do=start]")
    browser.click("label[for=psych_safety_1-3]")
    browser.click("[data-do=finish]")
    browser.type("#comment", WORDS)


def test_a_whole_answer_is_sent_and_nothing_of_it_stays(browser, door):
    _enter(browser, door.link())
    assert "#" not in browser.address
    tab = browser.look("JSON.stringify(Object.assign({}, sessionStorage)) + window.name")
    assert not any(said in tab for said in ("psych_safety_1", "CANARY"))

    browser.click("[data-do=send]")
    browser.click("#s-receipt .primary")
    browser.wait_for("location.pathname.startsWith('/a/done')")
    kept = [browser.evaluate(KEPT)]
    seen = [browser.look(SEEN)]
    for _ in range(3):
        browser.back()
        seen.append(browser.look(SEEN))
    kept.append(browser.evaluate(KEPT) if "/a/" in browser.address else NOTHING)

    (letter,) = door.letters()
    assert letter["a"] == {"psych_safety_1": 4}
    assert letter["c"] == {"comment": WORDS}
    assert kept == [NOTHING] * 2
    assert browser.cookies() == []
    assert [page for page in seen if WORDS in page or door.code() in page] == []


def test_the_files_of_the_browser_hold_the_used_link_at_most(browser, door, request):
    if not request.config.getoption("--attack"):
        pytest.skip(
            "browsers save after seconds: waiting for that is a part of `make browsers`"
        )
    _enter(browser, door.link(2))
    _let_it_save()
    browser.click("[data-do=send]")
    browser.wait_for("document.querySelector('#s-receipt [data-fill=receipt]').innerText")
    receipt = browser.look("document.querySelector('#s-receipt [data-fill=receipt]').innerText")
    _let_it_save()
    browser.click("#s-receipt .primary")
    browser.wait_for("location.pathname.startsWith('/a/done')")
    _let_it_save()

    secrets = [WORDS, "psych_safety_1", receipt, receipt.replace("-", "")]
    spellings = [said.encode(way) for said in secrets for way in ("utf-8", "utf-16-le")]
    found = [
        (name, said)
        for name, body in kept_in(browser.folder)
        for said in spellings
        if said in body
    ]
    assert found == []
    if request.node.callspec.params["browser"] == "firefox":  # the search sees what is there
        assert any(door.code(2).encode() in body for _, body in kept_in(browser.folder))


def _let_it_save():
    time.sleep(2.5)  # Firefox saves every half second here, WebKitGTK less often


def test_a_reload_goes_on_where_one_was_also_in_another_language(browser, door):
    _enter(browser, door.link(1))

    browser.reload()
    browser.wait_for("document.getElementById('comment').value !== ''")
    assert browser.look("document.getElementById('comment').value") == WORDS

    browser.click(".menu summary")
    browser.click(".menu a[hreflang=ar]")
    browser.wait_for("document.documentElement.lang === 'ar'")
    browser.wait_for("document.getElementById('comment').value !== ''")
    assert browser.look("document.getElementById('psych_safety_1-3').checked")
