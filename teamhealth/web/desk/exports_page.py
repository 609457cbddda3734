"""The page that says what of a survey can be taken along, what each file is for, and what there is not."""

from flask import Blueprint, Response

from teamhealth import content
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import result
from teamhealth.web.desk.speaking import render
from teamhealth.web.wiring import wired

exports_page = Blueprint("exports_page", __name__)

NOTEBOOK = "trend-and-heatmap.ipynb"


@exports_page.get("/desk/surveys/<survey_id>/exports")
def exports(survey_id: str) -> str:
    """Show every file of a survey that this reader can have."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    return render("desk/results/exports.html", result=found)


@exports_page.get(f"/desk/exports/{NOTEBOOK}")
def notebook() -> Response:
    """Give the worked example, which holds nobody's figures."""
    body = content.notebook(NOTEBOOK).read_bytes()
    response = Response(body, mimetype="application/x-ipynb+json")
    response.headers["Content-Disposition"] = f'attachment; filename="{NOTEBOOK}"'
    return response
