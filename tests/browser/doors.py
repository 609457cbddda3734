"""The anonymous door served for a real browser, and people who answer in it."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete, select, update
from werkzeug.serving import make_server

from teamhealth import content
from teamhealth.campaigns.models import PinnedFile, Survey
from teamhealth.campaigns.scripts import JOINED, joined
from teamhealth.cells.canonical import canonical, digest
from teamhealth.credentials.binding import label
from teamhealth.credentials.envelopes import unseal
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.invitations.models import Invitation
from teamhealth.responses.models import SealedResponse
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front
from tests.makers import open_survey
from tests.tables import with_tables

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
CONTACTS = {
    "organisation": "Northwind",
    "contact": "Jana Brandt, extension 214",
    "report_contact": "speak-up line, extension 300",
    "support": "Dr. Weiss (company doctor), extension 330",
    "emergency": "112",
}


@dataclass
class Door:
    """An open survey of Northwind behind an address."""

    address: str
    database: object
    opened: object

    def link(self, number=0, *, language="en", group="north"):
        """Give a person's link to the page in a language."""
        return f"{self.address}/a/{self.opened.id}/{language}#{self.code(number, group=group)}"

    def code(self, number=0, *, group="north"):
        """Give a person's code."""
        return self.opened.codes[group][number]

    def on_paper(self):
        """Make all codes those of paper slips."""
        with self.database.write() as db:
            db.execute(update(Invitation).values(paper=True))
            db.commit()

    def letters(self):
        """Open every stored envelope, as the count would, and give what is in it."""
        with self.database.read() as db:
            rows = db.scalars(select(SealedResponse)).all()
            return [self._letter(row) for row in rows]

    def _letter(self, row):
        bound = label(row.nonce_hash, row.survey_id, row.group_id)
        return json.loads(unseal(row.envelope, self.opened.box, bound))


@contextmanager
def served_door(home, *, form="pulse", asks=(), **more):
    """Serve a survey with the real page, scripts and style sheet on this machine.

    ``asks`` is what people are asked about themselves.
    """
    database = with_tables(home / "home" / "browser.sqlite3")
    opened = open_survey(database, home / "home", languages=LANGUAGES, **more)
    _dress(database, opened.id, form, asks)
    app = create_app(database, opened.settings)
    server = make_server("127.0.0.1", 0, Front(app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Door(f"http://127.0.0.1:{server.server_port}", database, opened)
    finally:
        server.shutdown()
        database.close()


def _dress(database, name, form, asks):
    # What a launch would have pinned: the wording in six languages, the real files.
    style = (content.static() / "respond" / "respond.css").read_bytes()
    instrument = canonical(to_plain(library().instrument(form, LANGUAGES, asks=asks)))
    with database.write() as db:
        db.execute(delete(PinnedFile).where(PinnedFile.survey_id == name))
        for file, body in ((JOINED, joined()), ("respond.css", style)):
            db.add(PinnedFile(survey_id=name, name=file, digest=digest(body), body=body))
        survey = db.get(Survey, name)
        survey.title = "Team survey, spring 2026"
        survey.contacts = CONTACTS
        survey.instrument, survey.instrument_digest = instrument, digest(instrument)
        db.commit()


@dataclass
class Seat:
    """A browser somebody sits at: one context, one page, and what it asked for and complained of."""

    page: object
    asked: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def posts(self, thing):
        """Give the bodies of the messages sent to ``group``, ``credential`` or ``response``."""
        return [
            json.loads(request.post_data)
            for request in self.asked
            if request.method == "POST" and request.url.endswith("/" + thing)
        ]

    def start(self, link):
        """Open a link and press Start."""
        self.page.goto(link)
        self.press("start")

    def press(self, action):
        """Press the visible button that does something."""
        self.page.locator(f"[data-do={action}]:visible").click()

    def choose(self, question, value):
        """Answer the question with that id, which is on the screen."""
        place = self.page.locator(f"input[name={question}][value='{value}']").get_attribute(
            "id"
        )
        self.page.locator(f"label[for='{place}']").click()

    def answer_one_and_finish(self):
        """Answer the first question and go to the last screen."""
        self.choose("psych_safety_1", 4)
        self.press("finish")

    def send(self):
        """Send; give the receipt that is shown."""
        self.press("send")
        return self.receipt()

    def receipt(self):
        """Wait for the receipt and give it."""
        self.waits_for("receipt")
        return self.page.locator("[data-fill=receipt]").inner_text()

    def use(self, receipt):
        """Type a receipt where one is asked for."""
        self.waits_for("have")
        self.page.locator("#have").fill(receipt)
        self.page.locator("#owned button").click()

    def leave(self):
        """Do without the receipt, and wait for the last page."""
        self.waits_for("receipt")
        self.page.locator("#s-receipt .primary").click()
        self.page.wait_for_url("**/a/done/*")

    def waits_for(self, screen):
        """Wait until a screen is shown."""
        self.page.locator(f"#s-{screen}").wait_for()

    def storage(self):
        """Give what the browser keeps of this site."""
        return self.page.evaluate(
            "() => ({tab: Object.assign({}, sessionStorage), device: Object.assign({}, localStorage)})"
        )


@contextmanager
def seated(browser, *, viewport=PHONE, script=None, **more):
    """Sit somebody down at a fresh browser; ``script`` runs before the page's own."""
    context = browser.new_context(viewport=viewport, **more)
    if script:
        context.add_init_script(script)
    seat = Seat(context.new_page())
    seat.page.set_default_timeout(30_000)
    seat.page.on("request", lambda request: seat.asked.append(request))  # noqa: PLW0108  (Playwright marks its handlers)
    seat.page.on("pageerror", lambda fault: seat.faults.append(str(fault)))
    seat.page.on(
        "console", lambda said: seat.faults.append(said.text) if said.type == "error" else None
    )
    yield seat
    context.close()
