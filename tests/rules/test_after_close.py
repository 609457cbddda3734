"""After the close nothing is left, in any byte, of what answers were made of (laws 1 and 2)."""

import sqlite3
from datetime import timedelta

import pytest

from teamhealth.campaigns import deciding
from teamhealth.campaigns.models import State
from teamhealth.credentials.envelopes import letter
from teamhealth.jobs.closing import close
from teamhealth.jobs.sweeping import sweep
from tests.conftest import NOON
from tests.firms import answer_all, codes, found, launch, survey_of
from tests.leftovers import found_in, known_to_people, stored

WORDS = b"Words 1."


@pytest.fixture
def settings(database, tmp_path, monkeypatch, at):
    at(NOON)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    return found(database, tmp_path / "home")


@pytest.fixture
def survey(database, settings):
    """Give an open survey that everybody has answered, and what only people know of it."""
    name = launch(database, settings)
    links = [code for group in codes(database, settings, name).values() for code in group]
    sent = answer_all(database, settings, name)
    return name, known_to_people(name, links, [one.receipt for one in sent])


@pytest.fixture
def name(survey):
    return survey[0]


@pytest.fixture
def unstored(survey):
    return survey[1]


def test_these_pieces_are_found_while_the_survey_is_open(database, settings, name, tmp_path):
    assert name
    secrets = stored(database, settings)

    found = {what for what, _ in found_in(tmp_path, secrets)}

    expected = set(secrets) if database.is_sqlite else {s for s in secrets if "key" in s}
    assert found == expected


def test_tokens_receipts_and_answers_in_clear_are_in_no_file_even_then(tmp_path, unstored):
    assert len(unstored) > 100
    assert found_in(tmp_path, unstored) == set()


def test_an_answer_in_clear_would_be_found(tmp_path):
    (tmp_path / "letter").write_bytes(letter({"psych_safety_1": 4}, {}, bytes(32)))

    assert found_in(tmp_path, {}) == {("an answer in clear", "letter")}


def test_no_byte_of_them_is_left_after_the_close(database, settings, survey, tmp_path):
    name, unstored = survey
    secrets = stored(database, settings) | unstored

    assert close(database, settings, name) is State.COUNTED

    assert found_in(tmp_path, secrets) == set()
    assert not survey_of(database, name).needs_scrubbing


def test_no_byte_of_them_is_left_after_a_cancelled_survey(database, settings, survey, tmp_path):
    name, unstored = survey
    secrets = stored(database, settings) | unstored
    with database.write() as db:
        deciding.cancel(db, name, reason="", now=NOON)
        db.commit()

    sweep(database, settings)

    assert found_in(tmp_path, secrets) == set()


def test_postgresql_gives_the_pages_of_deleted_rows_back(database, settings, name):
    close(database, settings, name)
    if database.is_sqlite:
        return  # the files themselves were read above

    with database.engine.connect() as db:
        for table in ("sealed_response", "invitation", "spare_seat", "pinned_file"):
            pages = db.exec_driver_sql(f"SELECT pg_relation_size('{table}')").scalar()
            assert pages == 0, table


def test_a_reader_in_the_way_delays_the_scrubbing_and_no_more(
    database, settings, name, tmp_path, at
):
    if not database.is_sqlite:
        return  # a checkpoint waits for readers on SQLite only
    secrets = stored(database, settings)
    reader = sqlite3.connect(database.engine.url.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM survey").fetchall()

    state = close(database, settings, name)
    waiting = survey_of(database, name).needs_scrubbing
    keys_left = {what for what, _ in found_in(settings.keys, secrets)}
    reader.close()
    at(NOON + timedelta(minutes=1))
    sweep(database, settings)

    assert (state, waiting, keys_left) == (State.COUNTED, True, set())
    assert not survey_of(database, name).needs_scrubbing
    assert found_in(tmp_path, secrets) == set()


def test_the_words_of_a_comment_are_in_no_file_while_the_survey_is_open(
    database, settings, name, tmp_path
):
    del database, settings, name
    assert found_in(tmp_path, {"comment": WORDS}) == set()
