"""What people may tell of themselves on the anonymous door: in six languages, with a trustee, without scripts."""

import html
import json
import re

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import Survey
from teamhealth.cells.canonical import canonical, digest
from teamhealth.credentials.binding import label
from teamhealth.credentials.envelopes import unseal
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import phrases
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.responses.models import SealedResponse
from teamhealth.web.respond.app import create_app
from tests.makers import open_survey
from tests.slips import printed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ASKS = (Ask("tenure"), Ask("site", ("Lyon & <co>", "Porto")))
COUNCIL = {"name": "Council", "address": "", "box": "", "sign": ""}


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path / "home", languages=LANGUAGES)


@pytest.fixture
def client(database, opened):
    return create_app(database, opened.settings).test_client()


def _ask(database, asks, trustee=None):
    body = canonical(to_plain(library().instrument("pulse", LANGUAGES, asks=asks)))
    with database.write() as db:
        survey = db.get(Survey, "spring")
        survey.instrument, survey.instrument_digest = body, digest(body)
        survey.trustee = trustee
        db.commit()


def _read(client, path):
    page = client.get(f"/a/spring{path}").text
    return " ".join(html.unescape(re.sub(r"<(/?(bdi|strong)\b[^>]*)>", "", page)).split())


def _said(key, language):
    text = (
        phrases("copy", language).texts[key].replace("*", "").replace("\N{NO-BREAK SPACE}", " ")
    )
    return [part for part in re.split(r"\{\w+\}", text) if part]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_what_is_done_with_it_before_it_is_asked(database, client, language):
    _ask(database, ASKS)

    for path in (f"/{language}", f"/plain/{language}", f"/kiosk/{language}"):
        page = _read(client, path)
        for key in ("about_free", "about_inside", "about_shown", "about_apart"):
            assert all(part in page for part in _said(key, language)), (path, key)
        assert page.count(phrases("copy", language).texts["about_unsaid"]) == 3
        assert "Lyon & <co>" in page
    assert _said("start_about", language)[0] in _read(client, f"/{language}")


def test_who_opens_the_answers_sees_it_beside_them_and_the_page_says_so(database, client):
    _ask(database, ASKS[:1], COUNCIL)

    page = _read(client, "/en")

    assert "Council, who opens them, sees it beside them: without your name" in page
    assert "The two are never shown together" not in page  # there is one


def test_where_nothing_is_asked_nothing_is_said_of_it(database, client):
    _ask(database, ())

    for path in ("/en", "/plain/en"):
        page = _read(client, path)
        assert "About you" not in page
        assert 'class="way"><input id=' not in page


def _send(client, code, **told):
    data = {"code": code, "psych_safety_1": "4", **told}
    return client.post("/a/spring/plain/en", data=data)


def test_without_scripts_it_is_sealed_with_the_answers_or_shown_again(database, opened, client):
    _ask(database, ASKS)
    one, two = printed(database, "spring", "Acme/North", 2)

    for wrong in ({"tenure": "6"}, {"site": "0"}, {"tenure": ["1", "2"]}, {"site": "Porto"}):
        assert _send(client, one, **wrong).status_code == 400
    alone = _send(client, one, psych_safety_1="", site="2")
    assert alone.status_code == 400
    assert 'name="site" value="2" checked' in alone.text
    assert 'name="tenure" value="" checked' in alone.text
    assert _send(client, one, tenure="5", site="").status_code == 303
    assert _send(client, two).status_code == 303

    with database.read() as db:
        rows = db.scalars(select(SealedResponse)).all()
    letters = [
        json.loads(unseal(row.envelope, opened.box, label(row.nonce_hash, "spring", "north")))
        for row in rows
    ]
    told = sorted([letter["a"] for letter in letters], key=len)
    assert told == [{"psych_safety_1": 4}, {"psych_safety_1": 4, "tenure": 5}]
