"""The cookie of a signed-in browser: which session it is, and nothing about the person.

Promise: it goes to addresses under ``/desk`` only, no script can read it, and it is
worthless once the session's row is gone.
"""

import uuid

from flask import Flask, g, request, session  # noqa: TID251  (this is the desk's sign-in)
from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.accounts import sessions, tokens
from teamhealth.accounts.access import access_of
from teamhealth.settings import Settings
from teamhealth.web.desk.api.address import is_api
from teamhealth.web.wiring import wired

PREFIX = "/desk"
_TOKEN = "session"  # noqa: S105  (the name of the cookie's field)


def set_up(app: Flask, settings: Settings) -> None:
    """Give an app its signed cookie."""
    app.secret_key = tokens.desk_key(settings.home)
    app.config.update(
        SESSION_COOKIE_NAME="teamhealth_desk",
        SESSION_COOKIE_PATH=PREFIX,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=sessions.IDLE,
        SESSION_REFRESH_EACH_REQUEST=False,  # ``recognise`` does, on pages only
    )


def recognise() -> None:
    """Find out who is at the desk, for ``current``; asks the database only with a cookie of ours.

    Nobody is signed in for the interface for programs.
    """
    g.access = None
    is_page = f"{request.path}/".startswith(f"{PREFIX}/") and request.blueprint != "files"
    token = session.get(_TOKEN) if is_page and not is_api() else None
    if not token:
        return
    now = clock.now()
    with wired().database.read() as db:
        found = sessions.account_of(db, token, now=now)
        if found is None:
            return
        account, is_stale = found
        g.account_id, g.access = account.id, access_of(db, account)
    if is_stale:
        with wired().database.write() as db:
            sessions.prolong(db, token, now=now)
            session.modified = True  # the cookie goes out again, with a new end
            db.commit()


def enter(db: Session, account_id: uuid.UUID) -> None:
    """Sign this browser in; nothing it carried before stays, so nobody else chose its session."""
    session.clear()
    session.permanent = True
    session[_TOKEN] = sessions.begin(db, account_id, now=clock.now())


def leave(db: Session) -> None:
    """Sign this browser out."""
    sessions.end(db, session.get(_TOKEN, ""))
    session.clear()
    g.access = None
