"""Participation as a person at the desk may see it: the stored steps of law 9, for groups they may open.

Nothing is reckoned here: the worker stored a word or a tenth a group, once a day, and
numbers of answers never leave it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.accounts.access import Access, Branch
from teamhealth.campaigns.models import Participation, Survey, SurveyGroup

QUIET = timedelta(hours=24)
"""So long before the close nothing is refreshed any more."""


class _Group(NamedTuple):
    group_id: str
    parent_id: str | None
    name: str
    people: int
    invited: int
    reportable: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One group. ``people`` are those its step is about.

    ``step`` is a word of law 9 or a tenth, empty where there is none; then ``within`` is
    the name of the group whose step counts its people. ``below`` counts the groups under
    it that are left out of the table.
    """

    id: str
    name: str
    depth: int
    people: int
    step: str
    within: str
    below: int = 0


@dataclass(frozen=True, slots=True)
class Turnout:
    """What may be told now. ``enough`` of ``possible`` groups have answers enough for a result.

    ``trail`` leads from the top to the branch shown, which is the first of ``lines``.
    """

    refreshed_on: date | None
    top: Line | None
    enough: int
    possible: int
    lines: tuple[Line, ...]
    trail: tuple[Line, ...] = ()
    page: int = 1
    pages: int = 1


def turnout(db: Session, access: Access, survey: Survey) -> Turnout:
    """Return the participation of the groups a person may open."""
    steps, refreshed_on = _steps(db, survey.id)
    groups = _groups(db, survey.id)
    opened = access.opened(Branch(g.group_id, g.parent_id) for g in groups)
    mine = [group for group in groups if group.group_id in opened]
    lines = _lines(groups, mine, steps, survey.k)
    told = [lines[g.group_id] for g in mine if g.reportable and g.group_id in steps]
    tops = [line for line in lines.values() if line.depth == 0]
    return Turnout(
        refreshed_on=refreshed_on,
        top=tops[0] if len(tops) == 1 else None,
        enough=sum(_is_enough(line, survey.k) for line in told),
        possible=len(told),
        lines=tuple(lines.values()),
    )


def _steps(db: Session, survey_id: str) -> tuple[dict[str, str], date | None]:
    rows = db.execute(
        select(Participation.group_id, Participation.step, Participation.refreshed_on).where(
            Participation.survey_id == survey_id
        )
    ).all()
    return {row.group_id: row.step for row in rows}, max(
        (row.refreshed_on for row in rows), default=None
    )


def _groups(db: Session, survey_id: str) -> list[_Group]:
    columns = [getattr(SurveyGroup, name) for name in _Group._fields]
    rows = select(*columns).where(SurveyGroup.survey_id == survey_id)
    return [_Group(*row) for row in db.execute(rows.order_by(SurveyGroup.position))]


def _lines(
    groups: Sequence[_Group], mine: Iterable[_Group], steps: Mapping[str, str], k: int
) -> dict[str, Line]:
    """Return the lines of the groups in ``mine`` that somebody belongs to, in the order of the tree."""
    asked = _sums(groups, {g.group_id: g.invited if g.invited >= k else 0 for g in groups})
    people = _sums(groups, {g.group_id: g.people for g in groups})
    name_of = {g.group_id: g.name for g in groups}
    home: dict[str | None, str] = {None: ""}
    for group in groups:
        told = group.group_id in steps
        home[group.group_id] = group.group_id if told else home[group.parent_id]
    depth: dict[str | None, int] = {}
    lines = {}
    for group in mine:
        name = group.group_id
        depth[name] = depth.get(group.parent_id, -1) + 1
        if not people[name] and not asked[name]:
            continue
        step = steps.get(name, "")
        lines[name] = Line(
            id=name,
            name=group.name,
            depth=depth[name],
            people=asked[name] if step else people[name],
            step=step,
            within="" if step else name_of.get(home[name], ""),
        )
    return lines


def _sums(groups: Sequence[_Group], own: dict[str, int]) -> dict[str, int]:
    total = dict(own)
    for group in reversed(groups):
        if group.parent_id in total:
            total[group.parent_id] += total[group.group_id]
    return total


def _is_enough(line: Line, k: int) -> bool:
    """Tell whether a step stands for at least ``k`` answers, by the step alone."""
    if line.step.isdigit():
        return int(line.step) * line.people >= 10 * k
    return line.step != "not_enough"
