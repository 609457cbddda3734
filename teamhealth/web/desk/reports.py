"""Reports to take along: PDFs of the whole survey, of a group, or of a branch, for the person who asks.

Promise: they hold what their pages show, no more: the same groups, the same audience of the
leader's theme, the same comments. The attestation, for the files, is for HR.
"""

from dataclasses import replace

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from teamhealth import clock, logs
from teamhealth.campaigns import lookup, releasing
from teamhealth.conversations.listing import listed
from teamhealth.errors import NotFoundError, WrongUseError
from teamhealth.i18n import messages
from teamhealth.instruments.guidance import library_in
from teamhealth.outlets import kinds, sections
from teamhealth.outlets.kinds import Kind, Material, Wanted
from teamhealth.outlets.print_attestation import attestation_pdf
from teamhealth.web.desk import speaking
from teamhealth.web.desk.current import access, hr_only
from teamhealth.web.desk.reading import Result, earlier, result
from teamhealth.web.desk.speaking import gettext as _
from teamhealth.web.wiring import wired

reports = Blueprint("reports", __name__, url_prefix="/desk/surveys/<survey_id>")


@reports.get("/report.pdf")
def whole(survey_id: str) -> Response:
    """Give the report on all groups, to those who may open all of them."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        if not found.whole:
            raise NotFoundError(
                _(
                    "The report on all groups is not yours to see. Nothing was changed; the reports of "
                    "your groups are on their pages."
                )
            )
        material = _material(db, found, found.seen.root.id)
    return _printed(found, Kind.ORGANISATION, found.seen.root.id, material, survey_id)


@reports.get("/summary.pdf")
def summary(survey_id: str) -> Response:
    """Give the page for all employees: to those who may open all groups, to all once it is for everybody."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        if not (found.whole or _is_for_everybody(db, survey_id)):
            raise NotFoundError(
                _(
                    "The summary for everybody is not yours to see yet. Nothing was changed; the "
                    "summaries of your groups are on their pages."
                )
            )
        material = _material(db, found, found.seen.root.id)
    name = f"{survey_id}-summary"
    return _printed(found, Kind.SUMMARY, found.seen.root.id, material, name)


@reports.get("/groups/<group_id>/report.pdf")
def group(survey_id: str, group_id: str) -> Response:
    """Give the report of one group, without the sections named in ``leave_out``."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        found.group(group_id)
        material = _material(db, found, group_id)
    left_out = sections.named(request.args.getlist("leave_out"))
    material = replace(material, leave_out=left_out)
    return _printed(found, Kind.TEAM, group_id, material, f"{survey_id}-{group_id}")


@reports.get("/groups/<group_id>/<any(slides,summary,talk,branch):kind>.pdf")
def handout(survey_id: str, group_id: str, kind: str) -> Response:
    """Give the slides, the summary or the talk of one group, or the report on it and all below."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        found.group(group_id)
        if kind == Kind.BRANCH:
            _require_branch(found, group_id)
        material = _material(db, found, group_id)
    return _printed(found, Kind(kind), group_id, material, f"{survey_id}-{group_id}-{kind}")


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


def _material(db: Session, found: Result, group_id: str) -> Material:
    """Return what a PDF of one group is made from, as this person may read it."""
    language = _language()
    release = releasing.of(db, found.id)
    comments = listed(db, found.id, group_id)
    return Material(
        snapshot=found.seen,
        instrument=found.source.instrument,
        library=library_in(language),
        viewer=found.viewer,
        earlier=earlier(db, access(), found, group_id),
        comments=lambda _group: comments,
        mark=found.mark,
        language=language,
        published=release.leaders_from.date() if release else None,
        above=_reads_above(db, found, group_id),
    )


def _reads_above(db: Session, found: Result, group_id: str) -> bool:
    """Tell whether a person may read the summary of the group in which theirs is counted."""
    wider = found.seen.group(group_id).counted_in
    release = releasing.of(db, found.id)
    return found.opens(wider) or not releasing.withheld_until(release, now=clock.now())


def _is_for_everybody(db: Session, survey_id: str) -> bool:
    release = releasing.of(db, survey_id)
    since = release.everybody_from if release else None
    return since is not None and since <= clock.now()


def _require_branch(found: Result, group_id: str) -> None:
    """Refuse a branch some of whose groups this person may not open, or not yet."""
    below = {group_id}
    for one in found.seen.groups:
        if one.parent in below:
            below.add(one.id)
    if not all(found.opens(one) for one in below):
        raise NotFoundError(
            _(
                "The report on the groups below is not yours to see yet. Nothing was changed; the "
                "report of the group itself is on its page."
            )
        )


def _language() -> str:
    """Return the language asked for, else that of the pages."""
    wanted = request.args.get("language") or speaking.language()
    if wanted not in messages.OFFERED:
        raise WrongUseError(
            _(
                "There are no reports in “%(language)s”, only in %(offered)s. Nothing was printed.",
                language=wanted,
                offered=", ".join(messages.OFFERED),
            )
        )
    return wanted


def _printed(
    found: Result, kind: Kind, group_id: str, material: Material, name: str
) -> Response:
    body = kinds.printed(Wanted(kind, group_id, ""), material)
    return _sent(body, found.id, name)


def _sent(body: bytes, survey_id: str, name: str) -> Response:
    logs.event("report_written", survey=survey_id)
    response = Response(body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
