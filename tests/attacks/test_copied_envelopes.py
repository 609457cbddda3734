"""Somebody who can write to the database copies an envelope, to see its answer stand out n times.

Each copy is void: an envelope opens under its own slip only. What is putting back is
counted, once (docs/anonymity.md says so).
"""

import hashlib
import json
import secrets
from collections import Counter

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.conversations.models import Comment
from teamhealth.credentials.respondent import Owner
from teamhealth.jobs.closing import close
from teamhealth.responses.models import SealedResponse
from teamhealth.snapshots import storing
from teamhealth.web.respond.app import create_app
from tests.firms import codes, found, hand_in, launch

FIRM = {"Acme": 0, "Acme/North": 13, "Acme/South": 12}
NORTH, SOUTH = "acme-north", "acme-south"
MARKS = {"psych_safety_1": 4}


@pytest.fixture
def settings(database, tmp_path, at):
    assert at
    return found(database, tmp_path / "home", FIRM)


@pytest.fixture
def name(database, settings):
    return launch(database, settings)


@pytest.fixture
def client(database, settings):
    return create_app(database, settings).test_client()


@pytest.fixture
def receipts(database, settings, name, client):
    """Have everybody answer, each with words of their own; give the receipts by group."""
    return {
        group: [
            hand_in(client, name, code, MARKS, {"comment": f"{group} {n}."}).receipt
            for n, code in enumerate(some)
        ]
        for group, some in codes(database, settings, name).items()
    }


def _rows(db, group):
    return db.scalars(select(SealedResponse).where(SealedResponse.group_id == group)).all()


def _closed(database, settings, name):
    """Close; give the number of responses, of void ones, and how often each text was counted."""
    assert close(database, settings, name) is State.COUNTED
    with database.read() as db:
        snapshot = storing.load(db, name)
        said = Counter(db.scalars(select(Comment.body)))
    return snapshot.root.responses, snapshot.void, said


def test_copied_over_a_whole_group_it_is_counted_once_and_every_copy_is_void(
    database, settings, name, receipts
):
    assert receipts
    with database.write() as db:
        first, *others = _rows(db, NORTH)
        for row in others:
            row.envelope = first.envelope
        db.commit()

    responses, void, said = _closed(database, settings, name)

    # The one answer left in North has nobody to hide among: it is in no result.
    assert (responses, void) == (12, 12)
    assert set(said.values()) == {1}
    assert sum(text.startswith(NORTH) for text in said) <= 1


def test_under_new_nonces_or_in_another_group_it_is_void(database, settings, name, receipts):
    assert receipts
    with database.write() as db:
        copied, moved, *_ = _rows(db, NORTH)
        for _ in range(5):
            nonce = secrets.token_bytes(32)
            row = {"nonce": nonce, "nonce_hash": hashlib.sha256(nonce).digest()}
            row |= {"survey_id": name, "group_id": NORTH, "signature": copied.signature}
            row |= {"envelope": copied.envelope, "edit_hash": secrets.token_bytes(32)}
            db.add(SealedResponse(**row))
        moved.group_id = SOUTH
        db.commit()

    responses, void, said = _closed(database, settings, name)

    assert (responses, void) == (24, 6)
    assert set(said.values()) == {1}
    assert sum(text.startswith(NORTH) for text in said) == 12


def test_an_older_one_that_is_put_back_is_counted_once(
    database, settings, name, client, receipts
):
    with database.read() as db:
        older = {row.nonce_hash: row.envelope for row in _rows(db, SOUTH)}
    manifest = client.get(f"/a/{name}/manifest.json").data
    for n, receipt in enumerate(receipts[SOUTH]):
        owner = Owner(manifest, receipt)
        kept = client.post(f"/a/{name}/response/edit", json=owner.look()).json
        again = owner.replace(kept, MARKS, {"comment": f"changed {n}."})
        assert client.post(f"/a/{name}/response/edit", json=again).status_code == 200
    with database.write() as db:
        row = _rows(db, SOUTH)[0]
        row.envelope = older[row.nonce_hash]
        db.commit()

    responses, void, said = _closed(database, settings, name)

    assert (responses, void) == (25, 0)
    assert set(said.values()) == {1}
    assert sum(text.startswith("changed") for text in said) == len(receipts[SOUTH]) - 1
    assert json.loads(manifest)["headcount"] == sum(said.values())
