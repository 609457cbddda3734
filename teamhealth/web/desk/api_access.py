"""Access for programs: the tokens of the person at the desk, each shown once, ended any time."""

import uuid

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from teamhealth import clock
from teamhealth.accounts import api_tokens
from teamhealth.web.desk import current
from teamhealth.web.desk.api.address import ROOT
from teamhealth.web.desk.api_form import NewToken
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.wiring import wired

api_access = Blueprint("api_access", __name__, url_prefix="/desk/account/api")


@api_access.get("")
def tokens() -> str:
    """List one's own tokens, with a form for another."""
    return _list(NewToken())


@api_access.post("")
def make() -> ResponseReturnValue:
    """Make a token and show it, once."""
    form = NewToken()
    if not form.validate_on_submit():
        return _list(form), 400
    now = clock.now()
    months = int(form.months.data)
    with wired().database.write() as db:
        token = api_tokens.make(db, current.account_id(), form.label.data, months, now=now)
        db.commit()
    return render(
        "desk/api_token.html",
        token=token,
        label=form.label.data,
        until=api_tokens.months_after(now, months),
        address=wired().settings.base_url + ROOT,
    )


@api_access.post("/<uuid:token_id>/end")
def end(token_id: uuid.UUID) -> ResponseReturnValue:
    """End a token at once."""
    with wired().database.write() as db:
        label = api_tokens.end(db, current.account_id(), token_id)
        db.commit()
    flash(
        gettext("The token “%(label)s” has ended. No program can use it any more.", label=label)
    )
    return redirect(url_for(".tokens"), 303)


def _list(form: NewToken) -> str:
    with wired().database.read() as db:
        found = api_tokens.listed(db, current.account_id(), now=clock.now())
    return render(
        "desk/api_access.html",
        form=form,
        tokens=found,
        most=api_tokens.MOST,
        address=wired().settings.base_url + ROOT,
    )
