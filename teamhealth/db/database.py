"""Opening the database: SQLite by default, PostgreSQL when one machine is not enough.

Durable on both (``synchronous=FULL`` / ``synchronous_commit=on``), because keys are
destroyed right after a commit. SQLite pages of 32 kB keep an envelope inside its
row's page: smaller pages would put envelopes into overflow pages in the order of
their arrival (tests/rules correlates arrival with file offset). The values of a
statement stand in no fault's text (``hide_parameters``).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from teamhealth.errors import SettingsError

PAGE_SIZE = 32_768


class Database:
    """One opened database; hands out sessions that read or write."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(writes=True)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session for reading; nothing of it is ever committed by us."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a session that holds the write lock from its first statement.

        The caller commits, once; what was not committed is rolled back.
        """
        with Session(self._writing) as session:
            yield session

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open the database at ``url`` without creating any table.

    Raises SettingsError if the URL is neither SQLite nor PostgreSQL.
    """
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": 30}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif backend == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            connect_args={"options": "-c synchronous_commit=on -c timezone=UTC"},
            pool_pre_ping=True,
            hide_parameters=True,
        )
    else:
        raise SettingsError(
            f"TEAMHEALTH_DATABASE_URL names {backend!r}; expected sqlite:///… or postgresql://…. "
            "Nothing was stored."
        )
    return Database(engine)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, in _begin_sqlite
    for pragma in (
        f"page_size={PAGE_SIZE}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "busy_timeout=30000",
        "temp_store=MEMORY",  # a sort must not leave rows in a temporary file
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once with "database is
    # locked" however long the timeout is; writers therefore take the lock at BEGIN.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")
