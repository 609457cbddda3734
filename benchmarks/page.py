"""The respondent's page at a first visit, in a real Chromium: bytes, requests, first paint.

Launches a survey as in life, serves it with granian, and opens a personal link with an
empty cache, up to the screen on which one presses Start. Bytes are those on the wire,
with headers and as compressed. First paint is on a slow phone: processor slowed four
times, 1.6 Mbit/s, 150 ms there and back; the middle of several visits.
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from budgets import finish, held, noted
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from teamhealth import clock
from teamhealth.db import open_database
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.migrations.tables import metadata
from tests import firms
from tests.browser.chromium import ARGUMENTS
from tests.browser.doors import CONTACTS, PHONE
from tests.serving import environment_of, served

KILOBYTES, REQUESTS, SECONDS = 60.0, 6, 1.0
LIMESURVEY = "LimeSurvey: 1,071 kB in 26 requests, 3.8 s"
VISITS = 9
TEAMS = {"Northwind": 1} | {f"Northwind/Team {n}": 9 for n in range(1, 13)}
SLOW = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass
class Visit:
    """What one visit asked for and got, and when something was first seen."""

    requests: list[str] = field(default_factory=list)
    bytes: float = 0
    painted: float = 0


def visit(browser: Browser, link: str, *, slow: bool) -> Visit:
    """Open a link with an empty cache, until Start can be pressed."""
    seen = Visit()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.on("Network.requestWillBeSent", lambda told: seen.requests.append(_asked(told)))
    wire.on("Network.loadingFinished", lambda told: _add(seen, told["encodedDataLength"]))
    wire.send("Network.enable")
    if slow:
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        wire.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
    page.goto(link)
    page.locator("[data-do=start]:visible").wait_for()
    page.wait_for_load_state("networkidle")
    seen.painted = page.evaluate(PAINTED)
    context.close()
    return seen


@contextmanager
def launched(home: Path, form: str) -> Iterator[str]:
    """Launch a survey of a form in six languages and serve it; give a personal link."""
    database = open_database(f"sqlite:///{home / 'teamhealth.sqlite3'}")
    metadata.create_all(database.engine)
    settings = replace(firms.found(database, home, TEAMS), **CONTACTS)
    now = clock.now()
    wish = {"form": form, "at": now, "closes_at": now + timedelta(days=14)}
    name = firms.launch(database, settings, languages=LANGUAGES, **wish)
    code = next(iter(firms.codes(database, settings, name).values()))[0]
    with served(environment_of(settings), home / "log") as (address, _):
        yield f"{address}/a/{name}/{{language}}#{code}"
    database.close()


def main() -> None:
    """Measure the usual form in English, note the largest page, and the slow phone."""
    kept = []
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        for form in ("quarterly", "full"):
            with tempfile.TemporaryDirectory() as home, launched(Path(home), form) as link:
                kept += _measure(browser, link, form)
        browser.close()
    print(LIMESURVEY)
    finish(*kept)


def _measure(browser: Browser, link: str, form: str) -> list[bool]:
    first = visit(browser, link.format(language="en"), slow=False)
    arabic = visit(browser, link.format(language="ar"), slow=False)
    paints = [
        visit(browser, link.format(language="en"), slow=True).painted / 1000
        for _ in range(VISITS)
    ]
    middle = statistics.median(paints)
    kept = [
        held(f"first visit, {form} form, all bytes", first.bytes / 1000, "kB", KILOBYTES),
        held(f"first visit, {form} form, requests", len(first.requests), "", REQUESTS),
        held(f"first paint on a slow phone, {form} form", middle, "s", SECONDS),
    ]
    noted("  from the fastest to the slowest", min(paints), "s", f"… {max(paints):.2f} s")
    noted("  all bytes in Arabic", arabic.bytes / 1000, "kB")
    print("  asked for:", ", ".join(first.requests))
    return kept


def _asked(told: dict) -> str:
    path = told["request"]["url"].partition("#")[0].rpartition("/")[2]
    return f"{told['request']['method']} {path}"


def _add(seen: Visit, many: float) -> None:
    seen.bytes += many


if __name__ == "__main__":
    main()
