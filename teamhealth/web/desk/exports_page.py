"""The page that says what of a survey can be taken along, what each file is for, and what there is not."""

from flask import Blueprint

from teamhealth.web.desk.api.address import ROOT
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import result
from teamhealth.web.desk.speaking import render
from teamhealth.web.wiring import wired

exports_page = Blueprint("exports_page", __name__)


@exports_page.get("/desk/surveys/<survey_id>/exports")
def exports(survey_id: str) -> str:
    """Show every file of a survey that this reader can have."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    return render("desk/results/exports.html", result=found, api=ROOT)
