"""What the interface answers when it cannot give what was asked: a problem document (RFC 9457).

Promise: it repeats nothing of the request, and of an unexpected fault tells nothing but
that there was one. It is in English, whatever the account's language.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus

from flask import Response
from werkzeug.exceptions import HTTPException

from teamhealth.errors import TeamHealthError
from teamhealth.web.desk.refusals import refuse

TYPE = "application/problem+json"
_LATER = {"Retry-After": "60"}
_TOLD = {
    400: "The request could not be read. Look at the OpenAPI document, then ask again.",
    404: "There is nothing here, or it is not yours to see. The OpenAPI document lists all addresses.",
    405: "This interface is for reading: it takes GET and HEAD only. Nothing was changed.",
    413: "The request is too large. This interface takes no body. Nothing was stored.",
    500: "Something went wrong here. It is not your fault. If it happens again, tell whoever runs this server.",
    503: "The database does not answer. Try again in a minute; if it stays so, tell whoever runs this server.",
}


class ProblemError(Exception):
    """What is to be answered; ``parameter`` is the name of one that is wrong."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        parameter: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.parameter = status, detail, parameter
        self.headers = dict(headers or {})


def answer(error: Exception) -> Response:
    """Return the answer for an error, and note a fault that nobody expected."""
    told = error if isinstance(error, ProblemError) else _problem(error)
    body = {
        "type": "about:blank",
        "title": HTTPStatus(told.status).phrase,
        "status": told.status,
        "detail": told.detail,
    }
    if told.parameter:
        body["parameter"] = told.parameter
    return Response(json.dumps(body), told.status, told.headers, mimetype=TYPE)


def _problem(error: Exception) -> ProblemError:
    status = refuse(error).status
    if isinstance(error, TeamHealthError):
        detail = str(error)
    else:
        status = status if status in _TOLD else 500 if status >= 500 else 400  # noqa: PLR2004
        detail = _TOLD[status]
    if isinstance(error, HTTPException) and status == HTTPStatus.METHOD_NOT_ALLOWED:
        return ProblemError(status, detail, headers={"Allow": "GET, HEAD"})
    later = _LATER if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return ProblemError(status, detail, headers=later)
