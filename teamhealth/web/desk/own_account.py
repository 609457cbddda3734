"""What somebody at the desk chooses for themselves: its language."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from teamhealth.accounts import changing
from teamhealth.web.desk import current, speaking
from teamhealth.web.desk.forms import OwnLanguage
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.wiring import wired

own_account = Blueprint("own_account", __name__)


@own_account.route("/desk/account", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Show the language and keep another; empty leaves it to the browser."""
    form = OwnLanguage(language=current.access().language)
    if not form.validate_on_submit():
        return render("desk/account.html", form=form), 400 if form.errors else 200
    wanted = form.language.data
    with wired().database.write() as db:
        changing.set_language(changing.find(db, current.account_id()), wanted)
        db.commit()
    speaking.speak(wanted)
    flash(gettext("Your choice is kept, and holds wherever you sign in."))
    return redirect(url_for("own_account.show"), 303)
