"""Which group of a new roster is which of the one before, and so keeps its history.

A group is the same if it has the same path. If its path is gone, it was renamed or moved
if more than half of its people who are still there are in one new group, and are more
than half of that group's people known before: so the larger part of a split group goes
on, and a merged one is what most of its people come from. Where groups exchanged their
names, all their people with them, they follow their people. Whoever imports may decide
otherwise (``choices``). Every other group is gone, or new.
"""

from collections.abc import Collection, Iterator, Mapping

from teamhealth.roster.choices import Choices
from teamhealth.roster.listed import Roster
from teamhealth.roster.paths import depth
from teamhealth.roster.people_flows import Flows

_SOME = 2
"""One person alone who goes elsewhere does not take a name along."""


def continued(before: Roster, now: Roster, flows: Flows, choices: Choices) -> dict[str, str]:
    """Return the path now of every group that goes on, by its path before; no path comes twice."""
    kept = dict(choices.same)
    given = {*kept.values(), *choices.new, *choices.back}
    named = set(before.groups).intersection(now.groups) - set(kept) - given
    exchanged = _exchanged(named, _leaving(flows, set(kept), given))
    kept |= {path: path for path in named - set(exchanged)} | exchanged
    gone = [path for path in before.groups if path not in kept]
    new = set(now.groups) - set(kept.values()) - choices.new - set(choices.back)
    for path, target in sorted(_likely(gone, new, flows), key=lambda pair: _rank(flows, *pair)):
        if path not in kept and target in new:
            kept[path] = target
            new.discard(target)
    return kept


def _exchanged(named: Collection[str], goes: Mapping[str, str]) -> dict[str, str]:
    """Return the groups that all their people left for another name, while another group took theirs."""
    comes = {target: path for path, target in goes.items()}
    found = {path for path in named if path in goes and path in comes}
    staying = set(named) - found
    while held := {p for p in found if goes[p] in staying or comes[p] in staying}:
        found -= held
        staying |= held
    return {path: goes[path] for path in found}


def _leaving(flows: Flows, decided: Collection[str], given: Collection[str]) -> dict[str, str]:
    """Return each group all of whose people make up most of one other group now, and that one."""
    best: list[tuple[str, str]] = []
    for path, targets in flows.both.items():
        stayed = flows.stayed[path]
        whole = [t for t in targets if targets[t] == stayed and flows.mostly_came(path, t)]
        if stayed >= _SOME and whole and path not in decided:
            target = min(whole, key=lambda one: _rank(flows, path, one))
            best += [(path, target)] if target != path and target not in given else []
    best.sort(key=lambda pair: _rank(flows, *pair), reverse=True)
    one_each = {target: path for path, target in best}  # the likeliest comes last and stays
    return {path: target for target, path in one_each.items()}


def _likely(
    gone: Collection[str], new: Collection[str], flows: Flows
) -> Iterator[tuple[str, str]]:
    for path in gone:
        for target in flows.both.get(path, ()):
            both_ways = flows.mostly_went(path, target) and flows.mostly_came(path, target)
            if target in new and both_ways:
                yield path, target


def _rank(flows: Flows, path: str, target: str) -> tuple[float | int | str, ...]:
    """Order pairs: most alike first; then the tops, the people's own groups, those as deep as before."""
    return (
        -flows.alike(path, target),
        (depth(path) == 0) != (depth(target) == 0),
        -flows.own.get((path, target), 0),
        abs(depth(path) - depth(target)),
        path,
        target,
    )
