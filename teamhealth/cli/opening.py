"""Opening an installation for a command: settings, and a database that this version can use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from teamhealth import settings as environment
from teamhealth.db import Database, open_database
from teamhealth.errors import UnavailableError
from teamhealth.migrations import running
from teamhealth.settings import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """Settings and opened database of this installation."""

    settings: Settings
    database: Database


def settings() -> Settings:
    """Read the settings; SettingsError for an unknown or unreadable one."""
    return environment.load(os.environ)


@contextmanager
def opened() -> Iterator[Installation]:
    """Open the installation and close it afterwards.

    Raises UnavailableError if the database was not set up by this version.
    """
    found = settings()
    database = open_database(found.database_url)
    try:
        if not running.is_current(database):
            raise UnavailableError(
                "The database is not set up for this version of Team Health; nothing was done. "
                "Run `teamhealth init` first: it creates or upgrades it."
            )
        yield Installation(found, database)
    finally:
        database.close()
