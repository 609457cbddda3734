"""What everybody sees at the anonymous door: the same bytes per language, and the state of today."""

import hashlib
from datetime import timedelta

import brotli
import pytest
from werkzeug.test import Client

from teamhealth.campaigns.models import State, Survey
from teamhealth.responses.models import CountedList
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front
from tests.conftest import NOON
from tests.makers import open_survey, set_state, trouble

CODE = "7QFM2X9PT4RS0ABC"
CANARY = "canary"


class Seconds:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path)


@pytest.fixture
def app(database, opened, seconds):
    return create_app(database, opened.settings, ticks=seconds)


@pytest.fixture
def client(app):
    return app.test_client(use_cookies=False)


def test_everybody_gets_the_same_bytes_whatever_the_link_became_on_its_way(client):
    page = client.get("/a/spring")

    assert page.status_code == 200
    assert page.headers["Vary"] == "Accept-Language, Accept-Encoding"
    for bent in (f"%23{CODE}", f"%2523{CODE}", "/", ".", ")", f"/{CODE}", f"?t={CODE}"):
        other = client.get(f"/a/spring{bent}")
        assert other.data == page.data
        assert list(other.headers) == list(page.headers)


def test_the_language_is_the_one_asked_for_or_the_best_of_those_offered(client):
    german = client.get("/a/spring/de").data

    assert (
        client.get("/a/spring", headers={"Accept-Language": "de-AT, en;q=0.5"}).data == german
    )
    assert client.get("/a/spring/de", headers={"Accept-Language": "en"}).data == german
    assert client.get("/a/spring/ar", headers={"Accept-Language": "de"}).data == german
    assert b'lang="de"' in german
    assert client.get("/a/spring").data == client.get("/a/spring/en").data != german


def test_a_cookie_of_another_page_is_ignored_on_the_way_in(client):
    with_cookie = client.get("/a/spring", headers={"Cookie": "session=abc"})

    assert with_cookie.status_code == 200
    assert with_cookie.data == client.get("/a/spring").data


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.PREPARING, 200),
        (State.CLOSING, 410),
        (State.COUNTED, 410),
        (State.PUBLISHED, 410),
        (State.CANCELLED, 410),
    ],
)
def test_a_page_tells_when_the_survey_is_not_open(client, database, seconds, state, status):
    questions = client.get("/a/spring").data
    set_state(database, "spring", state)
    seconds.now += 2

    page = client.get("/a/spring")

    assert page.status_code == status
    assert page.data != questions
    assert page.content_type.startswith("text/html")


def test_keys_in_trouble_stop_the_page_too(client, database):
    trouble(database, "spring", "keys_missing")

    assert client.get("/a/spring").status_code == 503


def test_news_show_within_two_seconds_and_the_manifest_never_changes(
    client, database, opened, seconds
):
    page, news = client.get("/a/spring").data, client.get("/a/spring/status.json").json
    later = NOON + timedelta(days=20)
    with database.write() as db:
        db.get(Survey, "spring").closes_at = later
        db.commit()
    seconds.now += 1.9
    assert client.get("/a/spring").data == page
    seconds.now += 0.2

    assert client.get("/a/spring").data != page
    assert news["state"] == "open"
    assert news["withdrawn_items"] == []
    assert client.get("/a/spring/status.json").json["closes"] == later.isoformat()
    assert client.get("/a/spring/manifest.json").data == opened.manifest


def test_scripts_and_styles_are_served_as_pinned_and_may_be_kept_for_ever(client):
    page = client.get("/a/spring").text
    body = b"// answer\n" * 60
    address = f"/a/_s/{hashlib.sha256(body).hexdigest()}/answer.js"

    script = client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert address in page
    assert brotli.decompress(script.data) == body
    assert script.content_type == "text/javascript; charset=utf-8"
    assert script.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(address.replace("answer", "other")).status_code == 404
    assert client.get(f"/a/_s/{'0' * 64}/answer.js").status_code == 404


def test_the_last_page_empties_the_storage_of_the_browser(client):
    done = client.get("/a/done/de")

    assert done.status_code == 200
    assert done.headers["Clear-Site-Data"] == '"storage"'
    assert b'lang="de"' in done.data
    assert client.get("/a/done", headers={"Accept-Language": "de"}).data == done.data
    assert "Clear-Site-Data" not in client.get("/a/spring").headers


def test_after_the_count_everybody_may_read_the_list_of_what_was_counted(client, database):
    text = '{"counted":["AAAA","BBBB"]}'
    with database.write() as db:
        db.add(CountedList(survey_id="spring", body=text))
        db.get(Survey, "spring").state = State.COUNTED
        db.commit()

    assert client.get("/a/spring/audit.json").text == text


@pytest.mark.parametrize(
    "path",
    [
        f"/a/{CANARY}",
        f"/a/{CANARY}/manifest.json",
        f"/a/{CANARY}/audit.json",
        f"/a/_s/{CANARY}",
        f"/a//{CANARY}",
        f"/a/{CANARY * 9}",
        f"/a/%00{CANARY}",
        f"/a/spring%2523{CANARY}",
        f"/a/{CANARY}?x={CANARY}",
    ],
)
def test_no_answer_repeats_what_was_asked_for(client, path):
    answer = client.get(path, headers={"Accept-Language": CANARY, "User-Agent": CANARY})

    assert answer.status_code == (200 if "spring" in path else 404)
    assert CANARY.encode() not in answer.data
    assert CANARY not in str(answer.headers)


def test_the_doorstep_explains_that_a_link_is_needed(client):
    assert client.get("/a/").status_code == client.get("/a").status_code == 200


@pytest.mark.parametrize("path", ["/a/spring", "/a/spring/de", "/a/spring/manifest.json"])
def test_in_front_of_flask_the_very_same_is_answered(app, client, path):
    asked = {"Accept-Language": "en", "Accept-Encoding": "gzip, deflate, br"}
    entered = []
    app.before_request(lambda: entered.append(1))
    by_flask = client.get(path, headers=asked)

    in_front = Client(Front(app)).get(path, headers=asked)

    assert entered == [1]
    assert in_front.data == by_flask.data
    assert in_front.status == by_flask.status
    assert sorted(in_front.headers) == sorted(by_flask.headers)


def test_in_front_of_flask_nothing_is_answered_from_an_old_memory(app, database, seconds):
    front = Client(Front(app))
    assert front.get("/a/spring").status_code == 200
    assert front.get("/a/spring").status_code == 200
    set_state(database, "spring", State.CLOSING)
    seconds.now += 2

    assert front.get("/a/spring").status_code == 410
    assert front.post("/a/spring/group", json={"t": CODE}).status_code == 410
