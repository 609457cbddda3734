"""Answers in JSON that a program need not read twice: each with a tag, by which it asks whether it changed."""

import hashlib
import json
from collections.abc import Callable

from flask import Response, request

from teamhealth import __version__
from teamhealth.web.desk.reading import Result

_KEPT = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}


def answered(told: Callable[[], object], *scope: object) -> Response:
    """Answer with what is told, or with nothing but 304 if the program has it already.

    ``scope`` is everything beside address and version on which the answer depends.
    """
    facts = [__version__, request.full_path, *scope]
    tag = hashlib.sha256(json.dumps(facts, default=list).encode()).hexdigest()[:32]
    if request.if_none_match.contains(tag):
        response = Response(status=304, headers=_KEPT)
        del response.headers["Content-Type"]
    else:
        body = json.dumps(told(), ensure_ascii=False, allow_nan=False)
        response = Response(body, headers=_KEPT, mimetype="application/json")
    response.set_etag(tag)
    return response


def of_result(found: Result, told: Callable[[], object]) -> Response:
    """Answer with something of a result: it depends on the snapshot and on what its reader may see."""
    scope = (
        found.mark,
        found.seen.version,
        found.published,
        sorted(found.viewer.leads),
        [group.id for group in found.tree.groups],
    )
    return answered(told, *scope)
