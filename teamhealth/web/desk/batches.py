"""All reports of a survey at once, for HR: choose, watch, download. The worker prints them.

Promise: what is given out is what would be printed now; the file is sent piece by piece,
however large it is.
"""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import BooleanField, Field, Form, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from teamhealth import clock
from teamhealth.campaigns import batches as stored
from teamhealth.campaigns.released import Batch
from teamhealth.conversations import listing
from teamhealth.errors import NotFoundError
from teamhealth.i18n.languages import name_of
from teamhealth.i18n.messages import OFFERED
from teamhealth.outlets.kinds import Kind, wanted
from teamhealth.web.desk.current import access, hr_only
from teamhealth.web.desk.reading import Result, result
from teamhealth.web.desk.speaking import gettext, language, lazy, render
from teamhealth.web.wiring import wired

batches = Blueprint("batches", __name__, url_prefix="/desk/surveys/<survey_id>/reports")

_LOOK_AGAIN = "10"  # seconds
_PATIENCE = timedelta(minutes=5)
_PIECE = 1 << 18  # bytes
_MEGABYTE = 1_000_000
_NAMES = {
    Kind.ORGANISATION: lazy("The report on all groups, for HR and the board"),
    Kind.SUMMARY: lazy("The summary of one page, for everybody who was asked"),
    Kind.TEAM: lazy("The report of each group, for whoever leads it"),
    Kind.BRANCH: lazy("The report on each group with all those below it, for directors"),
    Kind.SLIDES: lazy("Slides of each group, to show to the team"),
    Kind.TALK: lazy("A guide to a talk without numbers, for each group without a result"),
}
_USUAL = (Kind.ORGANISATION, Kind.SUMMARY, Kind.TEAM, Kind.BRANCH, Kind.TALK)


def _at_least_one(_form: Form, field: Field) -> None:
    if not field.data:
        raise ValidationError(gettext("Choose at least one kind of report."))


class BatchForm(Form):
    """In which language, which kinds, with comments or without."""

    language = SelectField(lazy("Language"))
    kinds = SelectMultipleField(
        lazy("What is printed"),
        [_at_least_one],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    comments = BooleanField(
        lazy("With comments, where a group lists them"),
        description=lazy(
            "Whoever gets such a file reads what was written. Without them, comments are read at "
            "the desk only, by those who may."
        ),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A batch as the page tells of it. ``megabytes`` is None where its file is not on this machine."""

    batch: Batch
    until: datetime
    megabytes: float | None
    is_current: bool
    is_late: bool

    @property
    def kinds(self) -> list[str]:
        """What is in it, in words."""
        return [str(_NAMES[Kind(kind)]) for kind in self.batch.kinds]


@batches.get("")
@hr_only
def all_reports(survey_id: str) -> Response:
    """Show what can be printed, what is being printed, and what is ready."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        return _page(db, found, _form(found))


@batches.post("")
@hr_only
def wish(survey_id: str) -> ResponseReturnValue:
    """Have reports printed; nothing happens if the same are there or under way."""
    with wired().database.write() as db:
        found = result(db, access(), survey_id)
        form = _form(found)
        if not form.validate():
            return _page(db, found, form), 400
        kinds = [kind for kind in _counted(found) if kind in form.kinds.data]
        stored.ask(
            db,
            survey_id,
            language=form.language.data,
            kinds=kinds,
            comments=form.comments.data,
            edition=_edition(db, found, comments=form.comments.data),
            total=sum(_counted(found)[kind] for kind in kinds),
            now=clock.now(),
        )
        db.commit()
    return redirect(url_for("batches.all_reports", survey_id=survey_id), 303)


@batches.get("/<uuid:batch_id>.zip")
@hr_only
def download(survey_id: str, batch_id: uuid.UUID) -> Response:
    """Give a finished batch, piece by piece."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        standing = _standing(db, found, stored.find(db, survey_id, batch_id), clock.now())
    if standing.megabytes is None or not standing.is_current:
        raise NotFoundError(
            gettext(
                "These reports are not here: they are not finished, were deleted, or hold a comment that "
                "was taken back. Nothing was changed. Have them printed again."
            )
        )
    place = stored.zip_of(wired().settings.home, standing.batch)
    response = Response(_pieces(place), mimetype="application/zip")
    response.headers["Content-Length"] = str(place.stat().st_size)
    name = f"{survey_id}-reports-{standing.batch.language}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(found: Result) -> BatchForm:
    many = _counted(found)
    form = BatchForm(
        request.form or None,
        data={"language": language(), "kinds": [kind for kind in _USUAL if kind in many]},
    )
    form.language.choices = [(one, name_of(one)) for one in OFFERED]
    form.kinds.choices = [(kind.value, name) for kind, name in _NAMES.items() if kind in many]
    return form


def _page(db: Session, found: Result, form: BatchForm) -> Response:
    now = clock.now()
    all_of_them = [_standing(db, found, one, now) for one in stored.of(db, found.id)]
    page = render(
        "desk/surveys/batches/page.html",
        survey=found,
        form=form,
        many=_counted(found),
        batches=all_of_them,
        day=stored.KEPT.days,
    )
    response = make_response(page)
    if request.method == "GET" and any(one.batch.ready_at is None for one in all_of_them):
        response.headers["Refresh"] = _LOOK_AGAIN
    return response


def _standing(db: Session, found: Result, batch: Batch, now: datetime) -> Standing:
    return Standing(
        batch=batch,
        until=batch.asked_at + stored.KEPT,
        megabytes=_megabytes(batch),
        is_current=batch.edition == _edition(db, found, comments=batch.comments),
        is_late=batch.lease_until is None and now > batch.asked_at + _PATIENCE,
    )


def _megabytes(batch: Batch) -> float | None:
    """Return the size of a finished batch; None where these pages cannot read it."""
    try:
        size = stored.zip_of(wired().settings.home, batch).stat().st_size
    except OSError:
        return None
    return size / _MEGABYTE if batch.ready_at is not None else None


def _edition(db: Session, found: Result, *, comments: bool) -> str:
    listed = sum(listing.how_many(db, found.id).values()) if comments else None
    return stored.edition(found.mark, listed)


def _counted(found: Result) -> dict[str, int]:
    """Return how many there are of each kind, in the order of the page."""
    many: Counter[Any] = Counter(one.kind for one in wanted(found.seen))
    return {kind: many[kind] for kind in _NAMES if many[kind]}


def _pieces(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
