"""Rows of any of our tables as JSON's own kinds and back: one format for both databases."""

import enum
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Enum, LargeBinary, Row, Table, Uuid

from teamhealth.credentials.codes import b64, unb64
from teamhealth.db import UTCDateTime

_READ: tuple[tuple[type, Callable[[str], object]], ...] = (
    (LargeBinary, unb64),
    (Uuid, uuid.UUID),
    (UTCDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
)


def to_plain(row: Row[Any]) -> dict[str, object]:
    """Return a row by column name; bytes as base64url, moments in ISO 8601."""
    return {name: _plain(value) for name, value in row._mapping.items()}  # noqa: SLF001  (its public name)


def from_plain(table: Table, plain: dict[str, Any]) -> dict[str, Any]:
    """Return what to insert for a row that ``to_plain`` wrote.

    Raises KeyError for a column the table does not have, ValueError for a value that
    does not fit its column.
    """
    return {name: _value(table.columns[name], value) for name, value in plain.items()}


def _plain(value: object) -> object:
    match value:
        case bytes():
            return b64(value)
        case uuid.UUID():
            return str(value)
        case enum.Enum():
            return value.value
        case date():  # moments, too
            return value.isoformat()
    return value


def _value(column: Column[Any], plain: Any) -> Any:
    if plain is None:
        return None
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return column.type.enum_class(plain)
    for kind, read in _READ:
        if isinstance(column.type, kind):
            return read(plain)
    return plain
