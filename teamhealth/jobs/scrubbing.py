"""Making deleted rows leave the disk: their bytes stay in free pages and in the log until then.

Promise: it either happened or is tried again; a busy database is no fault.
"""

import sqlite3
import time

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from teamhealth.db import Database

_TABLES = (
    "sealed_response",
    "invitation",
    "spare_seat",
    "letter",
    "participation",
    "pinned_file",
    "comment",
    "trustee_tray",
)
_LOOKS = 20
PATIENCE = 5_000
"""Milliseconds to wait for readers and writers."""


def scrub(database: Database, *, patience: int = PATIENCE) -> bool:
    """Rewrite what deleted rows were in; False if somebody was in the way and it must be tried again.

    SQLite: VACUUM, then a checkpoint that empties the write-ahead log, which waits for
    every reader. PostgreSQL: VACUUM FULL of the tables; its own log and its archives are
    the administrator's (docs/operating.md). ``patience`` is in milliseconds.
    """
    try:
        if database.is_sqlite:
            return _sqlite(database, patience)
        return _postgresql(database, patience)
    except (
        OperationalError,
        sqlite3.OperationalError,
    ):  # locked, or a lock that did not come in time
        return False


def _sqlite(database: Database, patience: int) -> bool:
    # A connection of its own, below SQLAlchemy, which would say BEGIN: VACUUM works
    # outside transactions only.
    pooled = database.engine.raw_connection()
    db = pooled.driver_connection
    try:
        if db is None:
            return False
        db.execute(f"PRAGMA busy_timeout={patience}").close()
        db.execute("VACUUM").close()
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        pooled.invalidate()  # with its changed timeout it goes back to nobody
    return bool(busy == 0)


def _postgresql(database: Database, patience: int) -> bool:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        if not _all_is_later(db, patience):
            return False
        db.exec_driver_sql(f"SET lock_timeout = {patience}")
        try:
            for table in _TABLES:
                db.exec_driver_sql(f"VACUUM (FULL) {table}")
        finally:
            db.exec_driver_sql("SET lock_timeout = 0")
    return True


def _all_is_later(db: Connection, patience: int) -> bool:
    """Wait for transactions that might still see deleted rows: VACUUM would keep these for them.

    It keeps them also for a write that is under way in another database of the server,
    because the snapshot it takes for itself is no later than that.
    """
    mark = db.exec_driver_sql("SELECT pg_current_xact_id()::text").scalar_one()
    for _ in range(_LOOKS):
        free = db.exec_driver_sql(
            "SELECT pg_snapshot_xmin(pg_current_snapshot()) > %(mark)s::xid8 AND NOT EXISTS ("
            "SELECT FROM pg_stat_activity "
            "WHERE (datname = current_database() OR datname IS NULL) "
            "AND pid <> pg_backend_pid() AND age(backend_xmin) > age(%(mark)s::xid8::xid))",
            {"mark": mark},
        )
        if free.scalar_one():
            return True
        time.sleep(patience / 1000 / _LOOKS)
    return False
