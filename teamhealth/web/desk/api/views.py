"""The addresses of the interface for programs; each reads a result as its pages do."""

import json
from dataclasses import asdict

from flask import Blueprint, Response

from teamhealth.errors import NotFoundError
from teamhealth.i18n.messages import WRITTEN
from teamhealth.outlets import class_document, document
from teamhealth.web.desk import rights
from teamhealth.web.desk.api import asked, door, rows, told
from teamhealth.web.desk.api.address import ROOT
from teamhealth.web.desk.api.answered import answered, of_result
from teamhealth.web.desk.api.openapi import openapi
from teamhealth.web.desk.current import access, for_everybody
from teamhealth.web.desk.reading import Result, result
from teamhealth.web.wiring import wired

api = Blueprint("api", __name__, url_prefix=ROOT)
api.before_request(door.admit)
api.before_request(door.require_json)
api.after_request(door.tell_limit)


@api.get("/openapi.json", provide_automatic_options=False)
@for_everybody
def description() -> Response:
    """Give the OpenAPI document, which tells of the interface and of nobody's results."""
    asked.only()
    return Response(json.dumps(openapi(), ensure_ascii=False), mimetype="application/json")


@api.get("/surveys", provide_automatic_options=False)
def surveys() -> Response:
    """List the surveys of whose result there is a part for this account, the newest first."""
    asked.only("page", "size")
    page = asked.page()
    with wired().database.read() as db:
        found = [one.survey for one in rights.surveys(db, access()) if one.has_result]
    here = [told.survey_row(one) for one in found[page.start :][: page.size]]
    body = page.of(here, len(found))
    return answered(lambda: body, body)


@api.get("/surveys/<survey_id>", provide_automatic_options=False)
def survey(survey_id: str) -> Response:
    """Give the facts of a survey and its words."""
    asked.only("language")
    found = _read(survey_id)
    known = found.source.instrument.languages
    language = asked.language(known, WRITTEN if WRITTEN in known else known[0])
    return of_result(found, lambda: told.survey(found, language))


@api.get("/surveys/<survey_id>/groups", provide_automatic_options=False)
def groups(survey_id: str) -> Response:
    """List groups in the tree's order."""
    asked.only("page", "size", "under")
    page = asked.page()
    found = _read(survey_id)
    listed = told.branch(found, asked.text("under"))
    names = document.names_of(found.seen)
    here = listed[page.start :][: page.size]
    return of_result(
        found, lambda: page.of([document.group(one, names) for one in here], len(listed))
    )


@api.get("/surveys/<survey_id>/groups/<group_id>", provide_automatic_options=False)
def group(survey_id: str, group_id: str) -> Response:
    """Give one group with all its cells."""
    asked.only()
    found = _read(survey_id)
    one = found.group(group_id)
    names = document.names_of(found.seen)
    return of_result(
        found, lambda: {**document.group(one, names), **document.cells(one, found.seen)}
    )


@api.get("/surveys/<survey_id>/cells", provide_automatic_options=False)
def cells(survey_id: str) -> Response:
    """List cells as rows, as the CSV does."""
    asked.only("page", "size", "under")
    page = asked.page(asked.MOST_ROWS, asked.USUAL_ROWS)
    found = _read(survey_id)
    within = frozenset(one.id for one in told.branch(found, asked.text("under")))

    def body() -> object:
        here, total = rows.page(found, within, page.start, page.size)
        return page.of([asdict(row) for row in here], total)

    return of_result(found, body)


@api.get("/surveys/<survey_id>/document", provide_automatic_options=False)
def whole(survey_id: str) -> Response:
    """Give everything of a survey that this account may read: the JSON export."""
    asked.only()
    found = _read(survey_id)
    asked_in = found.source.instrument
    return of_result(
        found,
        lambda: document.document(found.seen, found.viewer, found.tree, instrument=asked_in),
    )


@api.get("/surveys/<survey_id>/cross-cuts", provide_automatic_options=False)
def cross_cuts(survey_id: str) -> Response:
    """Give what is shown by what people told of themselves, to who may open the whole survey."""
    asked.only()
    found = _read(survey_id)
    if not found.opens(found.seen.root.id):
        raise NotFoundError(
            "Cross-cuts are about the whole survey, which is not yours to see. Nothing was changed."
        )
    none: dict[str, object] = {"attributes": {}, "cross_cuts": {}}
    asked_in = found.source.instrument
    return of_result(found, lambda: none | class_document.cross_cuts(found.seen, asked_in))


def _read(survey_id: str) -> Result:
    with wired().database.read() as db:
        return result(db, access(), survey_id)
