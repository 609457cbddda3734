"""The OpenAPI document (3.1) of the interface: every address, parameter, answer and problem."""

from functools import cache

from teamhealth.accounts.api_limiting import OF_ONE
from teamhealth.web.desk.api.address import ROOT
from teamhealth.web.desk.api.operations import COMMON, PATHS
from teamhealth.web.desk.api.problems import TYPE
from teamhealth.web.desk.api.shapes import Schema, ref
from teamhealth.web.desk.api.survey_schemas import SCHEMAS

_ABOUT = f"""\
Results of surveys, as the account behind a token may read them now; nothing can be changed here.

There is no raw data: an answer exists only sealed, or as part of a group of at least five people. So
nothing below a group's figures can be asked for. A cell that is not shown has the state *protected*, no
number and no reason; below ten answers statements are told in five words and no n.

Every address takes GET and HEAD. Send `If-None-Match` with the `ETag` of before to learn whether anything
changed; a stored result never does, but what you may read of it can. At most {OF_ONE} requests a minute a token.
A survey or group that is not yours to see does not exist: 404, never 403. New fields and addresses may be
added to version 1; what is there stays as it is.
"""
_RETRY: Schema = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}
}
_AUTH: Schema = {
    "WWW-Authenticate": {"description": "How to sign in", "schema": {"type": "string"}}
}


@cache
def openapi() -> Schema:
    """Return the whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Team Health", "version": "1.0", "description": _ABOUT},
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "tags": [{"name": "surveys"}, {"name": "groups"}, {"name": "files"}],
        "paths": PATHS,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made at the desk, under API access; valid 1, 3 or 12 months",
                }
            },
            "headers": _limits(),
            "parameters": COMMON,
            "responses": _problems(),
            "schemas": SCHEMAS,
        },
    }


def _limits() -> Schema:
    told = {
        "RateLimit": f'How many requests are left, such as `"token";r={OF_ONE - 1};t=60`',
        "RateLimit-Policy": f'The limit: `"token";q={OF_ONE};w=60`',
        "ETag": "By which to ask whether this changed",
    }
    return {
        name: {"description": meaning, "schema": {"type": "string"}}
        for name, meaning in told.items()
    }


def _problems() -> Schema:
    return {
        "BadRequest": _problem(
            400, "Bad Request", "Expected a whole number from 1 to 200.", {}
        ),
        "Unauthorized": _problem(401, "Unauthorized", "This token is not valid: …", _AUTH),
        "NotFound": _problem(
            404, "Not Found", "There is no such result, or it is not yours to see. …", {}
        ),
        "NotAcceptable": _problem(
            406, "Not Acceptable", "This interface answers in JSON only. …", {}
        ),
        "TooManyRequests": _problem(
            429, "Too Many Requests", "There were too many requests. …", _RETRY
        ),
        "Fault": _problem(500, "Internal Server Error", "Something went wrong here. …", {}),
        "Unavailable": _problem(
            503, "Service Unavailable", "The database does not answer. …", _RETRY
        ),
    }


def _problem(status: int, title: str, detail: str, headers: Schema) -> Schema:
    example = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told: Schema = {
        "description": detail.removesuffix(" …"),
        "content": {TYPE: {"schema": ref("Problem"), "example": example}},
    }
    return {**told, "headers": headers} if headers else told
