"""In front of Flask: page and manifest, which are the same bytes for everybody.

They are two of the five requests of an answer, and cost a tenth of a millisecond each
when Flask is not entered. What is older than two seconds, and everything else, goes on
to Flask, which decides alone what these bytes are.
"""

from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from teamhealth.web.respond.addresses import read
from teamhealth.web.respond.app import VIEWS
from teamhealth.web.respond.views import Views


class Front:
    """A WSGI application before an app made by ``create_app``."""

    def __init__(self, app: Flask) -> None:
        self._app: WSGIApplication = app
        self._views: Views = app.extensions[VIEWS]

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer a GET from memory where that is fresh, else let Flask answer."""
        if environ["REQUEST_METHOD"] == "GET":
            address = read(environ.get("PATH_INFO", ""))
            ready = self._views.at_hand(address, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
            if ready is not None:
                headers, body = ready.packed(environ.get("HTTP_ACCEPT_ENCODING", ""))
                start(f"{ready.status} {HTTPStatus(ready.status).phrase}", headers)
                return [body]
        return self._app(environ, start)
