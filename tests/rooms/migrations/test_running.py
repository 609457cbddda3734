"""The migrations make exactly the tables that the code knows, on both databases."""

import re
import uuid

import psycopg
import pytest
from alembic import command
from sqlalchemy import inspect

from teamhealth.db import open_database
from teamhealth.migrations import running
from teamhealth.migrations.tables import metadata
from tests.conftest import POSTGRES


@pytest.fixture
def empty(database, tmp_path):
    """Open a database of the same kind without any table."""
    if database.is_sqlite:
        opened = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        yield opened
        opened.close()
        return
    name = f"th_{uuid.uuid4().hex[:16]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    opened = open_database(POSTGRES.rsplit("/", 1)[0] + "/" + name)
    yield opened
    opened.close()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_upgrade_leaves_nothing_to_migrate(empty):
    running.upgrade(empty)

    with empty.engine.connect() as connection:
        command.check(running.config(connection))
    assert set(inspect(empty.engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_a_database_is_current_once_it_is_upgraded_and_again_means_nothing(empty):
    before = running.is_current(empty)
    running.upgrade(empty)
    running.upgrade(empty)

    assert not before
    assert running.is_current(empty)


def test_migrated_tables_are_the_very_tables_of_the_code(empty, database):
    running.upgrade(empty)

    assert _described(empty) == _described(database)


def _described(database):
    """Give what a table promises: SQLite's own text says it all, WITHOUT ROWID included."""
    looker = inspect(database.engine)
    tables = sorted(metadata.tables)
    if database.is_sqlite:
        with database.engine.connect() as db:
            rows = db.exec_driver_sql("SELECT name, sql FROM sqlite_master").all()
        return {
            row.name: sorted(re.findall(r"\w+", row.sql)) for row in rows if row.name in tables
        }
    return {
        name: (
            sorted(
                str((c["name"], c["type"], c["nullable"])) for c in looker.get_columns(name)
            ),
            sorted(str(c["sqltext"]) for c in looker.get_check_constraints(name)),
            sorted(str(c) for c in looker.get_unique_constraints(name)),
            sorted(str(i) for i in looker.get_indexes(name)),
            sorted(
                str((f["name"], f["constrained_columns"], f["options"]))
                for f in looker.get_foreign_keys(name)
            ),
        )
        for name in tables
    }


def test_anonymous_tables_have_no_numbered_rows(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    running.upgrade(database)

    with database.engine.connect() as db:
        told = db.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        ).all()
    database.close()

    assert {row.name for row in told if "WITHOUT ROWID" in row.sql} == {
        "comment",
        "invitation",
        "sealed_response",
        "spare_seat",
    }
