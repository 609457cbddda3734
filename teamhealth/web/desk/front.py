"""The front door of the whole address, for people who typed it, and the start of the desk."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from teamhealth.web.desk.current import for_everybody
from teamhealth.web.desk.speaking import render

front = Blueprint("front", __name__)


@front.get("/")
@for_everybody
def door() -> str:
    """Tell where answers and results are; the same for everybody."""
    return render("desk/front.html")


@front.get("/desk")
def start() -> ResponseReturnValue:
    """Go to the page where work at the desk begins."""
    return redirect("/desk/surveys", 303)
