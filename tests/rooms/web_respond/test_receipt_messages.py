"""What the door tells whoever has a code or a receipt, beside the answer itself."""

import hashlib
import json
from datetime import timedelta

import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.conversations.models import Comment
from teamhealth.credentials.codes import b64
from teamhealth.credentials.receipts import comment_mark
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.makers import open_survey, set_state
from tests.people import Person

REPLY = {"reply": b64(bytes(32))}


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path)


@pytest.fixture
def client(database, opened):
    return create_app(database, opened.settings).test_client()


def test_a_receipt_shows_no_answer(client, opened):
    person = Person(client, opened, opened.codes["north"][0])
    owner = person.answer()

    assert person.edit(owner.look()).json == {"g": "north", "stored": True}


def test_whoever_has_a_code_is_told_all_groups_and_nobody_else(client, opened):
    person = Person(client, opened, opened.codes["south"][0])

    leaves = person.post("groups", {"t": person.code}).json["leaves"]

    assert [json.loads(leaf)["g"] for leaf in leaves] == ["north", "south"]
    assert person.post("group", {"t": person.code}).json["leaf"] == leaves[1]
    assert person.post("groups", {"t": "7QFM2X9PT4RS0ABC"}).status_code == 404
    assert person.post("groups", {}).status_code == 400


def test_before_the_count_there_is_no_comment_to_take_back(client, database):
    assert client.post("/a/spring/comment", json=REPLY).status_code == 410
    set_state(database, "spring", State.AWAITING_TRUSTEE)
    taken = client.post("/a/spring/comment", json={**REPLY, "take_back": True})

    assert (taken.status_code, taken.json["error"]) == (410, "not_open")
    assert client.post("/a/winter/comment", json=REPLY).status_code == 404
    false = {**REPLY, "take_back": False}
    assert client.post("/a/spring/comment", json=false).status_code == 400


def test_while_a_worker_cleans_up_a_comment_is_not_taken_back_behind_its_back(
    client, database, at
):
    at(NOON)
    mine = {"group_id": "acme", "question": "comment", "body": "Words"}
    hashed = comment_mark(hashlib.sha256(bytes(32)).digest(), "comment")
    with database.write() as db:
        db.add(Comment(survey_id="spring", reply_hash=hashed, **mine))
        survey = db.get(Survey, "spring")
        survey.state, survey.lease_until = State.COUNTED, NOON + timedelta(minutes=1)
        db.commit()

    answer = client.post("/a/spring/comment", json={**REPLY, "take_back": True})

    assert answer.status_code == 503
    assert "still there" in answer.json["message"]
    assert client.post("/a/spring/comment", json=REPLY).json == {"comments": 1}


def test_a_survey_that_waits_for_its_trustee_says_who_opens_it(client, database):
    with database.write() as db:
        survey = db.get(Survey, "spring")
        survey.trustee = {"name": "Works council"}
        survey.state = State.AWAITING_TRUSTEE
        db.commit()

    page = client.get("/a/spring")

    assert page.status_code == 410
    assert "<bdi>Works council</bdi>" in page.text
    assert "after.js" in page.text


def test_the_page_of_a_kiosk_leads_nowhere_else(client):
    page = client.get("/a/spring/kiosk/de").text

    assert 'data-kiosk="/a/spring/kiosk/en"' in page
    assert "/a/spring/plain" not in page
