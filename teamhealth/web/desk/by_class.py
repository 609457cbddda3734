"""The page of a survey's results by one thing that people could tell of themselves.

It covers the whole survey, so it is there for those who may open all of it.
"""

from teamhealth.errors import NotFoundError
from teamhealth.outlets import classes
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import result
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.wiring import wired


def by_class(survey_id: str, attribute_id: str) -> str:
    """Show themes and statements class by class."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    told = {one.id: one for one in classes.told_of(found.source)} if found.whole else {}
    if attribute_id not in told:
        raise NotFoundError(
            gettext("There is no such result, or it is not yours to see. Nothing was changed.")
        )
    return render(
        "desk/results/by_class.html",
        result=found,
        view=classes.by_class(found.source, told.pop(attribute_id)),
        others=told.values(),
    )
