"""When a results page of a large organisation is seen: python benchmarks/paint.py [groups].

A real Chromium asks granian for pages of the organisation of ``desk.py``, 1 000 groups, signed in as HR.
Printed are the first and the largest contentful paint, on this machine, without a budget:
the first visit of a page (nothing in the cache but what the desk's other pages brought), and the middle of several.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from budgets import noted
from playwright.sync_api import Page, sync_playwright

from desk import NAME, PASSWORD, settle

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from teamhealth.settings import load
from tests.browser.chromium import ARGUMENTS
from tests.browser.doors import DESK, PHONE
from tests.serving import environment_of, served

PAGES = ("results", "matrix", "groups/g0", "groups/{team}", "themes/listening", "answered")
VISITS = 7
LARGEST = """
() => new Promise((tell) => {
  new PerformanceObserver((list) => tell(list.getEntries().pop().startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})
"""
FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def painted(page: Page, address: str) -> tuple[float, float]:
    """Return after how many milliseconds something, and after how many the largest part, was seen."""
    page.goto(address, wait_until="networkidle")
    return page.evaluate(FIRST), page.evaluate(LARGEST)


def main() -> None:
    """Print the paints of each page at a desk and on a phone."""
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        url = f"sqlite:///{Path(home) / 'bench.sqlite3'}"
        database = open_database(url)
        metadata.create_all(database.engine)
        snapshot = settle(database, groups)
        database.close()
        team = next(g.id for g in reversed(snapshot.groups) if g.responses is not None)
        settings = load({"TEAMHEALTH_HOME": home, "TEAMHEALTH_DATABASE_URL": url})
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        with served(environment_of(settings), Path(home) / "log") as (address, _):
            for size in (DESK, PHONE):
                page = browser.new_context(viewport=size).new_page()
                page.goto(f"{address}/desk/sign-in")
                page.fill("#email", NAME)
                page.fill("#password", PASSWORD)
                page.keyboard.press("Enter")
                page.wait_for_url("**/desk/surveys")
                for name in PAGES:
                    _print(page, f"{address}/desk/surveys/bench/{name.format(team=team)}", size)
        browser.close()


def _print(page: Page, address: str, size: dict[str, int]) -> None:
    name = f"{address.partition('bench/')[2]} at {size['width']} px"
    begun, done = painted(page, address)
    told = [painted(page, address) for _ in range(VISITS)]
    first, largest = (statistics.median(one) for one in zip(*told, strict=True))
    noted(f"{name}: first paint", first, "ms", f"at first {begun:.0f} ms")
    noted("  largest paint", largest, "ms", f"at first {done:.0f} ms")


if __name__ == "__main__":
    main()
