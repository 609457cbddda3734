"""The page of one statement: at a group how its answers spread, then the groups below, then earlier surveys.

Below ten answers it is one of five words everywhere. A statement of *Steady leadership* has no
page unless the theme was agreed for everybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.errors import NotFoundError
from teamhealth.outlets import print_statements, spreads, waves
from teamhealth.outlets.print_statements import StatementRow
from teamhealth.web.desk.current import access
from teamhealth.web.desk.group_lists import at_group, page_of
from teamhealth.web.desk.reading import Result, earlier, result
from teamhealth.web.desk.speaking import gettext, render
from teamhealth.web.desk.standing_out import general_themes
from teamhealth.web.wiring import wired


@dataclass(frozen=True, slots=True)
class Held:
    """A statement in one survey; ``row`` is None where it was not asked there or is not shown."""

    title: str
    row: StatementRow | None


def item(survey_id: str, item_id: str) -> str:
    """Show one statement."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        theme = _themes_of(found).get(item_id)
        if theme is None:
            raise NotFoundError(
                gettext(
                    "There is no such statement, or it is not yours to see. Nothing was changed."
                )
            )
        top = at_group(found)
        before = earlier(db, access(), found, top.id)
    page = page_of(found)
    rows = {row.group.id: _row(found, item_id, row.group) for row in page.rows}
    here = _row(found, item_id, top)
    held = _held(found, before, item_id, top)
    drawn = [*rows.values(), here, *(one.row for one in held if one.row)]
    return render(
        "desk/results/item.html",
        result=found,
        item_id=item_id,
        theme_id=theme,
        text=found.wording.questions[item_id],
        others=_others(found, item_id, theme),
        top=top,
        here=here,
        rows=rows,
        held=held,
        spread=spreads.spread(drawn),
        page=page,
        at=request.args.get("in", ""),
    )


def _themes_of(found: Result) -> dict[str, str]:
    """Return the statements that may have a page, with the theme of each, empty for none."""
    may = set(general_themes(found))
    told = {name: one.id for one in found.seen.themes if one.id in may for name in one.items}
    return told | dict.fromkeys(found.seen.extra, "")


def _row(found: Result, item_id: str, group: GroupResult) -> StatementRow:
    row = print_statements.row(found.source, item_id, group.items.get(item_id), group.invited)
    return replace(row, id=group.id, text=group.name)


def _held(
    found: Result, before: Sequence[Snapshot], item_id: str, top: GroupResult
) -> list[Held]:
    """Return the statement over the surveys, oldest first, from the first that tells it; none if only this one does."""
    over = waves.waves(found.seen, before, top.id)
    told = [Held(wave.snapshot.survey.title, _then(found, item_id, wave)) for wave in over]
    first = next((at for at, one in enumerate(told) if one.row), len(told))
    return told[first:] if len(told) - first > 1 else []


def _then(found: Result, item_id: str, wave: waves.Wave) -> StatementRow | None:
    survey = wave.snapshot.survey
    led = next((t.items for t in wave.snapshot.themes if t.id == LEADER_THEME), ())
    if wave.group is None or (item_id in led and survey.leader_theme != "agreed"):
        return None
    cell = wave.group.items.get(item_id)
    if cell is None:
        return None
    row = print_statements.row(found.source, item_id, cell, wave.group.invited)
    return replace(row, id=f"survey {survey.id}", text=survey.title)


def _others(found: Result, item_id: str, theme: str) -> list[tuple[str, str]]:
    """Return the other statements of the theme with their ids, or the others asked besides."""
    asked = next((one.items for one in found.seen.themes if one.id == theme), found.seen.extra)
    return [(name, found.wording.questions[name]) for name in asked if name != item_id]
