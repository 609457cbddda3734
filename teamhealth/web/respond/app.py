"""The app of the anonymous door: built from a database and settings, without a secret key.

Promise: it cannot make a session, sets no cookie, logs no request, and answers every
failure itself, so that no traceback and no path leaves it.
"""

import time
from collections.abc import Callable

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter

from teamhealth import clock
from teamhealth.cells.canonical import canonical
from teamhealth.db import Database
from teamhealth.settings import Settings
from teamhealth.web.respond.addresses import read
from teamhealth.web.respond.groups import Groups
from teamhealth.web.respond.messages import GROUPS, messages
from teamhealth.web.respond.plain import plain_form
from teamhealth.web.respond.reading import LARGEST
from teamhealth.web.respond.ready import HEADERS, JSON, Ready
from teamhealth.web.respond.refusals import Refusals
from teamhealth.web.respond.views import Notice, Views
from teamhealth.web.wiring import wire

VIEWS = "teamhealth.views"  # where the app keeps its Views

_PAGES: dict[int, Notice] = {404: "unknown", 503: "stopped"}


class SurveyConverter(BaseConverter):
    """The id of a survey in an address; anything else is no address of ours."""

    regex = "[a-z0-9-]{1,40}"


class Door(Flask):
    """Flask without its log of failed requests, whose lines begin with the path."""

    def log_exception(self, exc_info: object) -> None:
        """Log nothing: ``refusals`` has noted the fault by its class."""


def create_app(
    database: Database, settings: Settings, *, ticks: Callable[[], float] = time.monotonic
) -> Flask:
    """Build the app; all its addresses begin with ``/a``.

    ``ticks`` counts seconds from anywhere: what is shown is at most two of them old.
    """
    app = Door("teamhealth.web.respond", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.url_map.converters["survey"] = SurveyConverter
    app.url_map.strict_slashes = False  # no redirect may send a path back
    app.url_map.merge_slashes = False
    wire(app, database, settings)
    views = app.extensions[VIEWS] = Views(database, ticks=ticks)
    app.extensions[GROUPS] = Groups(database)
    app.register_blueprint(messages)
    app.register_blueprint(plain_form(views))
    refusals = Refusals()

    @app.get("/a")
    @app.get("/a/<path:_rest>")
    def everything(_rest: str = "") -> Response:
        """Answer any GET; ``addresses`` reads the path, so that codes in it go no further."""
        return _response(views.find(read(request.path), _languages()))

    @app.errorhandler(Exception)
    def refusal(error: Exception) -> ResponseReturnValue:
        """Word a refusal: a page for people who navigate, JSON for scripts."""
        told = refusals.refuse(error, now=clock.now())
        if request.method in ("GET", "HEAD") and not read(request.path).is_data:
            kind: Notice = _PAGES.get(told.status, "fault")
            return _response(views.notice(kind, _languages()))
        body = canonical({"error": told.kind, "message": told.message})
        return Response(body, told.status, mimetype=JSON)

    @app.after_request
    def headers(response: Response) -> Response:
        """Put our headers on whatever was not made by ``ready``."""
        if "Content-Security-Policy" not in response.headers:
            response.headers.extend(HEADERS)
        return response

    return app


def _languages() -> str:
    return request.headers.get("Accept-Language", "")


def _response(ready: Ready) -> Response:
    headers, body = ready.packed(request.headers.get("Accept-Encoding", ""))
    return Response(body, ready.status, headers)
