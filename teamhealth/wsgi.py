"""The whole web application, for a WSGI server: both doors behind one address.

``granian --interface wsgi teamhealth.wsgi:app`` builds it from the environment, once a
process, when the server asks for it. It opens the database and reads issuer keys; it
never reaches the count, the jobs, the box key or the link key.
"""

import os
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from teamhealth import logs
from teamhealth.db import Database, open_database
from teamhealth.settings import Settings, load
from teamhealth.web.desk.app import create_desk
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front


class Doors:
    """Sends ``/a…`` to the anonymous door and everything else to the desk, paths untouched."""

    def __init__(self, respond: WSGIApplication, desk: WSGIApplication) -> None:
        self._respond = respond
        self._desk = desk

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Choose the door by the path alone."""
        path = environ.get("PATH_INFO", "")
        door = self._respond if path == "/a" or path.startswith("/a/") else self._desk
        return door(environ, start)


def build(database: Database, settings: Settings) -> WSGIApplication:
    """Put the doors together around one database."""
    return Doors(Front(create_app(database, settings)), create_desk(database, settings))


def application() -> WSGIApplication:
    """Build everything from the environment; SettingsError if that has a fault."""
    settings = load(os.environ)
    logs.to_stderr()
    return build(open_database(settings.database_url), settings)


def __getattr__(name: str) -> WSGIApplication:
    # ``app`` is built when a server asks for it: importing this module opens nothing.
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = built = application()
    return built
