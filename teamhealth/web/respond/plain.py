"""The form without scripts comes in: the server seals it, as a browser would have done before.

For paper slips only: a slip is nobody's, so that this process, which for a moment sees
answers in clear, cannot know whose they are. It never takes the code of a letter. Promise:
envelope and used slip are stored together or not at all, and nothing else of it is.
"""

import json
import secrets

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import UnsupportedMediaType

from teamhealth import clock
from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import State, Survey
from teamhealth.credentials import envelopes
from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.blindsign import sign
from teamhealth.credentials.codes import CODE_BYTES, unb64
from teamhealth.credentials.receipts import derive
from teamhealth.errors import (
    BadMessageError,
    NotFoundError,
    NotOpenError,
    UnavailableError,
    UsedLinkError,
)
from teamhealth.i18n.languages import choose
from teamhealth.invitations.redeeming import seat_of, spend
from teamhealth.responses.taking import Handed, take
from teamhealth.web.respond import plain_page, plain_reading
from teamhealth.web.respond.addresses import Address, Thing
from teamhealth.web.respond.files import shipped_style
from teamhealth.web.respond.messages import issuer
from teamhealth.web.respond.plain_page import Entered, Problem
from teamhealth.web.respond.ready import HEADERS, HTML, Ready
from teamhealth.web.respond.refusals import Refusals
from teamhealth.web.respond.views import Views
from teamhealth.web.wiring import wired

SENT = "/a/done/plain"  # no survey's id is “done”

_FORM = "application/x-www-form-urlencoded"
_STATUS: dict[Problem, int] = {
    "unknown": 404,
    "used": 409,
    "empty": 400,
    "long": 400,
    "faulty": 400,
    "later": 503,
}


class _NotStoredError(Exception):
    """A form that has to be shown again, and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def plain_form(views: Views) -> Blueprint:
    """Make the place to which the form is sent; ``views`` has the pages of this door."""
    form = Blueprint("plain", __name__)
    refusals = Refusals()

    @form.post("/a/<survey:survey>/plain")
    @form.post("/a/<survey:survey>/plain/<language>")
    def send(survey: str, language: str = "") -> ResponseReturnValue:
        """Store what was sent and lead on, or show the form again."""
        request.max_content_length = plain_reading.LARGEST
        with wired().database.read() as db:
            found = db.get(Survey, survey)
        if found is None or found.state is not State.OPEN:
            address = Address(Thing.PLAIN, survey=survey, language=language)
            return _response(views.find(address, _languages()))
        if language not in found.languages:
            language = choose(_languages(), found.languages)
        if request.mimetype != _FORM:
            raise UnsupportedMediaType
        entered = Entered()
        try:
            entered = _read(found)
            _store(found, entered)
        except _NotStoredError as reason:
            return _again(found, language, entered, reason.problem)
        except NotOpenError:
            return _response(views.notice("closed", _languages(), asked=language))
        return redirect(f"{SENT}/{language}", 303)

    @form.get(f"{SENT}/<language>")
    def sent(language: str) -> Response:
        """Say that it arrived: a page of its own, so that going back sends nothing again."""
        return _page(plain_page.render_sent(language, style_url=shipped_style()), 200)

    @form.errorhandler(Exception)
    def refusal(error: Exception) -> ResponseReturnValue:
        """Tell people who navigate that something went wrong; the fault is noted by its class."""
        told = refusals.refuse(error, now=clock.now())
        ready = views.notice("fault", _languages())
        return Response(ready.plain, told.status, list(ready.headers))

    return form


def _read(survey: Survey) -> Entered:
    try:
        return plain_reading.read(request.form, instrument_of(survey))
    except BadMessageError:
        raise _NotStoredError("faulty") from None


def _store(survey: Survey, entered: Entered) -> None:
    """Seal what was entered and store it with the used slip, in one transaction."""
    token = plain_reading.token(entered.code)
    if token is None:
        raise _NotStoredError("unknown")
    if not entered.answers:
        raise _NotStoredError("empty")
    database = wired().database
    try:
        with database.read() as db:
            seat = seat_of(db, survey.id, token)
        if not seat.paper:
            raise _NotStoredError("unknown")
        handed = _sealed(survey, seat.group_id, entered)
        with database.write() as db:
            spend(db, survey.id, token, secrets.token_bytes(32))
            take(db, survey.id, handed)
            db.commit()
    except NotFoundError:
        raise _NotStoredError("unknown") from None
    except UsedLinkError:
        raise _NotStoredError("used") from None
    except (UnavailableError, OperationalError):
        raise _NotStoredError("later") from None


def _sealed(survey: Survey, group: str, entered: Entered) -> Handed:
    """Do what the browser does at *Send*; the receipt is made, used and forgotten here."""
    secret = derive(secrets.token_bytes(CODE_BYTES), survey.id)
    try:
        letter = envelopes.letter(
            {**entered.answers, **entered.told}, entered.comments, secret.reply_hash
        )
    except ValueError:
        raise _NotStoredError("long") from None
    box = unb64(json.loads(survey.manifest or b"{}")["box"], 65)
    return Handed(
        group_id=group,
        nonce=secret.nonce,
        signature=sign(issuer(survey.id, group), slip(secret.nonce, survey.id, group)),
        envelope=envelopes.seal(letter, box, label(secret.nonce_hash, survey.id, group)),
        edit_hash=secret.edit_hash,
    )


def _again(survey: Survey, language: str, entered: Entered, problem: Problem) -> Response:
    body = plain_page.render(
        survey,
        instrument_of(survey),
        language,
        style_url=shipped_style(),
        entered=entered,
        problem=problem,
    )
    return _page(body, _STATUS[problem])


def _page(body: bytes, status: int) -> Response:
    headers = {**dict(HEADERS), "Content-Type": HTML, **dict([plain_page.POLICY])}
    return Response(body, status, headers)


def _languages() -> str:
    return request.headers.get("Accept-Language", "")


def _response(ready: Ready) -> Response:
    headers, body = ready.packed(request.headers.get("Accept-Encoding", ""))
    return Response(body, ready.status, headers)
