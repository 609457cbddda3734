"""A survey with a trustee: from its keys to the published result, and everything that must be refused."""

import json
import zipfile
from datetime import timedelta
from email import message_from_bytes, policy
from secrets import token_bytes

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from sqlalchemy import func, select

from teamhealth.campaigns import deciding, entrusting
from teamhealth.campaigns.models import PinnedFile, State, TrusteeTray
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.conversations.models import Comment
from teamhealth.errors import RefusedError
from teamhealth.invitations.models import Invitation
from teamhealth.jobs import finishing, keeping
from teamhealth.jobs.accepting import accept
from teamhealth.jobs.closing import close
from teamhealth.jobs.launching import prepare
from teamhealth.jobs.sweeping import sweep
from teamhealth.mail.models import Letter
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.snapshots import storing
from tests.conftest import NOON
from tests.firms import answer_all, ask_for, found, survey_of
from tests.leftovers import found_in, stored
from tests.trustees import (
    ADDRESS,
    Laptop,
    answered_and_closed,
    counted_here,
    entrusted,
    tray,
)

SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    return found(database, tmp_path / "home")


@pytest.fixture
def laptop(tmp_path):
    return Laptop(tmp_path / "laptop")


def _number(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def _digest(database, name):
    with database.read() as db:
        return digest(storing.body(db, name))


def _letters(database, kind):
    with database.read() as db:
        return db.scalars(select(Letter).where(Letter.kind == kind)).all()


def test_a_trustee_counts_what_the_server_cannot_open(database, settings, laptop):
    name, box = answered_and_closed(database, settings, laptop)
    survey = survey_of(database, name)
    assert survey.state is State.AWAITING_TRUSTEE
    assert (survey.needs_scrubbing, survey.lease_until) == (False, None)
    assert _number(database, Invitation) == _number(database, PinnedFile) == 0
    assert _number(database, SealedResponse) == 19
    here = counted_here(database, name, laptop.pair.box)

    accept(database, settings, name, laptop.count(box))

    assert survey_of(database, name).state is State.COUNTED
    assert _digest(database, name) == digest(canonical(to_plain(here.snapshot)))
    assert _number(database, SealedResponse) == _number(database, TrusteeTray) == 0
    assert _number(database, Comment) == len(here.comments) > 0
    assert not box.exists()
    with database.read() as db:
        told = json.loads(db.scalar(select(CountedList.body)))["counted"]
    assert len(told) == here.snapshot.root.responses + 4
    assert len(set(told)) == len(told)


@SQLITE_ONLY
def test_with_a_trustee_nothing_on_the_server_opens_an_envelope(database, settings, laptop):
    name = entrusted(database, settings, laptop)
    answer_all(database, settings, name)
    secret = laptop.pair.secret
    pieces = {"box key": secret[:32], "signing key": secret[32:]}

    while_open = [
        load_der_private_key(file.read_bytes(), password=None)
        for file in settings.keys.rglob("*.der")
    ]
    assert while_open
    assert all(isinstance(key, RSAPrivateKey) for key in while_open)  # they open nothing
    close(database, settings, name)

    assert not [file for file in settings.keys.rglob("*") if file.is_file()]
    assert found_in(settings.home, pieces) == set()
    assert stored(database, settings)  # the answers lie here, sealed


@SQLITE_ONLY
def test_a_key_counts_once(database, settings, laptop):
    name, box = answered_and_closed(database, settings, laptop)
    result = laptop.count(box)

    (laptop.folder / "result").unlink()
    with pytest.raises(RefusedError, match="a key counts once"):
        laptop.count(box)
    accept(database, settings, name, result)
    with pytest.raises(RefusedError, match="nothing passes between it and its trustee"):
        accept(database, settings, name, result)


@SQLITE_ONLY
def test_nobody_is_invited_before_the_trustee_has_proved_that_it_can_count(
    database, settings, laptop
):
    name = ask_for(database, settings, trustee=laptop.keygen())

    assert prepare(database, settings, name) is State.PREPARING
    assert sweep(database, settings).opened == []
    assert _number(database, Invitation) == _number(database, Letter) == 0
    with database.read() as db:
        made_up = entrusting.rehearsal(db, name)
    with (
        database.write() as db,
        pytest.raises(RefusedError, match="damaged, or it is no proof"),
    ):
        entrusting.prove(db, name, b"{}")
    with database.write() as db:
        entrusting.prove(db, name, laptop.rehearse(made_up))
        db.commit()
    assert sweep(database, settings).opened == [name]
    assert _number(database, Invitation) == 19


@SQLITE_ONLY
def test_a_proof_of_another_key_or_of_other_answers_is_refused(
    database, settings, laptop, tmp_path
):
    name = ask_for(database, settings, trustee=laptop.keygen())
    prepare(database, settings, name)
    with database.read() as db:
        made_up = entrusting.rehearsal(db, name)
    proof = laptop.rehearse(made_up)
    stranger = Laptop(tmp_path / "stranger")
    stranger.keygen()
    told = json.loads(proof)
    with pytest.raises(RefusedError, match="not made for this key"):
        stranger.rehearse(made_up)
    for wrong in ({**told, "survey": "autumn"}, {**told, "likeness": "0" * 64}):
        with (
            database.write() as db,
            pytest.raises(RefusedError, match="not signed with the key"),
        ):
            entrusting.prove(db, name, json.dumps(wrong).encode())
    with database.write() as db:
        db.get(TrusteeTray, name).expected = "0" * 64
        with pytest.raises(RefusedError, match="counted the made-up answers differently"):
            entrusting.prove(db, name, proof)


@SQLITE_ONLY
def test_a_key_belongs_to_one_survey(database, settings, laptop):
    who = laptop.keygen()
    name = ask_for(database, settings, trustee=who)
    with database.write() as db:
        deciding.cancel(db, name, now=NOON)
        db.commit()

    with pytest.raises(RefusedError, match="a key is used for one survey only"):
        ask_for(database, settings, trustee=who)


def test_after_the_deadline_everything_is_destroyed_unread_and_all_are_told(
    database, settings, laptop, at
):
    name, box = answered_and_closed(database, settings, laptop)
    result = laptop.count(box)
    late = NOON + entrusting.PATIENCE
    at(late - timedelta(minutes=1))
    sweep(database, settings)
    assert survey_of(database, name).state is State.AWAITING_TRUSTEE
    at(late)

    with pytest.raises(RefusedError, match="comes too late"):
        accept(database, settings, name, result)
    sweep(database, settings)
    sweep(database, settings)

    survey = survey_of(database, name)
    assert (survey.state, survey.needs_scrubbing) == (State.CANCELLED, False)
    assert "destroyed unread" in survey.trouble
    assert _number(database, SealedResponse) == _number(database, TrusteeTray) == 0
    assert not box.exists()
    sent = [file.read_text("utf-8") for file in (settings.home / "outbox").glob("*.eml")]
    told = [letter for letter in sent if "Cancelled: Spring" in letter or "Abgesagt" in letter]
    assert len(told) == 19 + 1  # everybody who was asked, and the trustee, once each


@SQLITE_ONLY
def test_cancelling_while_waiting_leaves_nothing(database, settings, laptop):
    name, box = answered_and_closed(database, settings, laptop)
    with database.write() as db:
        deciding.cancel(db, name, reason="Over.", now=NOON)
        db.commit()

    finishing.finish(database, settings, name)

    assert _number(database, SealedResponse) == _number(database, TrusteeTray) == 0
    assert not box.exists()
    box.write_bytes(b"left over, because another machine ended the survey")
    (over,) = _letters(database, "trustee_over")
    assert (over.address, over.facts["reason"]) == (ADDRESS, "Over.")
    assert {letter.facts["trustee"] for letter in _letters(database, "cancelled")} == {
        "Works council"
    }
    sweep(database, settings)
    assert not box.exists()


@SQLITE_ONLY
def test_the_trustee_is_written_to_before_the_close_at_the_close_and_before_the_end(
    database, settings, laptop, at
):
    name = entrusted(database, settings, laptop)

    def sent(moment):
        at(moment)
        sweep(database, settings)
        letters = (settings.home / "outbox").glob("*.eml")
        found = (message_from_bytes(one.read_bytes(), policy=policy.default) for one in letters)
        return sorted(one["Subject"] for one in found if ADDRESS in one["To"])

    closes = NOON + timedelta(days=14)
    assert sent(closes - timedelta(days=3, minutes=1)) == []
    assert sent(closes - timedelta(days=3)) == ["Your count is near: Spring"]
    ready = sent(closes)
    assert ready == ["Ready to be counted: Spring", "Your count is near: Spring"]
    assert sent(closes + timedelta(days=11, minutes=-1)) == ready
    last = sent(closes + timedelta(days=11))
    assert len(last) == 3
    assert last[0].startswith("Only until 30 March 2026")
    assert sent(closes + timedelta(days=12)) == last
    assert survey_of(database, name).state is State.AWAITING_TRUSTEE


def test_a_result_handed_in_at_the_desk_is_checked_by_the_sweep(database, settings, laptop):
    name, box = answered_and_closed(database, settings, laptop)
    with database.write() as db:
        entrusting.hand_in(db, name, token_bytes(100))
        db.commit()
    with database.write() as db, pytest.raises(RefusedError, match="being checked just now"):
        entrusting.hand_in(db, name, b"")
    assert sweep(database, settings).counted == []
    assert "damaged, or it is no result" in tray(database, name).refusal

    with database.write() as db:
        entrusting.hand_in(db, name, laptop.count(box))
        db.commit()
    assert sweep(database, settings).counted == [name]


@SQLITE_ONLY
def test_the_file_is_written_again_where_it_was_lost(database, settings, laptop):
    name, box = answered_and_closed(database, settings, laptop)
    length = box.stat().st_size
    box.unlink()

    sweep(database, settings)

    assert box.stat().st_size == length
    assert box.stat().st_mode & 0o077 == 0
    accept(database, settings, name, laptop.count(box))


@SQLITE_ONLY
def test_a_backup_while_waiting_holds_neither_answers_nor_how_many_there_are(
    database, settings, laptop, tmp_path
):
    name, _ = answered_and_closed(database, settings, laptop)
    assert sum(tray(database, name).issued.values()) == 19

    keeping.backup(database, settings, tmp_path / "backup.zip")

    with zipfile.ZipFile(tmp_path / "backup.zip") as pack:
        assert not {"tables/trustee_tray.jsonl", "tables/sealed_response.jsonl"} & set(
            pack.namelist()
        )
        assert b"issued" not in b"".join(map(pack.read, pack.namelist()))


@SQLITE_ONLY
def test_the_length_of_the_file_tells_nobody_how_many_answered(database, settings, tmp_path):
    lengths = set()
    for number, share in enumerate((0.5, 1)):
        laptop = Laptop(tmp_path / f"laptop{number}")
        name, box = answered_and_closed(database, settings, laptop, share=share)
        lengths.add(box.stat().st_size - len(name))
        with database.write() as db:
            deciding.cancel(db, name, now=NOON)
            db.commit()
        finishing.finish(database, settings, name)
    assert max(lengths) - min(lengths) <= 20  # the survey's name stands in it more than once
