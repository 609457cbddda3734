"""A theme's groups beside what they were in the survey before."""

from dataclasses import dataclass

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Moved, Response
from teamhealth.cells.model import Change, Snapshot, ThemeFacts
from teamhealth.results.reckoning import Cells, Reckoning
from teamhealth.stats import change

_HEARD = {Response.NORMAL, Response.SOME_SILENT}


@dataclass(frozen=True, slots=True)
class Step:
    """How a group moved; fields as of ``ThemeCell``."""

    change: Change | None = None
    moved: Moved | None = None


NONE = Step()


def before(
    snapshot: Snapshot, previous: Snapshot | None, theme: ThemeFacts
) -> Reckoning | None:
    """Return the theme of the survey before, if there is one that it may be held against.

    The leader's only where everybody sees both: else somebody who leads a group since, or
    who was not meant to see it then, would learn of it.
    """
    if previous is None:
        return None
    audiences = {snapshot.survey.leader_theme, previous.survey.leader_theme}
    if theme.id == LEADER_THEME and audiences != {"agreed"}:
        return None
    facts = [one for one in previous.themes if one.id == theme.id]
    return Reckoning(previous, facts[0]) if facts else None


def changed(reckoning: Reckoning, cells: Cells, before: Reckoning) -> dict[str, Step]:
    """Tell change where the same group showed the theme on the same items before.

    Not where half or more of its people kept silent, now or then: other people may have
    answered, and such groups do not tell how groups move either.
    """
    both = {
        name: cell
        for name, cell in cells.items()
        if name in before.cells
        and set(before.cells[name].items) == set(cell.items)
        and {reckoning.silence(name), before.silence(name)} <= _HEARD
    }
    if not both:
        return {}
    units = reckoning.lowest(both)
    moved = {name: cell.mean - before.cells[name].mean for name, cell in both.items()}
    errors = {
        name: (reckoning.error(name) ** 2 + before.error(name) ** 2) ** 0.5 for name in both
    }
    pool = change.pool([moved[u] for u in units], [errors[u] for u in units])
    shifts = change.shifts(
        list(moved.values()), list(errors.values()), reckoning.shares(both, units), pool
    )
    return {
        name: Step(
            Change(shift.word),
            Moved(before.cells[name].mean, shift.difference, shift.above),
        )
        for name, shift in zip(both, shifts, strict=True)
    }
