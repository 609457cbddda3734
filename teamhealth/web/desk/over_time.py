"""The page of a group over the surveys: every theme, how many are in the figures, and what each count said of change.

Promise: each number is that of its own survey's snapshot, and each word of change was said by that
survey's count; between surveys nothing is worked out here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from teamhealth.cells.model import Snapshot
from teamhealth.outlets import numbers, waves
from teamhealth.outlets.trends import Trend, trend
from teamhealth.outlets.waves import Wave
from teamhealth.web.desk.current import access
from teamhealth.web.desk.reading import Result, earlier, result
from teamhealth.web.desk.speaking import language, render
from teamhealth.web.wiring import wired


@dataclass(frozen=True, slots=True)
class Held:
    """One survey and the group in it. ``responses`` is None where the group had no result there.

    ``name`` is the group's then, ``score`` its eNPS as written, empty where it is not told;
    ``changes`` are by theme the words of that survey's count.
    """

    id: str
    title: str
    closed: datetime
    asked: bool
    name: str
    responses: int | None
    invited: int
    score: str
    changes: Mapping[str, str]


def over_time(survey_id: str, group_id: str) -> str:
    """Show one group over the surveys."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        one = found.group(group_id)
        before = earlier(db, access(), found, group_id)
    over = trend(found.seen, before, group_id, found.wording) if one.responses else None
    return render(
        "desk/results/over_time.html",
        result=found,
        here=one,
        above=found.tree.above(one),
        trend=over,
        held=_held(found.seen, before, group_id),
        changes=_changes(found, before, group_id, over),
    )


def _held(seen: Snapshot, before: Sequence[Snapshot], group_id: str) -> list[Held]:
    return [_one(wave) for wave in waves.waves(seen, before, group_id)]


def _one(wave: Wave) -> Held:
    survey, group = wave.snapshot.survey, wave.group
    enps = group.enps if group else None
    told = enps is not None and enps.score is not None
    return Held(
        id=survey.id,
        title=survey.title,
        closed=datetime.fromisoformat(survey.closed).replace(tzinfo=UTC),
        asked=group is not None,
        name=group.name if group else "",
        responses=group.responses if group else None,
        invited=group.invited if group else 0,
        score=numbers.signed(enps.score, language())
        if told and enps and enps.score is not None
        else "",
        changes={
            name: cell.change.value
            for name, cell in (group.themes if group else {}).items()
            if cell.change
        },
    )


def _changes(
    found: Result, before: Sequence[Snapshot], group_id: str, over: Trend | None
) -> dict[tuple[str, str], str]:
    """Return the word of change by theme and survey, for what the table shows."""
    if over is None:
        return {}
    held = {one.id: one for one in _held(found.seen, before, group_id)}
    return {
        (row.id, survey.id): held[survey.id].changes[row.id]
        for row in over.rows
        for survey in over.surveys
        if row.id in held[survey.id].changes
    }
