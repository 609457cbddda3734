"""What an app was built with, for its views: the database and the settings.

Nothing is global: two apps in one process, as in the tests, do not meet.
"""

from dataclasses import dataclass

from flask import Flask, current_app

from teamhealth.db import Database
from teamhealth.settings import Settings

_KEY = "teamhealth.wiring"


@dataclass(frozen=True, slots=True)
class Wiring:
    """The things every view of either door may use."""

    database: Database
    settings: Settings


def wire(app: Flask, database: Database, settings: Settings) -> None:
    """Give an app its database and settings; done once, while it is made."""
    app.extensions[_KEY] = Wiring(database, settings)


def wired() -> Wiring:
    """Return what the app of this request was built with."""
    wiring = current_app.extensions[_KEY]
    assert isinstance(wiring, Wiring)  # noqa: S101  (tells mypy; wire() puts nothing else there)
    return wiring
