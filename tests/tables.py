"""A database file with our tables and nothing in them, made once a process."""

import tempfile
from functools import cache
from pathlib import Path

from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata


def with_tables(file):
    """Make such a file and open it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_bytes(made())
    return open_database(f"sqlite:///{file}")


@cache
def made():
    """Give the bytes of such a file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        database = open_database(f"sqlite:///{file}")
        metadata.create_all(database.engine)
        database.close()
        return file.read_bytes()
