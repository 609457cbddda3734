"""Somebody follows the link, answers, and may come back with the receipt."""

import hashlib
import json

import pytest
from sqlalchemy import func, select

from teamhealth.credentials.binding import label
from teamhealth.credentials.codes import b64
from teamhealth.credentials.envelopes import unseal
from teamhealth.invitations.models import Invitation
from teamhealth.responses.models import SealedResponse
from teamhealth.web.respond.app import create_app
from tests.makers import open_survey
from tests.people import Person

ANSWERS = {"psych_safety_1": 4, "conflict_repair_1": 2}


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path)


@pytest.fixture
def client(database, opened):
    return create_app(database, opened.settings).test_client(use_cookies=False)


@pytest.fixture
def ada(client, opened):
    return Person(client, opened, opened.codes["south"][0])


def _rows(database):
    with database.read() as db:
        return db.scalars(select(SealedResponse)).all()


def _used(database):
    with database.read() as db:
        return db.scalar(select(func.count(Invitation.blinded_hash)))


def _letter(opened, row):
    bound = label(row.nonce_hash, opened.id, row.group_id)
    return json.loads(unseal(row.envelope, opened.box, bound))


def test_an_answer_arrives_sealed_and_is_what_was_said(ada, database, opened):
    owner = ada.answer(ANSWERS)

    (row,) = _rows(database)
    assert row.group_id == "south"
    assert row.nonce_hash == owner.secrets.nonce_hash
    assert _letter(opened, row)["a"] == ANSWERS
    assert _used(database) == 1


def test_the_group_can_be_asked_for_again_and_again(ada, opened):
    first = ada.post("group", {"t": ada.code}).json
    spaced = "-".join(ada.code[at : at + 4] for at in range(0, 16, 4)).lower()

    again = ada.post("group", {"t": spaced}).json

    assert first == again
    assert json.loads(first["leaf"])["size"] == len(opened.codes["south"])


def test_whoever_lost_the_connection_sends_the_same_bytes_again(ada, database):
    ada.seal()
    first, second = ada.stamp(), ada.stamp()

    handed = [ada.hand_in().status_code for _ in range(3)]

    assert first.json == second.json
    assert handed == [200, 200, 200]
    assert len(_rows(database)) == 1


def test_whoever_was_interrupted_before_sending_begins_again_elsewhere(
    ada, client, opened, database
):
    ada.seal()

    Person(client, opened, ada.code).answer()

    assert len(_rows(database)) == 1


def test_a_link_used_in_one_browser_is_refused_in_another(ada, client, opened, database):
    ada.answer()
    other = Person(client, opened, ada.code)
    other.seal()

    again = other.stamp()

    assert again.status_code == 409
    assert again.json["error"] == "used"
    assert "Nothing was stored" in again.json["message"]
    assert len(_rows(database)) == 1


def test_with_the_receipt_an_answer_is_changed_withdrawn_and_given_again(ada, database, opened):
    owner = ada.answer(ANSWERS)
    found = ada.edit(owner.look()).json
    assert found == {"g": "south", "stored": True}

    changed = ada.edit(owner.replace(found, {"psych_safety_1": 1}))
    assert changed.status_code == 200
    assert _letter(opened, _rows(database)[0])["a"] == {"psych_safety_1": 1}

    assert ada.edit(owner.withdraw()).status_code == 200
    assert _rows(database)[0].envelope is None
    assert ada.edit(owner.look()).json == {"g": "south", "stored": False}

    assert ada.edit(owner.replace(found, {"psych_safety_1": 5})).status_code == 200
    assert _letter(opened, _rows(database)[0])["a"] == {"psych_safety_1": 5}


def test_a_withdrawn_answer_is_not_brought_back_by_a_late_copy(ada, database):
    owner = ada.answer()
    ada.edit(owner.withdraw())

    late = ada.hand_in()

    assert late.status_code == 409
    assert _rows(database)[0].envelope is None


def test_before_the_close_the_audit_tells_the_headcount_and_no_more(ada, client, opened):
    ada.answer()

    audit = client.get(f"/a/{opened.id}/audit.json").json

    assert audit == {"headcount": 11}


def test_the_signature_stored_is_not_the_one_that_was_given(ada, database):
    ada.answer()

    (row,) = _rows(database)
    given = hashlib.sha256(row.signature).digest()
    assert b64(row.signature) != ada.signed["s"]
    with database.read() as db:
        assert given not in db.scalars(select(Invitation.blinded_hash)).all()
