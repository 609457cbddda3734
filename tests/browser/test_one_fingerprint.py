"""One survey has one fingerprint, wherever it stands; a page that finds another one stops."""

import json
import re
from email import message_from_bytes, policy

import pytest

from teamhealth.campaigns.models import Survey
from teamhealth.cells.canonical import canonical
from teamhealth.cli.facts import facts_of
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words
from teamhealth.verifying import addresses, scripts
from teamhealth.verifying.checking import check
from teamhealth.verifying.description import both_ways
from teamhealth.verifying.visiting import Visit
from teamhealth.web.desk.app import create_desk
from teamhealth.web.desk.facts import facts_of as desk_facts
from tests.conftest import NOON
from tests.firms import found, launch, survey_of
from tests.postman import send
from tests.rooms.verifying.doors import opened
from tests.tables import with_tables

pytestmark = pytest.mark.browser


@pytest.fixture
def launched(tmp_path, at):
    """Give database, settings and id of a survey that people were invited to."""
    assert at
    database = with_tables(tmp_path / "own.sqlite3")
    settings = found(database, tmp_path / "home")
    yield database, settings, launch(database, settings, languages=["en", "de"])
    database.close()


def _letters(database, settings, folder):
    """Send the letters; give each as its two ways of saying the same."""
    send(database, settings, f"file:{folder}", NOON)
    for file in folder.glob("*.eml"):
        letter = message_from_bytes(file.read_bytes(), policy=policy.default)
        yield tuple(
            " ".join(letter.get_body((kind,)).get_content().split())
            for kind in ("plain", "html")
        )


def test_letter_page_and_check_tell_one_fingerprint(launched, seat, tmp_path):
    database, settings, name = launched
    survey = survey_of(database, name)
    characters, said = spaced(survey.fingerprint), " ".join(words(survey.fingerprint))

    letters = list(_letters(database, settings, tmp_path / "outbox"))
    assert len(letters) == 19
    for plain, html in letters:
        for told in (plain, html):
            assert characters in told
            assert said in told

    with opened(database, settings, name) as door:
        link = re.search(r"http\S+#\S+", letters[0][0])[0]
        link = link.replace("http://localhost:8000", door.address)
        with Visit(addresses.read(link)) as visit:
            report = check(visit, scripts.installed(), said)
        seat.page.goto(link)
        seat.waits_for("first")
        seat.page.locator("details:has([data-fill=words]) summary").click()
        shown = seat.page.locator("#s-first").inner_text()
    assert report.differs == 0
    assert both_ways(report.own) == (characters, said)
    assert characters in shown
    assert said in " ".join(shown.split())

    with create_desk(database, settings).app_context(), database.read() as db:
        desk = desk_facts(db, db.get(Survey, name))
    assert (desk.fingerprint, desk.fingerprint_words) == (characters, said)
    assert facts_of(survey)["fingerprint_words"] == said


def test_a_description_of_another_survey_stops_the_page_before_the_code_is_sent(door, seat):
    with door.database.write() as db:
        survey = db.get(Survey, "spring")
        survey.manifest = canonical({**json.loads(survey.manifest), "survey": "autumn"})
        db.commit()
    seat.page.goto(door.link())
    seat.waits_for("stopped")

    told = seat.page.locator("#s-stopped").inner_text()
    assert "does not match the published survey" in told
    assert "Do not answer here, and contact Jana Brandt, extension 214." in told
    assert seat.posts("group") == []


def test_a_page_that_stops_shows_the_fingerprint_it_found_to_be_told_on(door, seat):
    seat.page.goto(f"{door.link()}.7QFM2X9PT4RS0ABC")
    seat.waits_for("stopped")

    told = seat.page.locator("#s-stopped").inner_text()
    assert "Do not answer here, and contact Jana Brandt, extension 214." in told
    code = survey_of(door.database, "spring").fingerprint
    assert spaced(code) in told
    assert " ".join(words(code)) in " ".join(told.split())
    assert not seat.page.locator("[data-do=start]:visible").count()
