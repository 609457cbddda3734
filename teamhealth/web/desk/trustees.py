"""What passes between HR and a survey's trustee at the desk: rehearsal and proof, sealed answers and result.

Promise: nothing here can be opened by whoever carries it; what is brought back is
checked, and a refusal is told in words on the survey's page.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.campaigns import entrusting
from teamhealth.campaigns.models import State, Survey, TrusteeTray
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.web.desk import rights
from teamhealth.web.desk.current import access
from teamhealth.web.desk.speaking import gettext
from teamhealth.web.wiring import wired

trustees = Blueprint("trustees", __name__, url_prefix="/desk/surveys/<survey_id>")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a survey and its trustee are.

    ``is_proved`` before the opening; ``has_rehearsal`` and ``has_box`` tell what can be
    downloaded here. ``until`` is when the result must have come, ``days`` how long a
    closed box waits; ``refusal`` says why the last result was not taken.
    """

    name: str
    address: str
    is_proved: bool
    has_rehearsal: bool
    has_box: bool
    until: datetime | None
    days: int
    is_checking: bool
    refusal: str


def standing(db: Session, survey: Survey) -> Standing | None:
    """Return how far a survey with a trustee is; None for others, and when all is over."""
    row = db.execute(
        select(
            TrusteeTray.proof.is_not(None).label("proved"),
            TrusteeTray.rehearsal.is_not(None).label("rehearsal"),
            TrusteeTray.result.is_not(None).label("result"),
            TrusteeTray.until,
            TrusteeTray.refusal,
        ).where(TrusteeTray.survey_id == survey.id)
    ).one_or_none()
    if row is None or survey.trustee is None:
        return None
    proved = bool(row.proved)
    return Standing(
        name=survey.trustee["name"],
        address=survey.trustee["address"],
        is_proved=proved,
        has_rehearsal=bool(row.rehearsal),
        has_box=entrusting.box_place(wired().settings, survey.id).is_file(),
        until=row.until,
        days=entrusting.PATIENCE.days,
        is_checking=bool(row.result) or (survey.state is State.PREPARING and proved),
        refusal=row.refusal,
    )


@trustees.get("/rehearsal")
def rehearsal(survey_id: str) -> Response:
    """Give the made-up answers for the trustee."""
    with wired().database.read() as db:
        _entrusted(db, survey_id)
        body = entrusting.rehearsal(db, survey_id)
    return _download(io.BytesIO(body), f"{survey_id}.rehearsal")


@trustees.post("/proof")
def proof(survey_id: str) -> ResponseReturnValue:
    """Take the trustee's proof; the worker makes the keys and opens the survey."""
    done = gettext("The proof is right. The survey opens in a moment.")
    return _taken(survey_id, entrusting.prove, done)


@trustees.get("/box")
def box(survey_id: str) -> Response:
    """Give the sealed answers, which nobody but the trustee can open."""
    with wired().database.read() as db:
        survey = _entrusted(db, survey_id)
        entrusting.require_awaited(db, survey)
    place = entrusting.box_place(wired().settings, survey_id)
    if not place.is_file():
        raise NotFoundError(
            gettext(
                "The file with the sealed answers is not on this machine. Nothing was changed. On the "
                "machine with the keys, `teamhealth trustee box %(survey)s -o FILE` writes it.",
                survey=survey_id,
            )
        )
    return _download(place, f"{survey_id}.box")


@trustees.post("/result")
def result(survey_id: str) -> ResponseReturnValue:
    """Lay the trustee's result down; the worker checks it."""
    done = gettext("The result has arrived and is being checked.")
    return _taken(survey_id, entrusting.hand_in, done)


def _entrusted(db: Session, survey_id: str) -> Survey:
    """Return a survey this person may decide about; RefusedError, in their language, if it has no trustee."""
    survey = rights.decided(db, access(), survey_id)
    if survey.trustee is None:
        raise RefusedError(
            gettext(
                "This survey has no trustee: it is counted here when it closes. Nothing was changed."
            )
        )
    return survey


def _taken(
    survey_id: str, take: Callable[[Session, str, bytes], object], done: str
) -> ResponseReturnValue:
    """Store what was brought, or tell why not; back to the survey's page either way."""
    body = _brought()
    with wired().database.write() as db:
        _entrusted(db, survey_id)
        try:
            take(db, survey_id, body)
        except RefusedError as refusal:
            return _back(survey_id, str(refusal), kind="english")
        db.commit()
    return _back(survey_id, done)


def _brought() -> bytes:
    file = request.files.get("file")
    if file is None:
        return b""
    with file.stream as body:
        return body.read()


def _back(survey_id: str, told: str, *, kind: str = "message") -> ResponseReturnValue:
    flash(told, kind)
    return redirect(url_for("surveys.one", survey_id=survey_id), 303)


def _download(body: io.BytesIO | Path, name: str) -> Response:
    return send_file(
        body,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=name,
        last_modified=clock.now(),
        etag=False,
    )
