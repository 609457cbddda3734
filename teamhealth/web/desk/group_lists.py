"""Pages over several groups: groups × themes, and one theme over the groups. In the tree's order, always."""

from flask import Response, jsonify, request

from teamhealth.advice.highlights import is_apart
from teamhealth.cells.model import GroupResult
from teamhealth.cells.silence import is_comparable
from teamhealth.errors import NotFoundError
from teamhealth.outlets import figures, heatmap, print_statements, spreads
from teamhealth.outlets.branches import Page, heat
from teamhealth.outlets.plotting import Figure
from teamhealth.outlets.themes import ThemeRow, theme_row
from teamhealth.outlets.trends import trend
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import Result, earlier, result
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.desk.standing_out import general_themes, unlike
from teamhealth.web.wiring import wired


def matrix(survey_id: str) -> str:
    """Show groups × themes, a branch of the tree at a time."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    page = page_of(found)
    themes = general_themes(found)
    return render(
        "desk/results/matrix.html",
        result=found,
        page=page,
        at=request.args.get("in", ""),
        titles={theme: found.wording.themes[theme] for theme in themes},
        cells={
            row.group.id: heat(row.group, themes, found.wording.reader) for row in page.rows
        },
        unlike=unlike(found),
        height=heatmap.heat_height(len(_comparable(found))),
    )


def overview(survey_id: str) -> Response:
    """Give the figure of all groups × themes, which is too large to lie in a page."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
    themes = general_themes(found)
    return jsonify(
        heatmap.heat(
            _comparable(found),
            themes,
            [found.wording.themes[theme] for theme in themes],
            found.wording.reader,
        )
    )


def _comparable(found: Result) -> list[GroupResult]:
    return [one for one in found.tree.groups if one.responses and is_comparable(one)]


def theme(survey_id: str, theme_id: str) -> str:
    """Show one theme at a group: its statements, the groups below, and earlier surveys."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        if theme_id not in general_themes(found):
            raise NotFoundError(
                gettext(
                    "There is no such theme, or it is not yours to see. Nothing was changed."
                )
            )
        top = at_group(found)
        before = earlier(db, access(), found, top.id)
    page = page_of(found)
    rows = {
        row.group.id: theme_row(found.seen, row.group, theme_id, found.wording)
        for row in page.rows
    }
    items = next(one.items for one in found.seen.themes if one.id == theme_id)
    told = [
        print_statements.row(found.source, item, top.items.get(item), top.invited)
        for item in items
    ]
    over = trend(found.seen, before, top.id, found.wording) if top.themes else None
    over_row = next((row for row in over.rows if row.id == theme_id), None) if over else None
    return render(
        "desk/results/theme.html",
        result=found,
        theme_id=theme_id,
        theme=next((one for one in found.source.library.themes if one.id == theme_id), None),
        title=found.wording.themes[theme_id],
        apart=any(one.id == theme_id and is_apart(one) for one in found.seen.themes),
        top=top,
        statements=told if top.responses is not None else [],
        spread=spreads.spread(told),
        page=page,
        at=request.args.get("in", ""),
        rows=rows,
        groups_figure=_groups_figure(page, rows, found),
        trend=over,
        trend_row=over_row,
        trend_figure=figures.over_time(over_row, [s.title for s in over.surveys])
        if over and over_row
        else None,
    )


def at_group(found: Result) -> GroupResult:
    """Return the group that is asked for, ``?in=``; else the highest that the reader may open."""
    at = request.args.get("in")
    return found.group(at) if at else found.tree.tops[0]


def page_of(found: Result) -> Page:
    """Return the page of the tree that is asked for: ``?in=`` a group, ``?page=`` a number."""
    at = request.args.get("in")
    number = request.args.get("page", 1, type=int)
    return found.tree.page(found.group(at) if at else None, number)


def _groups_figure(page: Page, rows: dict[str, ThemeRow], found: Result) -> Figure | None:
    lines = [
        figures.Line(row.group.name, cell)
        for row in page.rows
        if (cell := rows[row.group.id].cell)
    ]
    if not lines:
        return None
    return figures.intervals(
        lines,
        found.wording.reader,
        now=gettext("mean of the group"),
        most=gettext("most groups at %(organisation)s", organisation=found.seen.root.name),
    )
