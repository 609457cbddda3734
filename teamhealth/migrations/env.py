"""What Alembic runs: the changes of the schema, over the connection that ``running`` opened."""

from typing import Literal

from alembic import context

from teamhealth.db import UTCDateTime
from teamhealth.migrations.tables import metadata


def _render(kind: str, item: object, _autogenerating: object) -> str | Literal[False]:
    """Write our moments as what the database has; a migration must not need our code."""
    is_ours = kind == "type" and isinstance(item, UTCDateTime)
    return "sa.DateTime(timezone=True)" if is_ours else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot change a column in place
    render_item=_render,
)
context.run_migrations()
