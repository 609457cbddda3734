"""One guard of the gate is switched off in a real close: nothing is stored, and HR and the operator are told."""

import json
import logging
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from teamhealth.accounts.models import Account
from teamhealth.campaigns.models import State
from teamhealth.conversations.models import Comment
from teamhealth.disclosure import blocks, planning
from teamhealth.errors import AuditFailedError
from teamhealth.jobs.closing import close
from teamhealth.jobs.sweeping import sweep
from teamhealth.keys import destroying
from teamhealth.mail.models import Letter
from teamhealth.responses.models import CountedList, SealedResponse
from teamhealth.snapshots.models import StoredSnapshot
from tests.conftest import NOON
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.firms import answer_all, found, launch, survey_of
from tests.reading import said
from tests.trustees import Laptop, answered_and_closed

BOTH = [HR, "second@acme.example"]


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    """Give a firm with two of HR and a leader."""
    settings = found(database, tmp_path / "home")
    make_accounts(database, "leader@acme.example", hr=BOTH)
    return settings


def _speaks(database, email, language):
    with database.write() as db:
        db.scalars(select(Account).where(Account.email == email)).one().language = language
        db.commit()


@pytest.fixture
def guard_off(monkeypatch):
    """Have the root cover everybody, also the one person whom its rule leaves out."""

    def all_of_them(tree, own, shown, least):
        settled = blocks.settle(tree, own, shown, least)
        rest = settled.left_out[0] * shown[0]
        for table in (settled.block, settled.released):
            table[0] += rest
        return settled

    def switch(*, off=True):
        monkeypatch.setattr(planning, "settle", all_of_them if off else blocks.settle)

    switch()
    return switch


def _rows(database, kind):
    with database.read() as db:
        return db.scalars(select(kind)).all()


def _told(settings):
    """Give the letters in the outbox about it: to whom, and the text."""
    letters = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in (settings.home / "outbox").glob("*.eml")
    ]
    return {
        letter["To"].addresses[0].addr_spec: letter.get_body(("plain",)).get_content()
        for letter in letters
        if letter["Subject"] == "Not counted: Spring"
    }


def test_hr_gets_one_letter_and_the_operator_a_line_when_the_audit_objects(
    database, settings, guard_off, caplog
):
    _speaks(database, HR, "ar")
    name = launch(database, settings)
    answer_all(database, settings, name)
    caplog.set_level(logging.INFO, "teamhealth")

    with pytest.raises(AuditFailedError, match="Nothing was stored"):
        close(database, settings, name, version="0.0.1")

    lines = [(r.levelno, json.loads(r.getMessage())) for r in caplog.records]
    assert (logging.ERROR, {"event": "audit_failed", "survey": name}) in lines
    for kind in (StoredSnapshot, Comment, CountedList):
        assert _rows(database, kind) == []
    assert len(_rows(database, SealedResponse)) == 19
    assert name in destroying.surveys(settings.keys)
    letters = [one for one in _rows(database, Letter) if one.kind == "uncounted"]
    assert {one.address: one.language for one in letters} == {BOTH[0]: "ar", BOTH[1]: "en"}

    close(database, settings, name, version="0.0.1")
    assert [one.kind for one in _rows(database, Letter)].count("uncounted") == 2
    guard_off(off=False)
    assert close(database, settings, name, version="0.0.2") is State.COUNTED


def test_the_letter_goes_out_in_the_sweep_that_found_it_and_never_again(
    database, settings, guard_off, at
):
    assert guard_off
    name = launch(database, settings)
    answer_all(database, settings, name)
    at(NOON + timedelta(days=14))

    first = sweep(database, settings)
    told = _told(settings)
    again = sweep(database, settings)

    assert ("close", name, "AuditFailedError") in first.problems
    assert set(told) == set(BOTH)
    for text in told.values():
        assert "could not be counted" in text
        assert "Nothing was stored" in text
        assert "30 March 2026" in " ".join(text.split())
        assert name not in text
    assert (again.sent, again.problems) == (0, [])


def test_hr_sees_at_the_desk_what_has_happened(database, settings, guard_off):
    assert guard_off
    name = launch(database, settings)
    answer_all(database, settings, name)
    with pytest.raises(AuditFailedError):
        close(database, settings, name)
    app = desk_of(database, settings.home)
    client = signed_in_client(database, settings.home, app=app)

    words = said(client.get(f"/desk/surveys/{name}").text)

    assert "The count has to wait" in words
    assert survey_of(database, name).trouble in words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_trustees_program_says_so_writes_nothing_and_keeps_the_key(
    database, settings, guard_off, tmp_path
):
    guard_off(off=False)  # the rehearsal is in order
    laptop = Laptop(tmp_path / "laptop")
    _, box = answered_and_closed(database, settings, laptop)
    guard_off()

    with pytest.raises(AuditFailedError, match="The key and the file are kept") as objection:
        laptop.count(box)

    assert "independent audit" in str(objection.value)
    assert not (laptop.folder / "result").exists()
    guard_off(off=False)
    assert laptop.count(box)
