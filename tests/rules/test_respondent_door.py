"""Laws 2 and 8: the anonymous door leaves no trace of who came, nor of the order they came in."""

import logging
import re
import secrets
import sqlite3
from datetime import timedelta

import httpx
import pytest
from scipy.stats import spearmanr
from sqlalchemy import create_engine

from teamhealth import content
from teamhealth.credentials.codes import b64
from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import SealedResponse
from teamhealth.responses.taking import Handed, take
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.plain_page import POLICY as PLAIN_POLICY
from teamhealth.web.respond.ready import HEADERS
from tests.conftest import NOON
from tests.makers import open_survey
from tests.people import Person
from tests.serving import environment_of, served

TEMPLATES = content.folder("templates") / "respond"
CANARIES = ("CANARYPATH", "CANARYAGENT", "203.0.113.77", "CANARYQUERY")


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path / "home")


@pytest.fixture
def app(database, opened):
    app = create_app(database, opened.settings)

    @app.get("/a/_fault")
    def _fault():
        raise RuntimeError("CANARYPATH")

    return app


def _knock(client, opened):
    """Give one of each kind of answer of this door."""
    person = Person(client, opened, opened.codes["north"][0])
    person.seal()
    for path in (
        "",
        "/",
        "/spring",
        "/spring/de",
        "/spring/kiosk",
        "/nowhere",
        "//x",
        "/done",
        "/spring/plain",
        "/done/plain/de",
        "/_fault",
    ):
        yield client.get(f"/a{path}")
    for thing in ("manifest.json", "status.json", "audit.json"):
        yield client.get(f"/a/spring/{thing}")
    yield person.post("group", {"t": person.code})
    yield person.stamp()
    yield person.hand_in()
    yield person.hand_in(n="?")
    yield person.post("group", {"t": "7QFM2X9PT4RS0ABC"})
    yield person.post("group", {"t": person.code}, headers={"Cookie": "a=b"})
    yield person.post("groups", {"t": person.code})
    yield person.post("comment", {"reply": b64(bytes(32))})
    yield person.post("nothing", {})
    yield client.post("/a/spring/group", data="x" * 20_000)
    yield client.options("/a/spring/group")
    for code in (person.code, "7QFM2X9PT4RS0ABC"):
        yield client.post("/a/spring/plain", data={"code": code, "psych_safety_1": "4"})
    yield client.post("/a/spring/plain", data=b"x" * 80_000)


def test_every_answer_has_every_header_and_none_sets_a_cookie(app, opened):
    for answer in _knock(app.test_client(use_cookies=False), opened):
        told = f"{answer.request.method} {answer.request.path} {answer.status}"
        is_form = "/plain" in answer.request.path and answer.status_code not in (413, 415)
        ours = {**dict(HEADERS), **dict([PLAIN_POLICY] if is_form else [])}
        assert set(ours.items()) <= set(answer.headers), told
        assert "Set-Cookie" not in answer.headers, told
        assert "Access-Control-Allow-Origin" not in answer.headers, told
        assert "Location" not in answer.headers, told
        assert not {"ETag", "Last-Modified", "Server", "Via"} & set(answer.headers.keys()), told


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(app):
    policy = app.test_client().get("/a/spring").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy


def test_browsers_are_asked_of_every_field_not_to_keep_what_stands_in_it(app):
    page = app.test_client().get("/a/spring").text
    files = [page, *(file.read_text("utf-8") for file in TEMPLATES.rglob("*.html"))]
    fields = [
        field for text in files for field in re.findall(r"<(?:input|textarea)\b[^>]*>", text)
    ]
    typed = [field for field in fields if "radio" not in field and "checkbox" not in field]

    assert len(typed) > 3
    assert [field for field in typed if 'autocomplete="off"' not in field] == []


def test_a_fault_is_answered_without_its_text_and_logged_by_its_class_alone(app, caplog):
    caplog.set_level(logging.DEBUG)

    answer = app.test_client().get("/a/_fault?CANARYQUERY")

    assert answer.status_code == 500
    assert "CANARY" not in answer.text
    assert "RuntimeError" in caplog.text
    assert "CANARY" not in caplog.text
    assert "_fault" not in caplog.text


def test_a_fault_that_even_the_refusal_cannot_word_leaves_no_path_in_the_log(app, caplog):
    with app.test_request_context("/a/CANARYPATH"):
        app.log_exception((RuntimeError, RuntimeError("CANARYPATH"), None))

    assert caplog.text == ""


def test_a_fault_is_logged_once_an_hour_however_many_people_meet_it(app, caplog, at):
    client = app.test_client()

    for minutes in (0, 20, 59, 60, 61):
        at(NOON + timedelta(minutes=minutes))
        assert client.get("/a/_fault").status_code == 500

    assert caplog.text.count("RuntimeError") == 2


def test_no_log_holds_a_code_a_path_an_address_or_a_browser(app, opened, caplog, capfd):
    caplog.set_level(logging.DEBUG)

    for answer in _knock(app.test_client(use_cookies=False), opened):
        answer.close()

    printed = caplog.text + "".join(capfd.readouterr())
    assert "answer_refused" in printed
    for said in (opened.codes["north"][0], "/a/", "spring", "127.0.0.1", "Werkzeug/"):
        assert said not in printed


def test_the_server_process_prints_nothing_of_what_is_asked(opened, tmp_path):
    log = tmp_path / "server.log"
    strange = {"User-Agent": "CANARYAGENT", "X-Forwarded-For": "203.0.113.77"}
    with (
        served(environment_of(opened.settings), log) as (address, _),
        httpx.Client(base_url=address, headers=strange) as client,
    ):
        seen = [
            client.get("/a/spring%23CANARYPATH?x=CANARYQUERY"),
            client.get("/a/CANARYPATH/manifest.json"),
            client.get("/CANARYPATH"),
            client.post("/a/spring/group", json={"t": "CANARYPATHCANARY"}),
            client.post("/a/spring/response", content=b"CANARYPATH"),
        ]

    assert [answer.status_code for answer in seen] == [200, 404, 404, 404, 415]
    printed = log.read_text()
    for canary in CANARIES:
        assert canary not in printed
        assert not any(canary in f"{answer.text}{answer.headers}" for answer in seen)
    assert not any("set-cookie" in answer.headers for answer in seen)


def _offsets(file, envelopes):
    stored = file.read_bytes()
    return [stored.index(envelope) for envelope in envelopes]


def test_on_sqlite_the_place_of_a_response_does_not_tell_when_it_came(tmp_path):
    file = tmp_path / "home" / "law.sqlite3"
    database = open_database(f"sqlite:///{file}")
    metadata.create_all(database.engine)
    name = open_survey(database, tmp_path).id
    envelopes = [secrets.token_bytes(4177) for _ in range(300)]
    for envelope in envelopes:
        random = secrets.token_bytes
        with database.write() as db:
            take(db, name, Handed("north", random(32), random(256), envelope, random(32)))
            db.commit()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()

    places = _offsets(file, envelopes)

    assert abs(spearmanr(range(300), places).statistic) < 0.25  # four standard errors


def test_that_measurement_sees_the_order_where_pages_are_small(tmp_path):
    file = tmp_path / "small.sqlite3"
    plain = sqlite3.connect(file)
    plain.execute("PRAGMA page_size=4096")
    plain.close()
    engine = create_engine(f"sqlite:///{file}")
    metadata.create_all(engine)
    envelopes = [secrets.token_bytes(4177) for _ in range(300)]
    for envelope in envelopes:
        row = {"survey_id": "spring", "group_id": "north", "envelope": envelope}
        row |= {"nonce": secrets.token_bytes(32), "signature": b"", "edit_hash": envelope[:32]}
        with engine.begin() as connection:
            insert = SealedResponse.__table__.insert()
            connection.execute(insert.values(nonce_hash=secrets.token_bytes(32), **row))
    engine.dispose()

    # an envelope spills into further pages: its last bytes are looked for
    places = _offsets(file, [envelope[-60:] for envelope in envelopes])

    assert spearmanr(range(300), places).statistic > 0.9
