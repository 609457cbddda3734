"""Downloads of a result: the cells of the groups the reader may open, as CSV, spreadsheet or JSON."""

import json

from flask import Response

from teamhealth.errors import NotFoundError
from teamhealth.outlets.document import document
from teamhealth.outlets.tables import csv_lines
from teamhealth.outlets.workbook import workbook
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import Result, result
from teamhealth.web.desk.speaking import gettext
from teamhealth.web.wiring import wired

_KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def export(survey_id: str, kind: str) -> Response:
    """Give a survey's cells as a file."""
    if kind not in _KINDS:
        raise NotFoundError(
            gettext("There is no such download: it is csv, xlsx or json. Nothing was changed.")
        )
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    response = Response(_body(found, kind), mimetype=_KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{survey_id}.{kind}"'
    return response


def _body(found: Result, kind: str) -> str | bytes:
    if kind == "csv":
        return "".join(csv_lines(found.seen, found.viewer, found.tree))
    if kind == "xlsx":
        return workbook(found.source, found.tree.groups, whole=found.whole)
    told = document(found.seen, found.viewer, found.tree, instrument=found.source.instrument)
    return json.dumps(told, ensure_ascii=False)
