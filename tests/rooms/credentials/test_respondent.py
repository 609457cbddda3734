"""The browser's half in Python: a whole answer, and everything it refuses."""

import hashlib
import json

import pytest

from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blindsign import verify
from teamhealth.credentials.codes import b64, from_code, unb64
from teamhealth.credentials.envelopes import ENVELOPE_SIZE, unseal
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.receipts import derive
from teamhealth.credentials.respondent import Owner, Respondent, group_message
from tests.rooms.credentials.makers import CODE, a_leaf, a_survey, an_issuer


def _opened(survey, group, nonce_hash, envelope):
    sealed_for = label(nonce_hash, "q3-2026", group)
    return json.loads(unseal(unb64(envelope, ENVELOPE_SIZE), survey.box, sealed_for))


def test_a_whole_answer_arrives_signed_and_sealed():
    survey = a_survey()
    person = Respondent(survey.manifest, survey.told("lab"), CODE)

    sent = person.prepare({"safe": 4}, {"comment": "Mehr Pausen"})
    message = sent.response(survey.stamp("lab", sent.credential))

    nonce = unb64(message["n"], 32)
    public = survey.issuers["lab"].public_key()
    assert verify(public, slip(nonce, "q3-2026", "lab"), unb64(message["s"], 256))
    letter = _opened(survey, "lab", hashlib.sha256(nonce).digest(), message["x"])
    secrets = derive(from_code(sent.receipt), "q3-2026")
    assert letter == {
        "v": 1,
        "a": {"safe": 4},
        "c": {"comment": "Mehr Pausen"},
        "r": b64(secrets.reply_hash),
    }
    assert message["e"] == b64(secrets.edit_hash)
    assert group_message(CODE) == {"t": CODE}
    assert sent.credential["t"] == CODE
    assert set(message) == {"g", "n", "s", "x", "e"}


def test_nothing_of_the_identified_message_is_in_the_anonymous_one():
    survey = a_survey()
    sent = Respondent(survey.manifest, survey.told("ops"), CODE).prepare({"safe": 4})
    stamped = survey.stamp("ops", sent.credential)

    message = sent.response(stamped)

    told = {CODE, sent.credential["b"], stamped["s"]}
    assert not told & set(message.values())


def test_a_key_that_is_not_the_published_one_gets_no_answer():
    survey = a_survey()
    sent = Respondent(survey.manifest, survey.told("ops"), CODE).prepare({"safe": 4})

    with pytest.raises(ValueError, match="published key"):
        sent.response({"s": b64(bytes(255) + b"\2")})


def test_a_group_that_is_not_in_the_manifest_is_refused():
    survey = a_survey()
    alone = {"leaf": a_leaf("alone", an_issuer(), size=1).decode(), "path": []}
    resized = survey.told("ops") | {
        "leaf": survey.leaves["ops"].replace('"size":7', '"size":8')
    }

    for told in (alone, resized, survey.told("ops") | {"path": survey.paths["lab"]}):
        with pytest.raises(ValueError, match="not part of the published survey"):
            Respondent(survey.manifest, told, CODE)


def test_another_survey_than_the_one_announced_is_refused():
    survey, other = a_survey(), a_survey()
    announced = fingerprint(other.manifest)

    with pytest.raises(ValueError, match="announced"):
        Respondent(survey.manifest, survey.told("ops"), CODE, fingerprint=announced)
    Respondent(other.manifest, other.told("ops"), CODE, fingerprint=announced.lower())


def test_an_empty_answer_is_never_sent():
    survey = a_survey()

    with pytest.raises(ValueError, match="empty"):
        Respondent(survey.manifest, survey.told("ops"), CODE).prepare({}, {})


def test_the_receipt_alone_replaces_and_withdraws():
    survey = a_survey()
    sent = Respondent(survey.manifest, survey.told("hr"), CODE).prepare({"safe": 1})
    message = sent.response(survey.stamp("hr", sent.credential))
    owner = Owner(survey.manifest, sent.receipt.lower())

    changed = owner.replace({"g": "hr", "stored": True}, {"safe": 5})

    proof = unb64(changed["edit"], 32)
    assert b64(hashlib.sha256(proof).digest()) == message["e"]
    letter = _opened(survey, "hr", owner.secrets.nonce_hash, changed["x"])
    assert letter["a"] == {"safe": 5}
    assert owner.look() == {"edit": changed["edit"]}
    assert owner.withdraw() == {"edit": changed["edit"], "withdraw": True}
    with pytest.raises(ValueError, match="not a receipt"):
        Owner(survey.manifest, "hello")


def test_receipts_come_from_the_randomness_given():
    survey = a_survey()
    person = Respondent(
        survey.manifest, survey.told("hr"), CODE, random=lambda size: b"7" * size
    )

    first, second = person.prepare({"a": 1}), person.prepare({"a": 1})

    assert first.receipt == second.receipt
    assert first.credential["b"] != second.credential["b"]  # blinding is fresh all the same
