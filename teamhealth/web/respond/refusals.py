"""Every refusal of the anonymous door: one status, one kind and one sentence each.

Promise: no path, code, address, user agent or exception text reaches an answer or a
log; a fault is logged as the name of its class.
"""

import logging
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from teamhealth import errors, logs

_NOTHING = "Nothing was stored; please reload the page and try again."


class Refusal(NamedTuple):
    """What is answered: HTTP status, kind (stable, for programs), sentence (for people)."""

    status: int
    kind: str
    message: str


_OURS: tuple[tuple[type[errors.TeamHealthError], int, str], ...] = (
    (errors.BadMessageError, 400, "bad_message"),
    (errors.BadCredentialError, 403, "bad_credential"),
    (errors.NotFoundError, 404, "unknown"),
    (errors.UsedLinkError, 409, "used"),
    (errors.ConflictError, 409, "conflict"),
    (errors.NotOpenError, 410, "not_open"),
    (errors.UnavailableError, 503, "paused"),
)
_HTTP = {
    404: ("unknown", f"There is nothing here. {_NOTHING}"),
    405: ("bad_message", f"This address does not take such a message. {_NOTHING}"),
    413: ("too_large", f"This message is too large. {_NOTHING}"),
    415: ("wrong_type", f"A message must have the content type application/json. {_NOTHING}"),
}
_BUSY = Refusal(
    503,
    "paused",
    "The database does not answer just now. Nothing is lost; please press Send again in a minute.",
)
_FAULT = Refusal(
    500, "fault", "Something went wrong here. Nothing is lost; please press Send again later."
)


class Refusals:
    """Words the refusals of one app, and notes its faults.

    A fault is logged once an hour: a line for every attempt would tell, through the
    journal's times, when people came.
    """

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], datetime] = {}

    def refuse(self, error: Exception, *, now: datetime) -> Refusal:
        """Return what to answer to an error that was met ``now``."""
        refusal = _find(error)
        if refusal.status < 500:  # noqa: PLR2004
            logs.event("answer_refused", level=logging.DEBUG, kind=refusal.kind)
            return refusal
        problem = type(error).__name__
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._noted.get((refusal.kind, problem)) != hour:
            self._noted[refusal.kind, problem] = hour
            logs.event(
                "answer_refused", level=logging.ERROR, kind=refusal.kind, problem=problem
            )
        return refusal


def _find(error: Exception) -> Refusal:
    for kind, status, name in _OURS:
        if isinstance(error, kind):
            return Refusal(status, name, str(error))
    if isinstance(error, OperationalError):
        return _BUSY
    if isinstance(error, HTTPException) and error.code and error.code < 500:  # noqa: PLR2004
        name, sentence = _HTTP.get(error.code, ("bad_message", f"Not understood. {_NOTHING}"))
        return Refusal(error.code, name, sentence)
    return _FAULT
