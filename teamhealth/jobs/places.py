"""Which machine has the keys: the one whose worker makes them and counts."""

from teamhealth.db import Database
from teamhealth.settings import Settings


def has_keys(database: Database, settings: Settings) -> bool:
    """Tell whether keys are made and used on this machine.

    With the embedded database there is only one machine; else it is the one with a
    folder of keys (``teamhealth init`` makes it).
    """
    return database.is_sqlite or settings.keys.is_dir()
