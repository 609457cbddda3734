"""The ground floor of storage: one declarative base, one way to open a session."""

from teamhealth.db.base import Base, UTCDateTime
from teamhealth.db.database import Database, open_database

__all__ = ["Base", "Database", "UTCDateTime", "open_database"]
