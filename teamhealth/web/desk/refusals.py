"""Every refusal of the desk as a page: what happened, what was not stored, what to do.

Promise: no path, no text of an unexpected fault and no traceback reaches a page or a
log; a fault is logged as the name of its class.
"""

import logging
from typing import Any, NamedTuple

from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from teamhealth import errors, logs
from teamhealth.web.desk.speaking import gettext, lazy, words_of


class Refusal(NamedTuple):
    """What is answered: the HTTP status, and a title and a passage for people, put into words when read."""

    status: int
    title: Any
    told: Any


_TITLES: tuple[tuple[type[errors.TeamHealthError], int, Any], ...] = (
    (errors.NotFoundError, 404, lazy("There is nothing here")),
    (errors.UnavailableError, 503, lazy("Not possible just now")),
    (errors.WrongUseError, 400, lazy("That cannot be done")),
    (errors.BadMessageError, 400, lazy("That cannot be done")),
)
_EXPIRED = Refusal(
    400,
    lazy("This page has expired"),
    lazy(
        "It was opened before you signed in or too long ago. Nothing was stored. Go back, reload the page and send it again."
    ),
)
_HTTP = {
    400: Refusal(
        400,
        lazy("That could not be read"),
        lazy(
            "Something was missing in what your browser sent. Nothing was stored. Go back and send it again."
        ),
    ),
    403: Refusal(
        403,
        lazy("This is not for you"),
        lazy("Nothing was changed. Ask HR if you think that it should be."),
    ),
    404: Refusal(
        404,
        lazy("There is nothing here"),
        lazy(
            "The address leads nowhere, or to something that is not yours to see. Nothing was changed. Look at the address again, or go on from the start."
        ),
    ),
    405: Refusal(
        405,
        lazy("This page cannot be opened like that"),
        lazy("It only takes what a form sends. Nothing was stored. Go back and use the form."),
    ),
    413: Refusal(
        413,
        lazy("That is too much at once"),
        lazy("Nothing was stored. Send less, or a smaller file."),
    ),
}
_AWAY = Refusal(
    503,
    lazy("The database does not answer"),
    lazy(
        "Nothing was stored. Try again in a minute; if it stays so, tell whoever runs this server."
    ),
)
_FAULT = Refusal(
    500,
    lazy("Something went wrong here"),
    lazy(
        "It is not your fault, and what was not finished was not stored. Go back and try again; if it happens again, tell whoever runs this server."
    ),
)


def refuse(error: Exception) -> Refusal:
    """Return what to answer for an error, and note a fault that nobody expected."""
    if isinstance(error, errors.TeamHealthError):
        for kind, status, title in _TITLES:
            if isinstance(error, kind):
                return Refusal(status, title, words_of(error))
        return Refusal(409, gettext("That was not done"), words_of(error))
    if isinstance(error, CSRFError):
        return _EXPIRED
    if isinstance(error, HTTPException) and error.code and error.code < _FAULT.status:
        return _HTTP.get(error.code) or _HTTP[400]._replace(status=error.code)
    logs.event("desk_failed", level=logging.ERROR, problem=type(error).__name__)
    return _AWAY if isinstance(error, OperationalError) else _FAULT
