"""Sealed responses come in once, can be replaced and withdrawn until the close, and not after."""

import dataclasses
import hashlib

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.errors import ConflictError, NotFoundError, NotOpenError
from teamhealth.responses.models import SealedResponse
from teamhealth.responses.taking import Handed, Kept, look, replace, take
from tests.makers import open_survey, set_state

EDIT = b"\5" * 32
HANDED = Handed("north", b"\1" * 32, b"\2" * 256, b"\3" * 4177, hashlib.sha256(EDIT).digest())
NEW = b"\7" * 4177


@pytest.fixture
def survey(database, tmp_path):
    return open_survey(database, tmp_path).id


def _take(database, survey, handed):
    with database.write() as db:
        take(db, survey, handed)
        db.commit()


def _replace(database, survey, edit, envelope):
    with database.write() as db:
        replace(db, survey, edit, envelope)
        db.commit()


def _envelopes(database):
    with database.read() as db:
        return db.scalars(select(SealedResponse.envelope)).all()


def test_the_same_bytes_again_are_stored_once(database, survey):
    _take(database, survey, HANDED)
    _take(database, survey, HANDED)

    assert _envelopes(database) == [HANDED.envelope]


@pytest.mark.parametrize(
    "change",
    [
        {"envelope": NEW},
        {"edit_hash": b"\6" * 32},
        {"group_id": "south"},
        {"nonce": b"\4" * 32},  # another response with an edit secret that is taken
    ],
    ids=str,
)
def test_anything_else_for_a_spent_credential_is_a_conflict(database, survey, change):
    _take(database, survey, HANDED)

    with pytest.raises(ConflictError, match="not stored"):
        _take(database, survey, dataclasses.replace(HANDED, **change))
    assert _envelopes(database) == [HANDED.envelope]


def test_the_owner_of_the_receipt_replaces_withdraws_and_answers_again(database, survey):
    _take(database, survey, HANDED)

    _replace(database, survey, EDIT, NEW)
    assert _envelopes(database) == [NEW]
    _replace(database, survey, EDIT, None)
    assert _envelopes(database) == [None]
    with database.read() as db:
        assert look(db, survey, EDIT) == Kept("north", stored=False)
    _replace(database, survey, EDIT, HANDED.envelope)
    with database.read() as db:
        assert look(db, survey, EDIT) == Kept("north", stored=True)


def test_a_late_copy_does_not_bring_a_withdrawn_response_back(database, survey):
    _take(database, survey, HANDED)
    _replace(database, survey, EDIT, None)

    with pytest.raises(ConflictError):
        _take(database, survey, HANDED)
    assert _envelopes(database) == [None]


def test_an_unknown_edit_secret_finds_nothing(database, survey):
    _take(database, survey, HANDED)

    with pytest.raises(NotFoundError), database.read() as db:
        look(db, survey, b"\0" * 32)
    with pytest.raises(NotFoundError):
        _replace(database, survey, b"\0" * 32, NEW)
    with pytest.raises(NotFoundError), database.read() as db:
        look(db, "summer", EDIT)


@pytest.mark.parametrize("state", [s for s in State if s is not State.OPEN])
def test_only_an_open_survey_takes_or_changes_responses(database, survey, state):
    _take(database, survey, HANDED)
    set_state(database, survey, state)

    with pytest.raises(NotOpenError):
        _take(database, survey, dataclasses.replace(HANDED, nonce=b"\4" * 32))
    with pytest.raises(NotOpenError):
        _replace(database, survey, EDIT, None)
    with pytest.raises(NotOpenError), database.read() as db:
        look(db, survey, EDIT)
    assert _envelopes(database) == [HANDED.envelope]
