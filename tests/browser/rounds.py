"""The rounds of the desk: which test looks at which page, and what is looked at on every page.

``ROUNDS`` names every page there is (held by: test_every_page_of_the_desk_is_on_somebodys_round);
a round fails unless it came past each of its own.
"""

from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.browser.axe import sound
from tests.browser.desks import TOO_SMALL
from tests.browser.doors import DESK, PHONE

SMALLEST = {"width": 320, "height": 568}

ROUNDS = {
    "people": (
        *("front.door", "signing.sign_in", "signing.set_up", "signing.password"),
        *("people.accounts", "people.leaders", "own_account.show"),
    ),
    "surveys": (
        *("surveys.overview", "surveys.past", "surveys.one", "surveys.decisions.ask"),
        *("surveys.launching.form", "surveys.launching.check", "surveys.correcting.ask"),
        "surveys.slips.ask",
    ),
    "results": (
        *("results.survey", "results.group", "results.matrix", "results.theme", "results.item"),
        *(
            "results.answered",
            "results.comments",
            "results.group_comments",
            "results.over_time",
        ),
    ),
    "classes": ("results.by_class",),
    "programs": ("api_access.tokens", "exports_page.exports"),
    "reports": ("batches.all_reports",),
}
NO_PAGES = {
    *("front.start", "files.file", "batches.download", "exports_page.notebook"),
    *("surveys.trustees.rehearsal", "surveys.trustees.box"),
    *("results.overview", "results.export"),
    *("reports.whole", "reports.summary", "reports.group", "reports.handout"),
    "reports.attestation",
}
"""What leads elsewhere, or gives a file."""

OPEN_ALL = "document.querySelectorAll('main details').forEach(one => one.open = true)"
_START = """
() => {
  document.body.tabIndex = -1;  // from the top of the page
  document.body.focus();
  document.body.removeAttribute('tabindex');
  const stops = Array.from(document.querySelectorAll(
    'a[href], button, summary, input, select, textarea, [tabindex="0"], iframe'
  )).filter((one) => !one.disabled && one.tabIndex >= 0 && one.type !== 'hidden')
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.type !== 'radio' || one === (
      document.querySelector(`input[name="${one.name}"]:checked`) ||
      document.querySelector(`input[name="${one.name}"]`)));
  window.round = { stops, reached: [], unseen: [] };
  if (window.watching) return stops.length;
  window.watching = true;
  addEventListener('focusin', ({ target }) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    window.round.reached.push(target);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) {
      window.round.unseen.push(target.outerHTML.slice(0, 120));
    }
  });
  return stops.length;
}
"""
_WALKED = """
() => {
  const { stops, reached, unseen } = window.round;
  const short = (one) => one.outerHTML.slice(0, 120);
  const order = reached.map((one) => stops.indexOf(one)).filter((at) => at >= 0);
  return {
    left: stops.filter((one) => !reached.includes(one)).map(short),
    unseen,
    back: order.filter((at, place) => place && at < order[place - 1]).map((at) => short(stops[at])),
  };
}
"""
_BEYOND = 3  # Tabs more than there are stops: the day, month and year of a date are three


def endpoint_of(app, address):
    """Give the endpoint of the page at an address; None where nothing is."""
    rules = app.url_map.bind("localhost")
    path = urlsplit(address).path
    return rules.match(path)[0] if rules.test(path) else None


@contextmanager
def round_of(name, app, page):
    """Walk a round: what is given looks at the open page; none of the round's may be left out."""
    seen = set()

    def look(*, keyboard=True):
        seen.add(endpoint_of(app, page.url))
        look_closely(page, keyboard=keyboard)

    yield look
    assert set(ROUNDS[name]) <= seen, set(ROUNDS[name]) - seen


def look_closely(page, *, keyboard=True):
    """Fail for what is wrong with the open page on a phone and at a desk, in both lights, by keyboard.

    It is loaded once: sizes and lights change in front of it.
    """
    for size, lights in ((PHONE, ("light", "dark")), (DESK, ("dark", "light"))):
        page.set_viewport_size(size)
        sound(page, f"{page.url} at {size['width']}", lights=lights)
        assert page.evaluate(TOO_SMALL) == [], page.url
        fits(page, size["width"])
    if keyboard:
        walk_by_keyboard(page)
    page.set_viewport_size(SMALLEST)
    fits(page, SMALLEST["width"])
    page.set_viewport_size(PHONE)


def fits(page, width):
    """Fail if the page goes on sideways; a chart may take a moment to follow the window."""
    page.wait_for_function(
        "width => document.documentElement.scrollWidth <= width", arg=width, timeout=5_000
    )


def walk_by_keyboard(page):
    """Fail unless Tab leads to every stop of the page, from the top down, and each can be seen."""
    stops = page.evaluate(_START)
    dates = page.locator("input[type=date]:visible").count()
    for _ in range(stops + _BEYOND * dates):
        page.keyboard.press("Tab")
    wrong = page.evaluate(_WALKED)
    assert wrong == {"left": [], "unseen": [], "back": []}, f"{page.url}\n{wrong}"
