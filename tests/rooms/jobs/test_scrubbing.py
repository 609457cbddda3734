"""Deleted rows leave the disk, or it is said that they did not yet."""

import sqlite3

import psycopg
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from teamhealth.jobs.scrubbing import scrub
from teamhealth.mail.models import Letter
from tests.conftest import NOON, POSTGRES

SECRET = "nobody-else-is-called-like-this@example.org"


def _write_and_delete(database):
    with database.write() as db:
        db.add(
            Letter(
                survey_id=None,
                kind="invitation",
                address=SECRET,
                language="en",
                facts={},
                not_before=NOON,
            )
        )
        db.commit()
    with database.write() as db:
        db.execute(delete(Letter))
        db.commit()


def test_what_was_deleted_is_in_no_byte_of_the_database(database, tmp_path):
    _write_and_delete(database)

    assert scrub(database)

    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert SECRET.encode() not in file.read_bytes(), file
    if not database.is_sqlite:
        with database.engine.connect() as db:
            assert db.exec_driver_sql("SELECT pg_relation_size('letter')").scalar() == 0


def test_a_reader_who_might_still_see_deleted_rows_is_waited_for(database):
    engine = database.engine
    if not database.is_sqlite:  # where a statement sees one moment, a transaction does so here
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine) as reader:
        reader.scalars(select(Letter)).all()
        _write_and_delete(database)
        done = scrub(database, patience=300)

    assert not done
    assert scrub(database)


def test_a_write_in_another_database_of_the_server_is_waited_for(database):
    if database.is_sqlite:
        return  # there is no other
    with psycopg.connect(POSTGRES) as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        _write_and_delete(database)
        done = scrub(database, patience=300)

    assert not done
    assert scrub(database)
    with database.engine.connect() as db:
        assert db.exec_driver_sql("SELECT pg_relation_size('letter')").scalar() == 0


def test_a_writer_in_the_way_is_told_and_not_broken(database):
    _write_and_delete(database)

    with database.write() as busy:
        busy.execute(delete(Letter))
        done = scrub(database, patience=300)
        busy.commit()

    assert not done
    assert scrub(database)


def test_connections_work_as_before_afterwards(database):
    assert scrub(database)

    _write_and_delete(database)
    if database.is_sqlite:
        with database.engine.connect() as db:
            assert db.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
            assert db.connection.driver_connection.isolation_level is None
    else:
        with database.engine.connect() as db:
            assert db.exec_driver_sql("SHOW lock_timeout").scalar() == "0"


def test_the_file_shrinks_to_what_is_kept(database):
    if not database.is_sqlite:
        return  # its files are the server's
    path = database.engine.url.database
    before = _size(path)
    with database.write() as db:
        for number in range(200):
            db.add(
                Letter(
                    survey_id=None,
                    kind="invitation",
                    address=f"{number}{'x' * 300}",
                    language="en",
                    facts={"words": "y" * 5000},
                    not_before=NOON,
                )
            )
        db.commit()
        db.execute(delete(Letter))
        db.commit()

    scrub(database)

    assert _size(path) <= before


def _size(path):
    with sqlite3.connect(path) as db:
        return db.execute("PRAGMA page_count").fetchone()[0]
