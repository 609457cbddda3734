"""Creating and upgrading the database's tables, and telling whether that is needed.

Promise: an upgrade happens whole or not at all, on both databases.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from teamhealth.db import Database


def upgrade(database: Database) -> None:
    """Create all tables, or bring them up to this version; nothing happens if they are."""
    with database.engine.execution_options(writes=True).begin() as connection:
        command.upgrade(config(connection), "head")


def is_current(database: Database) -> bool:
    """Tell whether the tables are those of this version, neither older nor newer."""
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) == set(ScriptDirectory.from_config(config(None)).get_heads())


def config(connection: Connection | None) -> Config:
    """Return Alembic's configuration for our folder, to work over this connection."""
    found = Config(attributes={"connection": connection})
    found.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    found.set_main_option("path_separator", "os")
    return found
