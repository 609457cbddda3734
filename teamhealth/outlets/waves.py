"""The surveys in which one group was asked, oldest first, and what of them belongs together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import GroupResult, Snapshot, ThemeCell


@dataclass(frozen=True, slots=True)
class Wave:
    """One survey and the group in it, None where the survey did not ask it."""

    snapshot: Snapshot
    group: GroupResult | None


def waves(seen: Snapshot, earlier: Sequence[Snapshot], group_id: str) -> list[Wave]:
    """Return ``earlier`` (newest first) and ``seen`` in the order in which they were held."""
    return [
        Wave(one, next((group for group in one.groups if group.id == group_id), None))
        for one in (*reversed(earlier), seen)
    ]


def comparable(theme: str, over: Sequence[Wave]) -> list[ThemeCell | None]:
    """Return the theme's cells that rest on the statements of the last survey's.

    Of the leader's theme only those that everybody was to see.
    """
    found = [
        wave.group.themes.get(theme)
        if wave.group
        and (theme != LEADER_THEME or wave.snapshot.survey.leader_theme == "agreed")
        else None
        for wave in over
    ]
    now = found[-1]
    return [cell if cell and now and cell.items == now.items else None for cell in found]


def first_told(rows: Iterable[Sequence[ThemeCell | None]]) -> int | None:
    """Return the number of the first survey before the last that tells anything; None if none does."""
    told = [at for found in rows for at, cell in enumerate(found[:-1]) if cell]
    return min(told, default=None)


def apart(over: Sequence[Wave]) -> frozenset[int]:
    """Return after which surveys another was held that is not among these."""
    return frozenset(
        at
        for at, (one, other) in enumerate(pairwise(over))
        if other.snapshot.survey.previous != one.snapshot.survey.id
    )


def called(over: Sequence[Wave], name: str) -> tuple[tuple[str, str], ...]:
    """Return titles of surveys with the group's name then, where it was not this one."""
    return tuple(
        (wave.snapshot.survey.title, wave.group.name)
        for wave in over
        if wave.group and wave.group.name != name
    )


def with_others(over: Sequence[Wave]) -> list[str]:
    """Return the titles of the surveys in which different people may have answered than before."""
    return [
        wave.snapshot.survey.title
        for wave in over[1:]
        if wave.group and wave.group.history and wave.group.history.others
    ]
