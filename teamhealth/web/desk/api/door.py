"""Who may ask the interface for programs, and how often: a token each time, and nothing else."""

import logging
from datetime import datetime
from math import ceil

from flask import Response, current_app, g, request

from teamhealth import clock, logs
from teamhealth.accounts import api_limiting, api_tokens
from teamhealth.accounts.access import access_of
from teamhealth.accounts.limiting import Tally
from teamhealth.i18n.messages import WRITTEN
from teamhealth.web.desk.api.address import is_api
from teamhealth.web.desk.api.problems import ProblemError
from teamhealth.web.desk.current import is_for_everybody
from teamhealth.web.wiring import wired

_REALM = 'Bearer realm="Team Health"'
_WITHOUT = (
    "This interface wants a token, sent as “Authorization: Bearer …”. You make one at the desk, "
    "under API access. A signed-in browser does not count here."
)
_WRONG = (
    "This token is not valid: it has ended, was never given, or its account has no access any more. "
    "Make another at the desk, under API access."
)
_TOO_MANY = "There were too many requests. Nothing is lost; wait as long as Retry-After says, then go on."
_ONLY_JSON = "This interface answers in JSON only. Ask for application/json."


def speak() -> None:
    """Let everything be told in English: programs compare what they read."""
    if is_api():
        g.language = WRITTEN


def admit() -> None:
    """Let in who brings a token, as its account; refuse everybody else."""
    if is_for_everybody(current_app.view_functions[request.endpoint or ""]):
        return
    token = _brought()
    now = clock.now()
    with wired().database.read() as db:
        found = api_tokens.holder(db, token, now=now)
        access = access_of(db, found.account) if found else None
        flooded = None if found else api_limiting.too_many_wrong(db, now=now)
    if found is None:
        raise _refused(flooded, now)
    with wired().database.write() as db:
        g.tally = api_limiting.count(db, token, now=now)
        db.commit()
    if g.tally.count > api_limiting.OF_ONE:
        raise _too_many(g.tally, now)
    g.account_id, g.access = found.account.id, access


def require_json() -> None:
    """Refuse who cannot read JSON."""
    if request.accept_mimetypes.provided and not request.accept_mimetypes.accept_json:
        raise ProblemError(406, _ONLY_JSON)


def tell_limit(response: Response) -> Response:
    """Say how many more requests this token may send, in the fields of the IETF's draft."""
    tally: Tally | None = g.get("tally")
    if tally is not None:
        most, within = api_limiting.OF_ONE, int(api_limiting.WITHIN.total_seconds())
        left, wait = max(0, most - tally.count), _seconds(tally, clock.now())
        response.headers["RateLimit-Policy"] = f'"token";q={most};w={within}'
        response.headers["RateLimit"] = f'"token";r={left};t={wait}'
    return response


def _brought() -> str:
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise ProblemError(401, _WITHOUT, headers={"WWW-Authenticate": _REALM})
    return sent.token


def _refused(flooded: Tally | None, now: datetime) -> ProblemError:
    """Count a wrong token; once there were too many, no more of them is written down."""
    kind = "too_many" if flooded else "wrong"
    logs.event("api_refused", level=logging.WARNING, kind=kind)
    if flooded:
        return _too_many(flooded, now)
    with wired().database.write() as db:
        api_limiting.count_wrong(db, now=now)
        db.commit()
    told = f'{_REALM}, error="invalid_token"'
    return ProblemError(401, _WRONG, headers={"WWW-Authenticate": told})


def _too_many(tally: Tally, now: datetime) -> ProblemError:
    return ProblemError(429, _TOO_MANY, headers={"Retry-After": str(_seconds(tally, now))})


def _seconds(tally: Tally, now: datetime) -> int:
    return max(1, ceil((tally.until - now).total_seconds()))
