"""Everything that is refused at the anonymous door: with its status, its words, and nothing stored."""

import dataclasses
import json

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State
from teamhealth.credentials.codes import b64
from teamhealth.invitations.models import Invitation
from teamhealth.responses.models import SealedResponse
from teamhealth.web.respond.app import create_app
from tests.makers import open_survey, set_state, trouble
from tests.people import Person

UNKNOWN_CODE = "7QFM2X9PT4RS0ABC"


@pytest.fixture
def opened(database, tmp_path):
    return open_survey(database, tmp_path)


@pytest.fixture
def client(database, opened):
    return create_app(database, opened.settings).test_client(use_cookies=False)


@pytest.fixture
def ada(client, opened):
    """Somebody who is about to press Send."""
    person = Person(client, opened, opened.codes["south"][0])
    person.seal()
    return person


@pytest.fixture
def stamped(ada):
    """The same person, whose link was exchanged for a stamp."""
    assert ada.stamp().status_code == 200
    return ada


@pytest.fixture
def stored(database):
    """Count used links and stored responses."""

    def count():
        with database.read() as db:
            return (
                db.scalar(select(func.count(Invitation.blinded_hash))),
                db.scalar(select(func.count(SealedResponse.nonce_hash))),
            )

    return count


def _refused(answer, status, kind):
    assert answer.status_code == status
    assert answer.json.keys() == {"error", "message"}
    assert answer.json["error"] == kind
    return True


def test_an_unknown_code_is_not_found(ada, stored):
    blinded = ada.prepared.credential["b"]

    for code in (UNKNOWN_CODE, "half a code"):
        assert _refused(ada.post("group", {"t": code}), 404, "unknown")
        assert _refused(ada.post("credential", {"t": code, "b": blinded}), 404, "unknown")
    assert stored() == (0, 0)


def test_a_code_of_one_survey_is_unknown_in_another(ada, database, tmp_path, stored):
    other = open_survey(database, tmp_path, name="summer")
    ada.code = other.codes["south"][0]

    assert _refused(ada.post("group", {"t": ada.code}), 404, "unknown")
    assert stored() == (0, 0)


def test_a_tampered_stamp_is_refused(stamped, stored):
    body = stamped.prepared.response(stamped.signed)
    forged = b64(bytes(256)), b64(b"\1" * 256), body["s"][:-4] + "AAAA"

    for signature in forged:
        assert _refused(stamped.hand_in(s=signature), 403, "bad_credential")
    assert _refused(stamped.hand_in(n=b64(bytes(32))), 403, "bad_credential")
    assert stored() == (1, 0)


def test_a_stamp_of_one_group_is_none_of_another(stamped, stored):
    assert _refused(stamped.hand_in(g="north"), 403, "bad_credential")
    assert _refused(stamped.hand_in(g="acme"), 403, "bad_credential")
    assert _refused(stamped.hand_in(g="nowhere"), 403, "bad_credential")
    assert stored() == (1, 0)


def test_a_stamp_of_one_survey_is_none_of_another_with_the_same_key(
    stamped, database, tmp_path, stored
):
    stamped.opened = open_survey(database, tmp_path, name="summer")

    assert _refused(stamped.hand_in(), 403, "bad_credential")
    assert stored() == (1, 0)


def test_an_envelope_copied_over_another_answer_is_refused(stamped, client, opened, stored):
    bob = Person(client, opened, opened.codes["south"][1])
    bob.answer()
    stamped.hand_in()

    copied = stamped.prepared.response(stamped.signed)["x"]

    assert _refused(bob.hand_in(x=copied), 409, "conflict")
    assert stored() == (2, 2)


def test_an_edit_secret_of_somebody_else_cannot_be_taken(stamped, client, opened, stored):
    bob = Person(client, opened, opened.codes["south"][1])
    bob.answer()
    taken = bob.prepared.response(bob.signed)["e"]

    assert _refused(stamped.hand_in(e=taken), 409, "conflict")
    assert stored() == (2, 1)


@pytest.mark.parametrize("state", [s for s in State if s is not State.OPEN])
def test_a_survey_that_is_not_open_takes_nothing(stamped, database, stored, state):
    owner = stamped.owner()
    set_state(database, stamped.opened.id, state)

    assert _refused(stamped.post("group", {"t": stamped.code}), 410, "not_open")
    assert _refused(stamped.stamp(), 410, "not_open")
    assert _refused(stamped.hand_in(), 410, "not_open")
    for message in (owner.look(), owner.withdraw(), owner.replace({"g": "south"}, {"i": 1})):
        assert _refused(stamped.edit(message), 410, "not_open")
    assert stored() == (1, 0)


def test_an_unknown_survey_is_not_found(stamped, stored):
    stamped.opened = dataclasses.replace(stamped.opened, id="winter")

    assert _refused(stamped.post("group", {"t": stamped.code}), 404, "unknown")
    assert _refused(stamped.stamp(), 404, "unknown")
    assert _refused(stamped.hand_in(), 403, "bad_credential")
    assert _refused(stamped.edit(stamped.owner().look()), 404, "unknown")
    assert stored() == (1, 0)


def test_keys_in_trouble_pause_answering_and_nothing_is_stored(ada, database, stored):
    trouble(database, ada.opened.id, "keys_missing")

    assert _refused(ada.stamp(), 503, "paused")
    assert "Nothing was stored" in ada.stamp().json["message"]
    assert stored() == (0, 0)
    trouble(database, ada.opened.id, "")
    assert ada.stamp().status_code == 200


def test_a_key_that_is_gone_or_not_the_published_one_never_uses_a_link_up(
    database, tmp_path, stored
):
    opened = open_survey(database, tmp_path)
    keys = opened.settings.keys / "issuers" / opened.id
    (keys / "south.der").replace(keys / "south.away")
    (keys / "north.der").rename(keys / "south.der")
    client = create_app(database, opened.settings).test_client(use_cookies=False)

    for group in ("south", "north"):  # a wrong one, a missing one
        person = Person(client, opened, opened.codes[group][0])
        person.seal()
        assert _refused(person.stamp(), 503, "paused")
    assert stored() == (0, 0)


@pytest.mark.parametrize("header", ["Cookie", "Authorization"])
def test_a_message_that_names_its_sender_by_the_way_is_refused(ada, stored, header):
    for thing in ("group", "credential", "response", "response/edit"):
        answer = ada.post(thing, ada.prepared.credential, headers={header: "session=1"})
        assert _refused(answer, 400, "bad_message")
    assert stored() == (0, 0)


def test_another_content_type_is_refused(ada, stored):
    body, address = json.dumps(ada.prepared.credential), f"/a/{ada.opened.id}/credential"

    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""):
        answer = ada.client.post(address, data=body, content_type=kind)
        assert _refused(answer, 415, "wrong_type")
    assert stored() == (0, 0)


def test_a_body_that_is_too_large_is_refused(ada, stored):
    answer = ada.post("credential", {**ada.prepared.credential, "more": "x" * 17_000})

    assert _refused(answer, 413, "too_large")
    assert stored() == (0, 0)


BODIES = (
    b"",
    b"null",
    b"[]",
    b"{",
    b'{"t":1,"b":2}',
    b'{"more":"7QFM2X9PT4RS0ABC"}',
    b'{"t":"7QFM2X9PT4RS0ABC","t":"7QFM2X9PT4RS0ABC"}',
    b'{"t":"7QFM2X9PT4RS0ABC","b":"AAAA"}',
    b'{"t":"7QFM2X9PT4RS0ABC","b":null}',
    b'{"t":"' + b"A" * 200 + b'"}',
    b'{"t":"\xff"}',
    '{"t":"7QFM2X9PT4RS0ABC"}'.encode("utf-16"),
    b"[" * 16_000,
    b'{"t":' + b"9" * 9_000 + b"}",
)


def test_a_body_without_exactly_the_expected_fields_is_refused(ada, stored):
    for thing in ("group", "credential", "response", "response/edit"):
        for body in BODIES:
            answer = ada.client.post(
                f"/a/{ada.opened.id}/{thing}", data=body, content_type="application/json"
            )
            assert _refused(answer, 400, "bad_message"), (thing, body[:40])
    assert stored() == (0, 0)


def test_a_field_too_many_or_of_another_size_is_refused(stamped, stored):
    whole = stamped.prepared.response(stamped.signed)

    assert _refused(stamped.hand_in(more=1), 400, "bad_message")
    for field in whole:
        left = {name: value for name, value in whole.items() if name != field}
        assert _refused(stamped.post("response", left), 400, "bad_message")
        cut = {**whole, field: whole[field][:-4]} if field != "g" else {**whole, "g": "a|b"}
        assert _refused(stamped.post("response", cut), 400, "bad_message")
    assert _refused(stamped.hand_in(x=whole["x"] + "="), 400, "bad_message")
    edit = stamped.owner().look()
    assert _refused(stamped.edit({**edit, "withdraw": False}), 400, "bad_message")
    assert _refused(
        stamped.edit({**edit, "withdraw": True, "x": whole["x"]}), 400, "bad_message"
    )
    assert stored() == (1, 0)


@pytest.mark.parametrize("blinded", [bytes(256), b"\xff" * 256], ids=["zero", "above the key"])
def test_a_slip_that_cannot_be_stamped_does_not_use_the_link_up(ada, stored, blinded):
    answer = ada.post("credential", {"t": ada.code, "b": b64(blinded)})

    assert _refused(answer, 400, "bad_message")
    assert stored() == (0, 0)


def test_another_method_or_address_is_refused(ada):
    assert ada.post("nothing", {}).status_code in (404, 405)
    assert ada.client.put(f"/a/{ada.opened.id}/group", json={}).status_code == 405
    assert ada.client.post("/a/Not%00An%20Id/group", json={}).status_code in (404, 405)
