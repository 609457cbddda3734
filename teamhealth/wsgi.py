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
from teamhealth.web.desk import headers as desk_headers
from teamhealth.web.desk.app import create_desk
from teamhealth.web.respond import ready
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front

_SORRY = b"Something went wrong here. Nothing is lost; please try again later.\n"


class Doors:
    """Sends ``/a…`` to the anonymous door and everything else to the desk, paths untouched.

    Promise: no fault goes further than this; the server would print its traceback.
    """

    def __init__(self, respond: WSGIApplication, desk: WSGIApplication) -> None:
        self._respond = respond
        self._desk = desk

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Choose the door by the path alone."""
        path = environ.get("PATH_INFO", "")
        is_anonymous = path == "/a" or path.startswith("/a/")
        door = self._respond if is_anonymous else self._desk
        try:
            return door(environ, start)
        except Exception as fault:  # noqa: BLE001  (a door that cannot even refuse)
            logs.fault("answers" if is_anonymous else "desk", type(fault).__name__)
        told = ready.HEADERS if is_anonymous else desk_headers.HEADERS
        kind = ("Content-Type", "text/plain; charset=utf-8")
        start("500 Internal Server Error", [*told, kind, ("Content-Length", str(len(_SORRY)))])
        return [_SORRY]


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
