"""What the real server process refuses at the anonymous door: status, words, nothing stored, nothing logged."""

import json

import httpx
import pytest
from sqlalchemy import func, select

from teamhealth.db import open_database
from teamhealth.invitations.models import Invitation
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import SealedResponse
from tests.makers import open_survey
from tests.people import Person
from tests.serving import environment_of, served

LARGE = 17_000


@pytest.fixture
def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'home' / 'teamhealth.sqlite3'}")
    metadata.create_all(opened.engine)
    yield opened
    opened.close()


class _Wire:
    """A client of the server's own address that speaks as the test clients do."""

    def __init__(self, client):
        self.client = client

    def get(self, path):
        answer = self.client.get(path)
        answer.data = answer.content
        return answer

    def post(self, path, **message):
        answer = self.client.post(path, **message)
        return _Answer(answer.status_code, json.loads(answer.text or "null"))


class _Answer:
    def __init__(self, status_code, said):
        self.status_code, self.json = status_code, said


def _wrong_messages(ada, bob):
    """Give each wrong message with what must be answered."""
    whole = bob.prepared.response(bob.signed)
    body = json.dumps(ada.prepared.credential)
    yield (
        ada.post("credential", {**ada.prepared.credential, "x": "x" * LARGE}),
        413,
        "too_large",
    )
    yield _in_pieces(ada, LARGE), 400, "bad_message"
    yield _as(ada, body, {"Content-Type": "text/plain"}), 415, "wrong_type"
    yield _as(ada, body, {}), 415, "wrong_type"
    yield _as(ada, body, {"Cookie": "a=1"}), 400, "bad_message"
    yield _as(ada, body, {"Authorization": "Basic eDp5"}), 400, "bad_message"
    yield ada.post("credential", {"t": "7QFM2X9PT4RS0ABC", "b": whole["s"]}), 404, "unknown"
    yield bob.post("credential", {**bob.prepared.credential, "b": whole["s"]}), 409, "used"
    yield bob.hand_in(s=whole["s"][:-4] + "AAAA"), 403, "bad_credential"
    yield bob.hand_in(g="nowhere"), 403, "bad_credential"


def _as(person, body, headers):
    kind = (
        {} if "Content-Type" in headers or not headers else {"Content-Type": "application/json"}
    )
    address = f"/a/{person.opened.id}/credential"
    return person.client.post(address, content=body, headers={**kind, **headers})


def _in_pieces(person, size):
    """Send a body whose length is not told beforehand."""
    pieces = iter([b'{"t":"', *[b"x" * 1000] * (size // 1000), b'"}'])
    return person.client.post(
        f"/a/{person.opened.id}/credential",
        content=pieces,
        headers={"Content-Type": "application/json"},
    )


def test_wrong_messages_are_answered_in_words_and_leave_no_trace(database, tmp_path):
    opened = open_survey(database, tmp_path / "home")
    log = tmp_path / "server.log"
    with (
        served(environment_of(opened.settings), log) as (address, _),
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        ada, bob = (
            Person(_Wire(client), opened, opened.codes["north"][number]) for number in (0, 1)
        )
        ada.seal()
        bob.seal()
        assert bob.stamp().status_code == 200
        before = _stored(database)
        for at, (answer, status, kind) in enumerate(_wrong_messages(ada, bob)):
            assert (answer.status_code, answer.json["error"]) == (status, kind), at
            assert len(answer.json["message"]) > 20, at

        assert _stored(database) == before == (1, 0)
    words = log.read_text()
    for secret in (ada.code, bob.code, opened.id, "127.0.0.1 -", "eDp5", "credential"):
        assert secret not in words, secret


def _stored(database):
    with database.read() as db:
        return (
            db.scalar(select(func.count(Invitation.blinded_hash))),
            db.scalar(select(func.count(SealedResponse.nonce_hash))),
        )
