"""The one filter for the leader's theme: what a reader may not see is not in the snapshot they get.

*Steady leadership* rates a person. Its audience is pinned at launch (law 10), and every
outlet reads through ``seen_by``:

- ``off``: nobody (the form does not ask it);
- ``leader``: only those who lead exactly that group, and only if all of it is about
  themselves or it sums three or more led groups;
- ``above``: besides, those who lead a group above, as such sums;
- ``agreed``: everybody who has access.

HR leads no group and sees the theme only where it is agreed.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from teamhealth.cells.findings import Drivers
from teamhealth.cells.model import ClassResult, GroupResult, Snapshot
from teamhealth.cells.silence import within_response

LEADER_THEME = "leader_support"
LEAST_LEADERS = 3


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads: the ids of the groups they lead themselves; nobody's leader by default."""

    leads: frozenset[str] = frozenset()


HR = Viewer()


def seen_by(snapshot: Snapshot, viewer: Viewer) -> Snapshot:
    """Return the snapshot without the cells of the leader's theme that this reader may not see.

    The theme is missing altogether where no group shows it to them, and from classes and
    drivers, where the count never shows it unless it is for everybody. What too few answers
    of a group do not carry is gone for everybody (``silence``). Apart from these everything
    is untouched: which groups a reader may open, and whether cross-cuts, is for accounts.
    """
    snapshot = within_response(snapshot)
    facts = next((theme for theme in snapshot.themes if theme.id == LEADER_THEME), None)
    audience = snapshot.survey.leader_theme
    if facts is None or audience == "agreed":
        return snapshot
    may = _led_by(snapshot, viewer) if audience == "above" else viewer.leads
    seen = _seen(snapshot, viewer, may if audience != "off" else frozenset())
    led = _led_groups(snapshot)
    everywhere = led[snapshot.root.id]
    groups = tuple(
        _without(group, facts.items)
        if group.id not in seen
        else _alone(group)
        if 0 < everywhere - led[group.id] < LEAST_LEADERS
        else group
        for group in snapshot.groups
    )
    cross_cuts = {
        attribute: tuple(_without(one, facts.items) for one in classes)
        for attribute, classes in snapshot.cross_cuts.items()
    }
    kept = replace(
        snapshot, groups=groups, cross_cuts=cross_cuts, drivers=_others(snapshot.drivers)
    )
    if any(LEADER_THEME in group.themes for group in groups):
        return kept
    themes = tuple(theme for theme in snapshot.themes if theme.id != LEADER_THEME)
    return replace(kept, themes=themes)


def _led_groups(snapshot: Snapshot) -> dict[str, int]:
    """Count, per group, the led groups of its subtree."""
    led = _own_led(snapshot)
    for group in reversed(snapshot.groups):
        if group.parent is not None:
            led[group.parent] += led[group.id]
    return led


def _own_led(snapshot: Snapshot) -> dict[str, int]:
    """Tell, per group, whether people of its own were asked, and so rated its leader: 1 or 0."""
    asked = {group.id: group.invited for group in snapshot.groups}
    for group in snapshot.groups:
        if group.parent is not None:
            asked[group.parent] -= group.invited
    return {name: int(own > 0) for name, own in asked.items()}


def _seen(snapshot: Snapshot, viewer: Viewer, may: Collection[str]) -> set[str]:
    """Find the groups among ``may`` whose theme is about this reader alone, or sums three or more leaders.

    That must also hold once the groups shown below are taken off.
    """
    found: set[str] = set()
    loose = _own_led(snapshot)
    others = {name: 0 if name in viewer.leads else led for name, led in loose.items()}
    for group in reversed(snapshot.groups):
        name = group.id
        told = LEADER_THEME in group.themes and name in may
        if told and (not others[name] or loose[name] >= LEAST_LEADERS):
            found.add(name)
            loose[name] = others[name] = 0
        if group.parent is not None:
            loose[group.parent] += loose[name]
            others[group.parent] += others[name]
    return found


def _led_by(snapshot: Snapshot, viewer: Viewer) -> set[str]:
    """Find the groups a reader leads and those below them."""
    found: set[str] = set()
    for group in snapshot.groups:
        if group.id in viewer.leads or group.parent in found:
            found.add(group.id)
    return found


def _alone(group: GroupResult) -> GroupResult:
    """Leave out what would tell the one or two other leaders' result."""
    cell = group.themes.get(LEADER_THEME)
    if cell is None:
        return group
    bare = replace(cell, whole=None, usual=None, compared=None, above=None)
    return replace(group, themes={**group.themes, LEADER_THEME: bare})


def _others(drivers: Drivers | None) -> Drivers | None:
    if drivers is None:
        return None
    return replace(
        drivers, themes=tuple(one for one in drivers.themes if one.theme != LEADER_THEME)
    )


_Shown = TypeVar("_Shown", GroupResult, ClassResult)


def _without(shown: _Shown, items: tuple[str, ...]) -> _Shown:
    return replace(
        shown,
        themes={name: cell for name, cell in shown.themes.items() if name != LEADER_THEME},
        items={name: cell for name, cell in shown.items.items() if name not in items},
    )
