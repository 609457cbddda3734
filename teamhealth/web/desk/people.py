"""Who has access: HR gives it, renews set-up links, and takes it away."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.accounts import changing, listing, setting_up
from teamhealth.accounts.models import Account
from teamhealth.errors import NotFoundError
from teamhealth.web.desk.current import hr_only
from teamhealth.web.desk.forms import NewAccount
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.wiring import wired

people = Blueprint("people", __name__, url_prefix="/desk/people")


@people.get("")
@hr_only
def accounts() -> str:
    """List everybody who has access."""
    return _list(NewAccount())


@people.post("")
@hr_only
def add() -> ResponseReturnValue:
    """Give somebody access; show the set-up link, once."""
    form = NewAccount()
    if not form.validate_on_submit():
        return _list(form), 400
    with wired().database.write() as db:
        account = changing.add(
            db, email=form.email.data, name=form.name.data, is_hr=form.role.data == "hr"
        )
        page = _links(db, [account])
        db.commit()
    return page


@people.post("/<uuid:account_id>/link")
@hr_only
def renew(account_id: uuid.UUID) -> str:
    """Show a new set-up link, once; an older one is void."""
    with wired().database.write() as db:
        page = _links(db, [changing.find(db, account_id)])
        db.commit()
    return page


@people.post("/<uuid:account_id>/<any(close, reopen, hr, 'not-hr'):change>")
@hr_only
def change(account_id: uuid.UUID, change: str) -> ResponseReturnValue:
    """End or give back access, give or take the rights of HR."""
    with wired().database.write() as db:
        account = changing.find(db, account_id)
        if change == "close":
            changing.close(db, account)
        elif change == "reopen":
            changing.reopen(account)
        else:
            changing.set_hr(db, account, is_hr=change == "hr")
        flash(_done(change, account.name))
        db.commit()
    return redirect(url_for("people.accounts"), 303)


@people.get("/leaders")
@hr_only
def leaders() -> str:
    """List who leads groups but has no account yet."""
    with wired().database.read() as db:
        found = listing.leaders_without_account(db)
    return render("desk/people_leaders.html", leaders=found, most=listing.SIZE)


@people.post("/leaders")
@hr_only
def invite() -> str:
    """Make accounts for the first of that list, or for one of them; show their links, once."""
    wanted = request.form.get("email")
    with wired().database.write() as db:
        found = listing.leaders_without_account(db)
        chosen = [one for one in found if wanted in (None, one.email)][: listing.SIZE]
        if not chosen:
            raise NotFoundError(
                gettext("Nobody on this list needs an account now. Nothing was changed.")
            )
        made = [changing.add(db, email=one.email, name=one.name, is_hr=False) for one in chosen]
        page = _links(db, made)
        db.commit()
    return page


def _done(change: str, name: str) -> str:
    told = {
        "close": gettext("%(name)s cannot sign in any more and is signed out.", name=name),
        "reopen": gettext("%(name)s can sign in again.", name=name),
        "hr": gettext("%(name)s now has the rights of HR.", name=name),
        "not-hr": gettext("%(name)s has the rights of HR no longer.", name=name),
    }
    return told[change]


def _list(form: NewAccount) -> str:
    asked = request.args.get("page", 1, type=int)
    with wired().database.read() as db:
        pages = listing.pages(db)
        number = min(max(1, asked), pages)
        return render(
            "desk/people.html",
            form=form,
            rows=listing.accounts(db, page=number, now=clock.now()),
            page=number,
            pages=pages,
            waiting=len(listing.leaders_without_account(db)),
        )


def _links(db: Session, accounts: Sequence[Account]) -> str:
    """Make a set-up link for each account, and the page that shows them."""
    now = clock.now()
    base = wired().settings.base_url
    links = [
        (
            account,
            base + url_for("signing.set_up", token=setting_up.link_for(db, account, now=now)),
        )
        for account in accounts
    ]
    return render("desk/people_links.html", links=links, until=now + setting_up.LIFE)
