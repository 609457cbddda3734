"""Reports to take along: the PDF of the whole survey, or of one group, for the person who asks.

Promise: it holds what their pages show, no more: the same groups, the same audience of the
leader's theme, the same comments. The attestation, for the files, is for HR.
"""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Response, request

from teamhealth import logs
from teamhealth.campaigns import lookup
from teamhealth.cells.model import Snapshot
from teamhealth.conversations.listing import listed
from teamhealth.errors import NotFoundError
from teamhealth.instruments.library import library
from teamhealth.outlets import pdf
from teamhealth.outlets.print_attestation import attestation_pdf
from teamhealth.web.desk.current import access, hr_only
from teamhealth.web.desk.reading import Result, earlier, result
from teamhealth.web.wiring import wired

reports = Blueprint("reports", __name__, url_prefix="/desk/surveys/<survey_id>")


@reports.get("/report.pdf")
def whole(survey_id: str) -> Response:
    """Give the report on all groups, to those who may open all of them."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        if not found.whole:
            raise NotFoundError(
                "The report on all groups is not yours to see. Nothing was changed; the reports of "
                "your groups are on their pages."
            )
        before = earlier(db, access(), found, found.seen.root.id)
    press = partial(pdf.organisation_report, found.seen, found.source.instrument, library())
    return _printed(found, survey_id, press, before)


@reports.get("/groups/<group_id>/report.pdf")
def group(survey_id: str, group_id: str) -> Response:
    """Give the report of one group."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        found.group(group_id)
        before = earlier(db, access(), found, group_id)
        comments = listed(db, survey_id, group_id)
    press = partial(
        pdf.team_report,
        found.seen,
        group_id,
        found.source.instrument,
        library(),
        comments=comments,
    )
    return _printed(found, f"{survey_id}-{group_id}", press, before)


@reports.get("/attestation.pdf")
@hr_only
def attestation(survey_id: str) -> Response:
    """Give the page for the files, in the survey's first language or the one asked for."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        survey = lookup.survey(db, survey_id)
        on_paper = sum(one.on_paper for one in lookup.groups_of(db, survey))
    body = attestation_pdf(
        survey,
        found.seen,
        mark=found.mark,
        on_paper=on_paper,
        language=request.args.get("language", ""),
    )
    return _sent(body, survey_id, f"{survey_id}-attestation")


def _printed(
    found: Result, name: str, press: Callable[..., bytes], before: Sequence[Snapshot]
) -> Response:
    return _sent(press(viewer=found.viewer, earlier=before, mark=found.mark), found.id, name)


def _sent(body: bytes, survey_id: str, name: str) -> Response:
    logs.event("report_written", survey=survey_id)
    response = Response(body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
