"""What somebody reads who has every backup of the database, made once a minute.

A backup is the logical rows and the physical traces beside them. SQLite: file and
write-ahead log as bytes, free pages and slack among them; the place of a row is its
offset. PostgreSQL: rows in the order of a plain dump, ``ctid``, ``xmin``, and the
write-ahead log through ``pg_walinspect`` where the server has that.
"""

import re
import sqlite3
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

SAID = re.compile(rb"said-[0-9a-f]{20}")
_IN_HEX = re.compile(rb"736169642d(?:3[0-9]|6[1-6]){20}")
_FRAME = 24  # bytes of a frame's head in SQLite's log; the log's own head has 32


@dataclass(frozen=True)
class Watched:
    """One table of interest. ``key`` is the column that names a row, ``mark`` one whose value is found
    nowhere else in the database; rows without a mark are not there yet.
    """

    table: str
    key: str
    group: str
    mark: str


@dataclass
class Row:
    """A row as a backup has it, its values as text; ``place`` sorts as it lies on the disk."""

    key: str
    group: str
    values: dict
    place: tuple = ()
    xmin: int = 0
    wal: tuple = ()


def plain(value):
    """Give a value as text that is the same on both databases."""
    if isinstance(value, uuid.UUID):
        return value.hex
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def said_in(stored):
    """Give what somebody said and is found in these bytes, as it is or in hexadecimal."""
    found = {word.decode() for word in SAID.findall(stored)}
    return found | {bytes.fromhex(word.decode()).decode() for word in _IN_HEX.findall(stored)}


def _row(found, watched):
    values = {name: plain(value) for name, value in found.items() if value is not None}
    return Row(values[watched.key], values.get(watched.group, ""), values)


def backups_of(database, folder):
    """Give the one who makes backups of this database; ``folder`` is for scratch."""
    if database.is_sqlite:
        return OfSqlite(Path(database.engine.url.database), folder)
    return OfPostgresql(database.engine.url)


class OfSqlite:
    """Copies the file and its log each time, and reads the copy."""

    has_log = True
    has_xmin = False

    def __init__(self, file, folder):
        self._file, self._copy = file, folder / "backup.sqlite3"
        self._log = b""
        self._seen = 0
        self._generation = 0
        self._news, self._earlier = [], []
        self._stored = b""

    def make(self):
        """Make a backup."""
        for end in ("", "-wal"):
            there, here = f"{self._file}{end}", f"{self._copy}{end}"
            # By another process: closing a file here would drop the locks of our own connections.
            if Path(there).exists():
                subprocess.run(["cp", there, here], check=True)
            else:
                Path(here).unlink(missing_ok=True)
        self._read_log(Path(f"{self._copy}-wal"))
        self.said = said_in(self._copy.read_bytes()) | said_in(self._log)
        self._db = sqlite3.connect(self._copy)
        self._db.row_factory = sqlite3.Row
        self._stored = b""

    def done(self):
        """Throw the copy away."""
        self._db.close()

    def rows(self, watched, known=frozenset()):
        """Give a table's rows in the order of a dump; those not ``known`` with their place in the log."""
        found = []
        for each in self._db.execute(f'SELECT * FROM "{watched.table}"'):  # noqa: S608
            one = dict(each)
            if one[watched.mark] is None or one[watched.key] is None:
                continue
            row = _row(one, watched)
            if row.key not in known:
                row.wal = self._in_log(one[watched.mark])
            found.append(row)
        return found

    def placed(self, watched, known=frozenset()):
        """Give rows with their places in the file; only the last thing done with a backup."""
        if not self._stored:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._stored = self._copy.read_bytes()
            self._size = int.from_bytes(self._stored[16:18], "big")
            self._size = 65_536 if self._size == 1 else self._size
        rows = self.rows(watched, known)
        for row in rows:
            row.place = self._where(self._bytes(watched, row))
        return rows

    def tables(self):
        """Give every table's rows as text."""
        names = self._db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (name,) in names.fetchall():
            rows = self._db.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            yield name, [{k: plain(v) for k, v in dict(row).items()} for row in rows]

    def close(self):
        """Nothing was changed."""

    def _bytes(self, watched, row):
        query = f'SELECT "{watched.mark}" FROM "{watched.table}" WHERE "{watched.key}" = ?'  # noqa: S608
        key = row.key
        for key in (row.key, _unhex(row.key)):
            if found := self._db.execute(query, [key]).fetchone():
                return _raw(found[0])
        raise AssertionError(watched)

    def _where(self, mark):
        at = self._stored.rfind(mark)
        page = at // self._size
        return page, -at  # a page is filled from its end

    def _read_log(self, file):
        """Cut the log into frames; go on where it was read last, unless it has begun anew."""
        log = file.read_bytes() if file.exists() else b""
        if log[:32] != self._log[:32] or len(log) < len(self._log):
            self._generation += 1
            self._seen, self._earlier = 32, []
        self._log = log
        size = int.from_bytes(log[8:12], "big") + _FRAME if log else 0
        self._earlier += self._news if self._seen > 32 else []
        self._news = []
        while size and self._seen + size <= len(log):
            frame = log[self._seen : self._seen + size]
            if frame[8:16] != log[16:24]:  # left over from before the log began anew
                break
            self._news.append((self._seen, frame))
            self._seen += size

    def _in_log(self, mark):
        # What a transaction changes may be in the log before it is committed.
        for start, frame in (*self._news, *self._earlier):
            if (at := frame.find(_raw(mark))) >= 0:
                return self._generation, start, -at
        return ()


def _raw(value):
    return value.encode() if isinstance(value, str) else bytes(value)


def _unhex(text):
    try:
        return bytes.fromhex(text)
    except ValueError:
        return text


class OfPostgresql:
    """Reads what a dump, a copy of the data folder and an archive of the log would have."""

    has_xmin = True
    _OFF = re.compile(r"(?:new )?off (\d+)")
    _BLOCK = re.compile(r"blkref #0: rel \d+/\d+/(\d+)\D.*?blk (\d+)")

    def __init__(self, url):
        plain_url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._db = psycopg.connect(plain_url, autocommit=True, row_factory=dict_row)
        self.has_log = self._inspecting()
        self._end = self._value("SELECT pg_current_wal_insert_lsn()::text AS it")
        self._written = {}
        self.said = set()

    def make(self):
        """Make a backup: a plain dump and the new part of the log; rows are read when asked for."""
        if self.has_log and self._value(
            f"SELECT pg_current_wal_flush_lsn() > '{self._end}'::pg_lsn AS it"
        ):
            self._read_log()
        self.said = set()
        for name in self._names():
            with self._db.cursor().copy(f'COPY "{name}" TO STDOUT') as dump:
                self.said |= said_in(b"".join(dump))

    def done(self):
        """Nothing is to be thrown away."""

    def rows(self, watched, known=frozenset()):
        """Give a table's rows in the order of a dump; those not ``known`` with their place in the log."""
        file = self._value(f"SELECT pg_relation_filenode('\"{watched.table}\"') AS it")
        found = []
        query = f'SELECT ctid::text AS "-c", xmin::text AS "-x", * FROM "{watched.table}"'  # noqa: S608
        for one in self._db.execute(query).fetchall():
            if one[watched.mark] is None or one[watched.key] is None:
                continue
            row = _row({k: v for k, v in one.items() if k[0] != "-"}, watched)
            row.place = tuple(int(part) for part in one["-c"].strip("()").split(","))
            row.xmin = int(one["-x"])
            if row.key not in known:
                row.wal = self._written.get((file, *row.place), ())
            found.append(row)
        return found

    placed = rows

    def tables(self):
        """Give every table's rows as text."""
        for name in self._names():
            rows = self._db.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            yield name, [{k: plain(v) for k, v in row.items()} for row in rows]

    def close(self):
        """Leave the database as it was found."""
        if self.has_log:
            self._db.execute("DROP EXTENSION pg_walinspect")
        self._db.close()

    def _names(self):
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return [row["tablename"] for row in self._db.execute(query).fetchall()]

    def _inspecting(self):
        try:
            self._db.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect")
        except psycopg.Error:
            return False
        return True

    def _value(self, query):
        return self._db.execute(query).fetchone()["it"]

    def _read_log(self):
        """Note of each new row version where in the log it was written; the latest counts."""
        query = (
            "SELECT start_lsn - '0/0' AS lsn, end_lsn::text AS next, resource_manager || '.' || "
            "record_type AS kind, xid::text::bigint AS xid, description, block_ref "
            "FROM pg_get_wal_records_info(%s, pg_current_wal_flush_lsn())"
        )
        # From the last whole record on: what is flushed may end within one.
        for record in self._db.execute(query, [self._end]).fetchall():
            self._end = record["next"]
            if not re.match(r"Heap\.(INSERT|UPDATE|HOT_UPDATE)", record["kind"]):
                continue
            block = self._BLOCK.search(record["block_ref"])
            offsets = self._OFF.findall(record["description"])
            if block and offsets:
                place = int(block[1]), int(block[2]), int(offsets[-1])
                self._written[place] = int(record["lsn"]), int(record["xid"])
