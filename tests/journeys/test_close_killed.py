"""The worker is killed at every step of the close, one after the other: the end is the same."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth import __version__
from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.conversations.models import Comment
from teamhealth.credentials.codes import b64, from_code
from teamhealth.credentials.receipts import derive
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.charters import charter_of
from teamhealth.jobs.closing import close
from teamhealth.jobs.sweeping import sweep
from teamhealth.keys import box, destroying
from teamhealth.responses.boxes import boxes
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.results.count import count
from teamhealth.snapshots.models import StoredSnapshot
from tests.conftest import NOON
from tests.dying import kill_at
from tests.firms import answer_all, found, launch, survey_of

STEPS = (
    "closing",
    "counting",
    "counted",
    "storing",
    "stored",
    "checked",
    "destroyed",
    "scrubbed",
)
BEFORE_THE_COMMIT = STEPS[: STEPS.index("stored")]


@pytest.fixture
def settings(database, tmp_path):
    return found(database, tmp_path / "home")


def _rows(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def _expected(database, settings, name):
    """Count the box as it lies there, without storing anything."""
    with database.read() as db:
        survey = db.get(Survey, name)
        charter = charter_of(db, survey, version=__version__)
        key = box.load(settings.keys, name)
        result = count(boxes(db, name), key, charter, shuffle=lambda _written: None)
    return digest(canonical(to_plain(result.snapshot)))


def test_killed_at_every_step_it_ends_as_if_nothing_had_happened(database, settings, at):
    at(NOON)
    name = launch(database, settings)
    sent = answer_all(database, settings, name)
    moment = NOON
    expected = None
    for step in STEPS:
        kill_at("close", database, settings, name, step=step, moment=moment)
        moment += timedelta(minutes=10)  # the dead worker's lease has run out
        if step in BEFORE_THE_COMMIT:
            assert survey_of(database, name).state is State.CLOSING
            assert _rows(database, SealedResponse) == len(sent)
            assert _rows(database, StoredSnapshot) == 0
            expected = expected or _expected(database, settings, name)
        else:
            assert survey_of(database, name).state is State.COUNTED
            assert _rows(database, SealedResponse) == _rows(database, Invitation) == 0
    at(moment)
    sweep(database, settings)

    with database.read() as db:
        assert db.get(StoredSnapshot, name).digest == expected
        told = json.loads(db.get(CountedList, name).body)
        assert not lookup.survey(db, name).needs_scrubbing
    for one in sent:
        assert b64(derive(from_code(one.receipt), name).nonce_hash) in told["counted"]
    assert _rows(database, Comment) == len(sent)
    assert destroying.surveys(settings.keys) == frozenset()


@pytest.mark.parametrize("step", ["stored", "destroyed"])
def test_whoever_comes_after_the_commit_finishes_without_waiting_to_count(
    database, settings, at, step
):
    at(NOON)
    name = launch(database, settings)
    answer_all(database, settings, name)
    kill_at("close", database, settings, name, step=step, moment=NOON)
    kept = [row.digest for row in _all(database, StoredSnapshot)]

    at(NOON + timedelta(minutes=10))
    state = close(database, settings, name)

    assert state is State.COUNTED
    assert [row.digest for row in _all(database, StoredSnapshot)] == kept
    assert not survey_of(database, name).needs_scrubbing
    assert destroying.surveys(settings.keys) == frozenset()


def _all(database, kind):
    with database.read() as db:
        return db.scalars(select(kind)).all()
