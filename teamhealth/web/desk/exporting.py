"""Downloads of a result: the cells of the groups the reader may open, as CSV or JSON."""

import json

from flask import Response

from teamhealth.errors import NotFoundError
from teamhealth.outlets.document import document
from teamhealth.outlets.tables import csv_lines
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import result
from teamhealth.web.wiring import wired


def export(survey_id: str, kind: str) -> Response:
    """Give a survey's cells as a file."""
    if kind not in ("csv", "json"):
        raise NotFoundError(
            "There is no such download: it is csv or json. Nothing was changed."
        )
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    viewer = found.viewer
    if kind == "csv":
        body = "".join(csv_lines(found.seen, viewer, found.tree))
        response = Response(body, mimetype="text/csv")
    else:
        told = document(found.seen, viewer, found.tree, instrument=found.source.instrument)
        response = Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{survey_id}.{kind}"'
    return response
