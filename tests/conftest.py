"""The furniture of every test: a real database of each kind, a real browser, a stopped clock."""

import os
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from teamhealth import clock
from teamhealth.credentials import blindsign
from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from tests.browser.chromium import started
from tests.key_ring import KeyRing
from tests.tables import with_tables

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


MEMORY = "/dev/shm"  # noqa: S108  (pytest makes its own folder in it, for this user alone)
ROOM = 2 * 1024**3


def pytest_configure():
    """Put the files of tests into memory where there is room: a commit of SQLite waits for a disk."""
    if Path(MEMORY).is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)


def pytest_addoption(parser):
    """Let ``make attack`` ask for many rounds where ``make test`` runs a few."""
    parser.addoption("--attack", action="store_true", help="many rounds of the attacks")


def pytest_collection_modifyitems(items):
    """Begin with the slow ones, so that no process waits for another's in the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def postgres_answers():
    """Tell whether journeys can run on PostgreSQL here."""
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session")
def postgres():
    """Skip what needs PostgreSQL where none answers; in CI that is a failure."""
    if postgres_answers():
        return
    if os.environ.get("CI"):
        pytest.fail("no PostgreSQL answers, and in CI every journey must run on it")
    pytest.skip("no PostgreSQL answers here: this journey ran on SQLite only")


@pytest.fixture(scope="session")
def postgres_url(postgres):
    """Make a database with our tables, which the tests of this process empty and use in turn."""
    del postgres
    name = f"th_{uuid.uuid4().hex[:16]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    url = POSTGRES.rsplit("/", 1)[0] + "/" + name
    database = open_database(url)
    metadata.create_all(database.engine)
    database.close()
    yield url
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """Give the URL of an empty database with our tables, once for each kind."""
    if request.param == "sqlite":
        file = tmp_path / "home" / "teamhealth.sqlite3"
        with_tables(file).close()
        yield f"sqlite:///{file}"
        return
    if request.node.get_closest_marker("long") and not request.config.getoption("--attack"):
        pytest.skip("on PostgreSQL with `make attack`")
    broom = request.getfixturevalue("postgres_broom")
    yield request.getfixturevalue("postgres_url")
    _empty(broom)


@pytest.fixture(scope="session")
def postgres_broom(postgres_url):
    """Give a connection to that database that does not wait for the disk."""
    with psycopg.connect(
        postgres_url, autocommit=True, options="-c synchronous_commit=off"
    ) as connection:
        yield connection


def _empty(db):
    """Delete all rows, which takes a fortieth of the time that a new database takes.

    A table that is not one of ours (Alembic's, where a test upgraded) goes altogether.
    """
    db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    present = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    strange = {name for (name,) in present} - set(metadata.tables)
    ours = [table.name for table in reversed(metadata.sorted_tables)]
    drop = [sql.SQL("DROP TABLE {}").format(sql.Identifier(name)) for name in strange]
    delete = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in ours]
    db.execute(sql.SQL("; ").join(drop + delete))


@pytest.fixture
def database(database_url):
    """Open that database."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session", autouse=True)
def signing_keys(request):
    """Use signing keys in turn, but where attacks are made."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.config.getoption("--attack"):
            patch.setattr(blindsign, "generate", KeyRing(blindsign.generate))
        yield


@pytest.fixture(scope="session")
def chromium():
    """Give a real browser; there can be one a process."""
    with started() as browser:
        yield browser


@pytest.fixture
def at(monkeypatch):
    """Stop the clock at noon; ``at(moment)`` moves it."""

    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOON)
    return move
