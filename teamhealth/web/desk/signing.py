"""Signing in and out, setting up an account, another password."""

import uuid
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.accounts import changing, setting_up, signing_in
from teamhealth.web.desk import current, sessions, speaking
from teamhealth.web.desk.current import for_everybody
from teamhealth.web.desk.forms import FirstSetUp, NewPassword, SetUp, SignIn
from teamhealth.web.desk.speaking import gettext, lazy, render
from teamhealth.web.wiring import wired

signing = Blueprint("signing", __name__)

_START = "/desk"
_WRONG = lazy("E-mail address or password is not right. Please try again.")
_TOO_MANY = lazy(
    "There were too many tries. Please wait a quarter of an hour, then try again; "
    "if you do not know your password, ask HR for a new link."
)


@signing.route("/desk/sign-in", methods=["GET", "POST"])
@for_everybody
def sign_in() -> ResponseReturnValue:
    """Sign somebody in and show the page they wanted."""
    if current.maybe_access():
        return redirect(_START, 303)
    form = SignIn(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return _page(form)
    now = clock.now()
    with wired().database.read() as db:
        attempt = signing_in.check(db, form.email.data, form.password.data, now=now)
    with wired().database.write() as db:
        attempt = signing_in.settle(db, attempt, now=now)
        if attempt.account:
            sessions.enter(db, attempt.account)
            _keep_language(db, attempt.account)
        db.commit()
    if attempt.account:
        return redirect(own_page(form.next.data), 303)
    form.password.errors = [_TOO_MANY if attempt.too_many else _WRONG]
    return _page(form, 429 if attempt.too_many else 403)


@signing.post("/desk/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's session; the page that follows keeps the account's language."""
    own = current.access().language or None
    with wired().database.write() as db:
        sessions.leave(db)
        db.commit()
    return redirect(url_for("signing.sign_in", lang=own), 303)


@signing.route("/desk/setup/<token>", methods=["GET", "POST"])
@for_everybody
def set_up(token: str) -> ResponseReturnValue:
    """Let the holder of a set-up link choose a password, and sign them in."""
    now = clock.now()
    with wired().database.read() as db:
        account = setting_up.holder(db, token, now=now)
    form = SetUp(obj=account) if account else FirstSetUp()
    if not form.validate_on_submit():
        page = render("desk/set_up.html", form=form, account=account)
        return page, 400 if form.errors else 200
    email = account.email if account else form.email.data
    with wired().database.write() as db:
        found = setting_up.set_up(
            db, token, email=email, name=form.name.data, password=form.password.data, now=now
        )
        sessions.enter(db, found)
        _keep_language(db, found)
        db.commit()
    return redirect(_START, 303)


@signing.route("/desk/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    form = NewPassword()
    if form.validate_on_submit():
        with wired().database.write() as db:
            right = changing.change_password(
                db,
                changing.find(db, current.account_id()),
                form.present.data,
                form.password.data,
                now=clock.now(),
            )
            if right:
                sessions.enter(db, current.account_id())
            db.commit()
        if right:
            flash(
                gettext(
                    "Your password is changed. Everybody else who was signed in with it is signed out, and your tokens for programs have ended."
                )
            )
            return redirect(url_for("signing.password"), 303)
        form.present.errors = [gettext("This is not your current password.")]
    return render("desk/password.html", form=form), 400 if form.errors else 200


def own_page(wanted: str | None) -> str:
    """Return the address if it is a page of the desk, else the desk's start.

    Whoever makes somebody follow a link must not choose where signing in leads.
    """
    if not wanted or "\\" in wanted or not wanted.isprintable() or ".." in wanted:
        return _START
    url = urlsplit(wanted)
    is_ours = not url.scheme and not url.netloc and url.path.startswith("/desk/")
    return wanted if is_ours else _START


def _keep_language(db: Session, account_id: uuid.UUID) -> None:
    """Keep the language that somebody chose before they signed in, if their account has none yet."""
    account = changing.find(db, account_id)
    if (wanted := speaking.chosen()) and not account.language:
        changing.set_language(account, wanted)


def _page(form: SignIn, status: int = 0) -> ResponseReturnValue:
    page = render("desk/sign_in.html", form=form)
    headers = {"Retry-After": "900"} if status == HTTPStatus.TOO_MANY_REQUESTS else {}
    return page, status or (400 if form.errors else 200), headers
