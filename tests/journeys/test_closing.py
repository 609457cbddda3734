"""The close: every acknowledged response is counted once, and nothing it was made of is left."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from teamhealth.campaigns import deciding
from teamhealth.campaigns.models import PinnedFile, State
from teamhealth.conversations.models import Comment
from teamhealth.credentials.codes import b64, from_code
from teamhealth.credentials.receipts import derive
from teamhealth.errors import AuditFailedError
from teamhealth.invitations.models import Invitation
from teamhealth.jobs import closing
from teamhealth.jobs.closing import close
from teamhealth.jobs.sweeping import sweep
from teamhealth.keys import destroying
from teamhealth.mail.models import Letter
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.snapshots import storing
from teamhealth.snapshots.models import StoredSnapshot
from teamhealth.web.respond.app import create_app
from tests.conftest import NOON
from tests.firms import answer_all, codes, found, hand_in, launch, seal, survey_of

MARKS = {"psych_safety_1": 4, "engagement": 5}


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    return found(database, tmp_path / "home")


@pytest.fixture
def name(database, settings):
    return launch(database, settings)


def _rows(database, kind):
    with database.read() as db:
        return db.scalars(select(kind)).all()


def _snapshot(database, name):
    with database.read() as db:
        return storing.load(db, name)


def _listed(database):
    (told,) = _rows(database, CountedList)
    return json.loads(told.body)["counted"]


def _nonce_hash(name, sent):
    return b64(derive(from_code(sent.receipt), name).nonce_hash)


def test_a_closed_survey_has_a_result_and_nothing_it_was_made_of(database, settings, name):
    sent = answer_all(database, settings, name)

    state = close(database, settings, name)

    survey = survey_of(database, name)
    assert (state, survey.state) == (State.COUNTED, State.COUNTED)
    assert (survey.needs_scrubbing, survey.lease_until) == (False, None)
    snapshot = _snapshot(database, name)
    assert snapshot.void == 0
    assert {g.id: g.responses for g in snapshot.groups} == {
        "acme": 18,  # the one person at the top is left out
        "acme-north": 6,
        "acme-south": 7,
        "acme-west": 5,
    }
    assert {_nonce_hash(name, one) for one in sent} <= set(_listed(database))
    for kind in (SealedResponse, Invitation, PinnedFile, Letter):
        assert _rows(database, kind) == []
    assert destroying.surveys(settings.keys) == frozenset()


def test_the_audit_list_is_as_long_as_the_published_numbers_say(database, settings, name):
    answer_all(database, settings, name)

    close(database, settings, name)

    listed = _listed(database)
    assert len(listed) == 18 + 5 - 1
    assert len(set(listed)) == len(listed)


def test_with_fewer_than_k_answers_nothing_is_shown_and_the_list_does_not_tell(
    database, settings, name
):
    client = create_app(database, settings).test_client()
    sent = [
        hand_in(client, name, group[0], MARKS)
        for group in codes(database, settings, name).values()
    ]

    close(database, settings, name)

    assert {group.responses for group in _snapshot(database, name).groups} == {None}
    assert len(_listed(database)) == 4
    assert {_nonce_hash(name, one) for one in sent} == set(_listed(database))
    assert _rows(database, Comment) == []


def test_the_result_is_kept_as_a_file_too(database, settings, name):
    answer_all(database, settings, name)
    close(database, settings, name)

    with database.read() as db:
        stored = db.get(StoredSnapshot, name).body
    assert (settings.home / "snapshots" / f"{name}.json").read_bytes() == stored


def test_comments_are_stored_where_they_are_listed(database, settings, name):
    answer_all(database, settings, name)
    close(database, settings, name)

    found = _rows(database, Comment)
    assert len(found) == 19
    assert {comment.group_id for comment in found} == {"acme"}


def test_a_survey_nobody_answered_closes_too(database, settings, name):
    assert close(database, settings, name) is State.COUNTED
    assert _snapshot(database, name).root.responses is None


def test_the_next_survey_is_compared_with_this_one(database, settings, name, at):
    answer_all(database, settings, name)
    close(database, settings, name)
    at(NOON + timedelta(days=20))

    second = launch(
        database,
        settings,
        at=NOON + timedelta(days=20),
        closes_at=NOON + timedelta(days=30),
    )
    answer_all(database, settings, second)
    close(database, settings, second)

    assert survey_of(database, second).previous_id == name
    assert _snapshot(database, second).survey.previous == name


def test_two_workers_at_once_count_once(database, settings, name):
    answer_all(database, settings, name)
    ready = threading.Barrier(2)

    def work():
        ready.wait()
        return close(database, settings, name)

    with ThreadPoolExecutor(2) as pool:
        states = [future.result() for future in [pool.submit(work), pool.submit(work)]]

    assert State.COUNTED in states
    assert set(states) <= {State.COUNTED, State.CLOSING}
    assert len(_rows(database, StoredSnapshot)) == 1
    assert len(_rows(database, Comment)) == 19
    assert survey_of(database, name).state is State.COUNTED


def test_an_answer_during_the_close_is_counted_or_refused_never_lost(database, settings, name):
    client = create_app(database, settings).test_client()
    waiting = []
    for group in codes(database, settings, name).values():
        for code in group:
            prepared = seal(client, name, code, MARKS)
            stamp = client.post(f"/a/{name}/credential", json=prepared.credential).json
            waiting.append((prepared, prepared.response(stamp)))
    app = create_app(database, settings)

    def send(one):
        prepared, body = one
        return prepared.receipt, app.test_client().post(
            f"/a/{name}/response", json=body
        ).status_code

    with ThreadPoolExecutor(4) as pool:
        first = [pool.submit(send, one) for one in waiting[:9]]
        closed = pool.submit(close, database, settings, name)
        last = [pool.submit(send, one) for one in waiting[9:]]
        outcomes = dict(future.result() for future in first + last)
        closed.result()

    assert set(outcomes.values()) <= {200, 410}
    listed = set(_listed(database))
    for receipt, status in outcomes.items():
        nonce_hash = b64(derive(from_code(receipt), name).nonce_hash)
        assert (nonce_hash in listed) == (status == 200)


def test_after_the_close_a_receipt_changes_nothing(database, settings, name):
    sent = answer_all(database, settings, name)
    close(database, settings, name)
    edit = b64(derive(from_code(sent[0].receipt), name).edit)
    client = create_app(database, settings).test_client()

    answer = client.post(f"/a/{name}/response/edit", json={"edit": edit, "withdraw": True})

    assert answer.status_code == 410


def test_an_objection_of_the_audit_stores_nothing_and_waits_for_another_version(
    database, settings, name, at
):
    answer_all(database, settings, name)

    with pytest.raises(AuditFailedError):
        close(database, settings, name, on_step=_object, version="0.0.1")
    again = close(database, settings, name, on_step=_object, version="0.0.1")

    survey = survey_of(database, name)
    assert (again, survey.state) == (State.CLOSING, State.CLOSING)
    assert "0.0.1" in survey.trouble
    assert _rows(database, StoredSnapshot) == []
    assert len(_rows(database, SealedResponse)) == 19
    at(NOON + timedelta(days=13))
    assert close(database, settings, name, version="0.0.2") is State.COUNTED
    assert survey_of(database, name).trouble == ""


def _object(step):
    """Stand in for an audit that finds a fault: none of our snapshots has one."""
    if step == "counting":
        raise AuditFailedError("Stand-in.")


def test_after_fourteen_days_of_objections_the_answers_die_unread_and_everybody_is_told(
    database, settings, name, at
):
    answer_all(database, settings, name)
    with pytest.raises(AuditFailedError):
        close(database, settings, name, on_step=_object)
    at(NOON + timedelta(days=14))

    assert close(database, settings, name) is State.CANCELLED

    _assert_cancelled(database, settings, name, closing.FAILED)


def _assert_cancelled(database, settings, name, reason):
    assert survey_of(database, name).state is State.CANCELLED
    assert not survey_of(database, name).needs_scrubbing
    for kind in (SealedResponse, Invitation, StoredSnapshot, PinnedFile):
        assert _rows(database, kind) == []
    assert destroying.surveys(settings.keys) == frozenset()
    assert {letter.kind for letter in _rows(database, Letter)} <= {"cancelled"}
    sweep(database, settings)
    told = _sent(settings, "Cancelled: Spring", "Abgesagt: Spring")
    assert len(told) == 19
    assert all(reason in text and name not in text for text in told)


def _sent(settings, *subjects):
    """Give the texts of the letters in the outbox that have one of these subjects."""
    letters = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in (settings.home / "outbox").glob("*.eml")
    ]
    chosen = [letter for letter in letters if letter["Subject"] in subjects]
    return [letter.get_body(("plain",)).get_content() for letter in chosen]


def test_a_survey_whose_box_key_is_lost_is_cancelled_and_everybody_is_told(
    database, settings, name
):
    answer_all(database, settings, name)
    (settings.keys / "box" / f"{name}.der").unlink()

    assert close(database, settings, name) is State.CANCELLED

    _assert_cancelled(database, settings, name, closing.LOST)


def test_a_machine_with_other_keys_cancels_nobodys_survey(database, settings, name, tmp_path):
    answer_all(database, settings, name)
    elsewhere = type(settings)(**{**vars(settings), "home": tmp_path / "elsewhere"})
    elsewhere.keys.mkdir(parents=True)
    if database.is_sqlite:
        return  # there is only one machine

    assert close(database, elsewhere, name) is State.CLOSING
    assert "not on this machine" in survey_of(database, name).trouble
    assert close(database, settings, name) is State.COUNTED


def test_cancelling_destroys_everything_unread_and_tells_everybody(database, settings, name):
    answer_all(database, settings, name)
    with database.write() as db:
        deciding.cancel(db, name, reason="We ask again in autumn.", now=NOON)
        db.commit()

    sweep(database, settings)

    _assert_cancelled(database, settings, name, "We ask again in autumn.")


def test_extending_tells_everybody_once_with_the_new_date(database, settings, name, at):
    later = NOON + timedelta(days=16)
    with database.write() as db:
        deciding.extend(db, name, later, now=NOON)
        db.commit()

    sweep(database, settings)
    sweep(database, settings)

    assert len(_sent(settings, "Open until 18 March 2026: Spring")) == 19
    at(NOON + timedelta(days=15))
    sweep(database, settings)
    assert survey_of(database, name).state is State.OPEN


def test_the_door_says_what_became_of_it(database, settings, name):
    client = create_app(database, settings).test_client()
    before = client.get(f"/a/{name}/audit.json").json
    answer_all(database, settings, name)
    close(database, settings, name)

    after = client.get(f"/a/{name}/audit.json").json
    assert before == {"headcount": 19}
    assert after["counted"] == _listed(database)


def test_a_long_count_gives_signs_of_life(database, settings, name, at):
    answer_all(database, settings, name)
    leases = {}

    def step(what):
        if what == "counting":
            at(NOON + timedelta(minutes=3))
        leases[what] = survey_of(database, name).lease_until

    assert close(database, settings, name, on_step=step) is State.COUNTED

    for what, minutes in (("counting", 5), ("counted", 8)):  # less a part of a second
        left = NOON + timedelta(minutes=minutes) - leases[what]
        assert timedelta() <= left < timedelta(seconds=1)
