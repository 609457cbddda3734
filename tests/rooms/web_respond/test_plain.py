"""The form without scripts: for paper slips only, sealed on arrival, stored whole or not at all."""

import json

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State, Survey
from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blindsign import verify
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.envelopes import ENVELOPE_SIZE, unseal
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.i18n.phrases import phrases
from teamhealth.invitations.models import Invitation
from teamhealth.responses.models import SealedResponse
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front
from tests.makers import open_survey, set_state, trouble
from tests.people import Person
from tests.slips import printed

ADDRESS = "/a/spring/plain"
ANSWERS = {"psych_safety_1": "4", "enps": "10", "listening_1": ""}
SAY = phrases("copy", "en").say


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path / "home")


@pytest.fixture
def client(database, opened):
    app = create_app(database, opened.settings)
    app.wsgi_app = Front(create_app(database, opened.settings))
    return app.test_client()


@pytest.fixture
def code(database, opened):
    return printed(database, opened.id, "Acme/North", 1)[0]


def _rows(database):
    with database.read() as db:
        return db.scalars(select(SealedResponse)).all()


def _used(database):
    with database.read() as db:
        return db.scalar(select(func.count(Invitation.blinded_hash)))


def _send(client, code, more=None, **kept):
    return client.post(f"{ADDRESS}/en", data={"code": code, **ANSWERS, **(more or {})}, **kept)


def test_a_plain_answer_is_stored_sealed_like_any_other(client, database, opened, code):
    sent = _send(client, code, {"comment": "Größere Pausen.\r\n“Danke”"})

    assert (sent.status_code, sent.headers["Location"]) == (303, "/a/done/plain/en")
    (row,) = _rows(database)
    assert (row.group_id, len(row.envelope)) == ("north", ENVELOPE_SIZE)
    assert verify(
        opened.issuers["north"].public_key(), slip(row.nonce, "spring", "north"), row.signature
    )
    letter = json.loads(
        unseal(row.envelope, opened.box, label(row.nonce_hash, "spring", "north"))
    )
    assert letter["a"] == {"psych_safety_1": 4, "enps": 10}
    assert letter["c"] == {"comment": "Größere Pausen.\n“Danke”"}
    assert letter["r"]
    assert _used(database) == 1


def test_a_slip_is_used_once_by_whichever_way(client, database, opened):
    first, second = printed(database, opened.id, "Acme/North", 2)
    with_script = Person(client, opened, second)
    with_script.seal()

    assert [_send(client, first).status_code for _ in range(2)] == [303, 409]
    assert with_script.stamp().status_code == 200
    assert _send(client, second).status_code == 409
    assert Person(client, opened, first).post("group", {"t": first}).status_code == 200
    again = Person(client, opened, first)
    again.seal()
    assert again.stamp().status_code == 409
    assert (len(_rows(database)), _used(database)) == (1, 2)


def test_it_never_takes_the_code_of_a_letter_and_says_so_as_for_an_unknown_one(
    client, database, opened
):
    letter, unknown = (
        _send(client, code) for code in (opened.codes["north"][0], "7QFM-2X9P-T4RS-0ABC")
    )

    assert (letter.status_code, unknown.status_code) == (404, 404)
    told = [
        page.text.replace(opened.codes["north"][0], "").replace("7QFM-2X9P-T4RS-0ABC", "")
        for page in (letter, unknown)
    ]
    assert told[0] == told[1]
    assert SAY("plain_unknown") in told[0]
    assert (_rows(database), _used(database)) == ([], 0)


def test_a_code_may_be_typed_as_hands_type_or_pasted_with_its_link(client, database, opened):
    one, two, three = printed(database, opened.id, "Acme/North", 3)
    typed = (one.lower(), f" {two[:8]} {two[8:]}.", f"https://x.example/a/spring#{three}.{one}")

    assert [_send(client, code).status_code for code in typed] == [303, 303, 303]


FAULTY = (
    ({"psych_safety_1": "", "enps": ""}, "empty"),
    ({"psych_safety_1": "6"}, "faulty"),
    ({"enps": "11"}, "faulty"),
    ({"psych_safety_1": ["4", "5"]}, "faulty"),
    ({"psych_safety_1": "٤"}, "faulty"),
    ({"comment": "ä" * 2000}, "long"),
)


def test_what_cannot_be_stored_is_shown_again_as_it_was(client, database, code):
    shown = {}
    for more, problem in FAULTY:
        page = shown[problem] = _send(client, code, {"comment": "Bitte <mehr> Ruhe", **more})
        assert page.status_code == 400
        assert SAY(f"plain_{problem}") in page.text
        assert page.headers["Cache-Control"] == "no-store"

    assert (_rows(database), _used(database)) == ([], 0)
    assert f'value="{code}"' in shown["empty"].text
    assert "Bitte &lt;mehr&gt; Ruhe" in shown["empty"].text
    assert 'name="psych_safety_1" value="4" checked' in shown["long"].text


def test_a_form_that_comes_while_answering_is_stopped_keeps_what_was_entered(
    client, database, code
):
    trouble(database, "spring", "keys")

    shown = _send(client, code)

    assert shown.status_code == 503
    assert SAY("plain_later") in shown.text
    assert 'name="enps" value="10" checked' in shown.text


def test_envelope_and_used_slip_are_stored_together_or_not_at_all(
    client, database, code, monkeypatch
):
    def fail(*_):
        raise RuntimeError("CANARY")

    monkeypatch.setattr("teamhealth.web.respond.plain.take", fail)
    shown = _send(client, code)

    assert shown.status_code == 500
    assert "CANARY" not in shown.text
    assert code not in shown.text
    assert (_rows(database), _used(database)) == ([], 0)


STRANGE = (
    {"data": "x" * 80_000, "content_type": "application/x-www-form-urlencoded"},
    {"data": b"\xff=%ff&code=%00", "content_type": "application/x-www-form-urlencoded"},
    {"json": {"code": "x"}},
    {"data": {"code": "x"}, "content_type": "multipart/form-data"},
    {},
)


def test_whatever_else_is_sent_gets_a_page_and_stores_nothing(client, database, code):
    assert code
    for sending in STRANGE:
        answer = client.post(f"{ADDRESS}/en", **sending)
        assert 400 <= answer.status_code < 500
        assert answer.content_type == "text/html; charset=utf-8"

    assert (_rows(database), _used(database)) == ([], 0)


def test_a_closed_survey_and_a_void_slip_store_nothing(client, database, opened, code):
    other = printed(database, opened.id, "Acme/South", 1)[0]
    with database.write() as db:
        db.execute(Invitation.__table__.update().where(Invitation.paper).values(void=True))
        db.commit()
    assert _send(client, code).status_code == 404
    set_state(database, "spring", State.CLOSING)
    assert _send(client, other).status_code == 410
    assert client.post("/a/nowhere/plain", data={"code": code}).status_code == 404
    assert _rows(database) == []


def test_the_plain_form_says_first_that_it_can_be_read(client, opened):
    page = client.get(f"{ADDRESS}/en").text

    limits = page.index(
        "Whoever watches the network, and the server while it handles what you send"
    )
    assert page.index("<h1>") < limits < page.index("<form")
    assert "locks your answers</strong> before it sends" not in page
    assert "<script" not in page
    assert spaced(fingerprint(opened.manifest)) in page


def test_the_plain_form_is_the_same_for_everybody_and_takes_no_cookie(client, code):
    one = client.get(ADDRESS, headers={"Accept-Language": "de"})
    client.set_cookie("a", "b")
    other = client.get(f"{ADDRESS}/de#{code}", headers={"Accept-Encoding": ""})

    assert one.data == other.data
    policy = one.headers["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    assert "script-src" not in policy
    sent = _send(client, code, headers={"Cookie": "a=b"})
    assert sent.status_code == 303
    for answer in (one, other, sent, client.get("/a/done/plain/en")):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert code not in sent.headers["Location"]


def test_every_question_stands_on_the_one_page_and_can_be_left_empty(client, database):
    page = client.get(f"{ADDRESS}/de").text

    with database.read() as db:
        instrument = json.loads(db.get(Survey, "spring").instrument)
    asked = [question["id"] for question in instrument["questions"]]
    assert all(f'name="{name}"' in page for name in asked)
    rated = page.count('value="" checked')
    assert rated == page.count("<fieldset") == len(asked) - 1
