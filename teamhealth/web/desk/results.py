"""Results at the desk: one survey as a whole, a group, groups × themes, a theme, classes, downloads.

HR reads what is counted, leaders what is published: the groups they lead and those
below. Anything else is not there for them.
"""

from flask import Blueprint, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from teamhealth.cells.model import GroupResult
from teamhealth.conversations.listing import listed
from teamhealth.instruments.library import library
from teamhealth.outlets import classes, foundations
from teamhealth.snapshots.shelf import Shelf
from teamhealth.web.desk import by_class, exporting, group_lists
from teamhealth.web.desk.current import access
from teamhealth.web.desk.group_view import group_view
from teamhealth.web.desk.reading import SHELF, Result, earlier, result
from teamhealth.web.desk.speaking import render
from teamhealth.web.wiring import wired

results = Blueprint("results", __name__, url_prefix="/desk/surveys/<survey_id>")
results.add_url_rule("/matrix", "matrix", group_lists.matrix)
results.add_url_rule("/matrix.json", "overview", group_lists.overview)
results.add_url_rule("/themes/<theme_id>", "theme", group_lists.theme)
results.add_url_rule("/by/<attribute_id>", "by_class", by_class.by_class)
results.add_url_rule("/export.<kind>", "export", exporting.export)


results.add_app_template_filter(zip, "zip")


@results.record_once
def _prepare(state: BlueprintSetupState) -> None:
    state.app.extensions[SHELF] = Shelf()


@results.get("/results")
def survey(survey_id: str) -> ResponseReturnValue:
    """Show a survey as a whole; to a leader of one group that group, to others a list of theirs."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        root = found.seen.root
        tops = found.tree.tops
        if not found.whole and len(tops) == 1:
            return redirect(url_for(".group", survey_id=survey_id, group_id=tops[0].id), 303)
        before = earlier(db, access(), found, root.id) if found.whole else []
    view = None
    if found.whole and root.responses is not None:
        view = group_view(found, root, root.responses, library(), before)
    return render(
        "desk/results/survey.html",
        result=found,
        view=view,
        page=found.tree.page(),
        unlike=group_lists.unlike(found),
        told_of=classes.told_of(found.source) if view else (),
        foundations=foundations.foundations(found.seen, found.wording) if view else (),
        drivers=foundations.drivers(found.seen, found.wording) if view else None,
    )


@results.get("/groups/<group_id>")
def group(survey_id: str, group_id: str) -> str:
    """Show one group; where it has no result, where its answers are counted."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        one = found.group(group_id)
        if one.responses is None:
            return _without_result(found, one)
        before = earlier(db, access(), found, group_id)
        comments = _comments(db, found, one)
    return render(
        "desk/results/group.html",
        result=found,
        view=group_view(found, one, one.responses, library(), before),
        above=found.tree.above(one),
        below=found.tree.below(group_id),
        comments=comments,
    )


def _without_result(found: Result, group: GroupResult) -> str:
    asked = {theme.id for theme in found.seen.themes}
    talk = [theme for theme in library().themes if theme.id in asked][:3]
    return render(
        "desk/results/without_result.html",
        result=found,
        group=group,
        above=found.tree.above(group),
        below=found.tree.below(group.id),
        counted_in=found.seen.group(group.counted_in) if group.counted_in else None,
        talk=talk,
    )


def _comments(db: Session, found: Result, group: GroupResult) -> dict[str, list[str]]:
    """Return what was written, question by question, in the stored order, which means nothing."""
    told: dict[str, list[str]] = {}
    if group.comments_in == group.id:
        for comment in listed(db, found.id, group.id):
            told.setdefault(found.wording.questions[comment.question], []).append(comment.body)
    return told
