"""Results at the desk: one survey as a whole, a group, and every page that leads on from them.

HR reads what is counted, leaders what is published: the groups they lead and those
below. Anything else is not there for them. Every state of a page is an address.
"""

from collections.abc import Iterable

from flask import Blueprint, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from teamhealth.cells.model import GroupResult
from teamhealth.conversations.listing import listed
from teamhealth.i18n.lists import listed as in_words
from teamhealth.outlets import classes, foundations
from teamhealth.snapshots.shelf import Shelf
from teamhealth.web.desk import (
    answered,
    by_class,
    comment_pages,
    contents,
    exporting,
    group_lists,
    item_page,
    over_time,
    standing_out,
)
from teamhealth.web.desk.current import access
from teamhealth.web.desk.group_view import GroupView, group_view
from teamhealth.web.desk.reading import SHELF, Result, earlier, result
from teamhealth.web.desk.speaking import language, render
from teamhealth.web.wiring import wired

results = Blueprint("results", __name__, url_prefix="/desk/surveys/<survey_id>")
results.add_url_rule("/matrix", "matrix", group_lists.matrix)
results.add_url_rule("/matrix.json", "overview", group_lists.overview)
results.add_url_rule("/themes/<theme_id>", "theme", group_lists.theme)
results.add_url_rule("/items/<item_id>", "item", item_page.item)
results.add_url_rule("/answered", "answered", answered.answered)
results.add_url_rule("/comments", "comments", comment_pages.comments)
results.add_url_rule("/groups/<group_id>/comments", "group_comments", comment_pages.of_group)
results.add_url_rule("/groups/<group_id>/surveys", "over_time", over_time.over_time)
results.add_url_rule("/by/<attribute_id>", "by_class", by_class.by_class)
results.add_url_rule("/export.<kind>", "export", exporting.export)


results.add_app_template_filter(zip, "zip")


@results.app_template_filter("joined")
def _joined(parts: Iterable[str]) -> Markup:
    """Join parts of a page in words, as the reader's language does; what is no markup is escaped."""
    return Markup(in_words([str(escape(part)) for part in parts], language()))  # noqa: S704


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
    if not found.whole or root.responses is None:
        return render(
            "desk/results/groups_of.html",
            result=found,
            page=group_lists.page_of(found),
            unlike=standing_out.unlike(found),
        )
    return _whole(found, group_view(found, root, root.responses, before))


def _whole(found: Result, view: GroupView) -> str:
    told_of = classes.told_of(found.source)
    carry = foundations.foundations(found.seen, found.wording)
    for_hr = access().is_hr
    return render(
        "desk/results/survey.html",
        result=found,
        view=view,
        here=found.seen.root,
        sections=contents.of_survey(
            view, for_hr=for_hr, told_of=bool(told_of), carry=bool(carry)
        ),
        page=group_lists.page_of(found),
        unlike=standing_out.unlike(found),
        moved=standing_out.moved(found),
        first=standing_out.look_first(found) if for_hr else None,
        most_named=standing_out.MOST_NAMED,
        told_of=told_of,
        foundations=carry,
        drivers=foundations.drivers(found.seen, found.wording),
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
        here = one.comments_in == one.id
        comments = len(listed(db, survey_id, group_id)) if here else 0
    view = group_view(found, one, one.responses, before)
    below = found.tree.below(group_id)
    told = bool(comments) or (view.read_with is not None and view.size != "small")
    return render(
        "desk/results/group.html",
        result=found,
        view=view,
        sections=contents.of_group(view, comments=told, below=bool(below)),
        above=found.tree.above(one),
        below=below,
        comments=comments,
    )


def _without_result(found: Result, group: GroupResult) -> str:
    asked = {theme.id for theme in found.seen.themes}
    talk = [theme for theme in found.source.library.themes if theme.id in asked][:3]
    return render(
        "desk/results/without_result.html",
        result=found,
        here=group,
        above=found.tree.above(group),
        below=found.tree.below(group.id),
        counted_in=found.seen.group(group.counted_in) if group.counted_in else None,
        talk=talk,
    )
