"""The app of the desk: built from a database and settings, all its pages under ``/desk``.

Promise: nobody who is not signed in sees more than the pages marked ``@for_everybody``,
nothing is changed without a token against forged requests, no cookie goes anywhere but
``/desk``, and no path, address or traceback gets into a log.
"""

import io
from itertools import chain
from typing import IO

from flask import (
    Flask,
    Request,
    Response,
    current_app,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import BadRequest

from teamhealth import content
from teamhealth.campaigns.entrusting import LARGEST
from teamhealth.db import Database
from teamhealth.settings import Settings
from teamhealth.web.desk import current, sessions, speaking
from teamhealth.web.desk.api import door, problems
from teamhealth.web.desk.api.address import is_api
from teamhealth.web.desk.api.views import api
from teamhealth.web.desk.api_access import api_access
from teamhealth.web.desk.batches import batches
from teamhealth.web.desk.exports_page import exports_page
from teamhealth.web.desk.files import address, files
from teamhealth.web.desk.front import front
from teamhealth.web.desk.headers import HEADERS
from teamhealth.web.desk.own_account import own_account
from teamhealth.web.desk.people import people
from teamhealth.web.desk.refusals import refuse
from teamhealth.web.desk.reports import reports
from teamhealth.web.desk.results import results
from teamhealth.web.desk.signing import signing
from teamhealth.web.desk.speaking import render
from teamhealth.web.desk.surveys import surveys
from teamhealth.web.wiring import wire

BLUEPRINTS = (
    front,
    batches,
    files,
    signing,
    own_account,
    api_access,
    people,
    surveys,
    results,
    reports,
    exports_page,
    api,
)
"""All pages, and the interface for programs; every address but the front door's begins with ``/desk``."""

_LARGEST = 2_000_000  # bytes of a form


class Brought(Request):
    """A request whose uploads never lie on the disk: a trustee's result holds comments."""

    def _get_file_stream(self, *_about: object, **_more: object) -> IO[bytes]:
        return io.BytesIO()


class Desk(Flask):
    """Flask without its log of failed requests, whose lines begin with the path."""

    request_class = Brought

    def log_exception(self, exc_info: object) -> None:
        """Log nothing: ``refusals`` has noted the fault by its class."""


def create_desk(database: Database, settings: Settings) -> Flask:
    """Build the app; UnavailableError if the key of its cookies can neither be read nor made."""
    app = Desk(
        "teamhealth.web.desk", static_folder=None, template_folder=content.folder("templates")
    )
    app.config.update(
        MAX_CONTENT_LENGTH=_LARGEST,
        MAX_FORM_MEMORY_SIZE=_LARGEST,
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as its session
        WTF_CSRF_SSL_STRICT=False,  # our pages send no Referer, which that would ask for
    )
    app.url_map.strict_slashes = False  # no redirect may send a path back
    sessions.set_up(app, settings)
    wire(app, database, settings)
    app.before_request(sessions.recognise)
    app.before_request(speaking.recognise)
    app.before_request(door.speak)
    app.before_request(_door)
    app.before_request(_room)
    app.before_request(_text)
    CSRFProtect(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_error_handler(Exception, _refusal)
    app.after_request(_with_headers)
    _set_up_templates(app, settings)
    speaking.set_up(app)
    return app


def _room() -> None:
    """Let a trustee's result be larger than a form, for people who are signed in."""
    if request.endpoint == "surveys.trustees.result" and current.maybe_access():
        request.max_content_length = LARGEST


def _text() -> None:
    """Refuse what is no text: PostgreSQL stores no NUL, and would fail at it."""
    given = chain((request.path,), *request.args.listvalues(), *request.form.listvalues())
    if any("\0" in value for value in given):
        raise BadRequest


def _door() -> ResponseReturnValue | None:
    """Send people who are not signed in to the sign-in page, and afterwards back here."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.blueprint == "api":
        return None  # it has a door of its own
    if view is None or current.maybe_access() or current.is_for_everybody(view):
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("signing.sign_in", next=back), 303)


def _refusal(error: Exception) -> ResponseReturnValue:
    if is_api():
        return problems.answer(error)
    told = refuse(error)
    return render("desk/refusal.html", refusal=told), told.status


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS:
        response.headers.setdefault(name, value)
    speaking.declare(response)
    return response


def _set_up_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        file=address,
        access=current.maybe_access,
        organisation=settings.organisation,
    )
