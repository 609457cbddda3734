"""What becomes of groups' history in an import, in words: where it splits, merges, or may surprise.

Nothing is told of a group that stays, is renamed or moves whole, nor of one that is simply new
or gone: the lists of a diff say that.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from teamhealth.roster.listed import Roster
from teamhealth.roster.matching import Matching
from teamhealth.roster.paths import depth, is_within

_SEVERAL = 2
"""Where one person goes alone, no group is split or merged."""

What = Literal["split", "merged", "exchanged", "replaced", "returned", "decided"]


@dataclass(frozen=True, slots=True)
class Fate:
    """One history: the groups it is about before and now, and in a sentence what becomes of it."""

    what: What
    before: tuple[str, ...]
    now: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        """Tell it in words."""
        return self.sentence


def fates(before: Roster, now: Roster, matching: Matching) -> tuple[Fate, ...]:
    """Return what has to be told, in the order of the tree."""
    telling = _Telling(before, now, matching)
    return (
        *telling.splits(),
        *telling.merges(),
        *telling.exchanges(),
        *telling.replaced(),
        *telling.returned(),
        *telling.decided(),
    )


class _Telling:
    def __init__(self, before: Roster, now: Roster, matching: Matching) -> None:
        self._before, self._now = before, now
        self._flows, self._choices = matching.flows, matching.choices
        self._kept: Mapping[str, str] = matching.kept
        self._was = {target: path for path, target in matching.kept.items()}
        self._merged: set[str] = set()
        self._from: dict[str, list[str]] = defaultdict(list)
        for path, targets in self._flows.both.items():
            for target in targets:
                self._from[target].append(path)

    def splits(self) -> Iterator[Fate]:
        """Tell groups of which a part begins anew."""
        parts: dict[str, list[str]] = defaultdict(list)
        for path in self._now.groups:
            origin = None if path in self._was else self._origin(path)
            if origin and not any(is_within(path, part) for part in parts[origin]):
                parts[origin].append(path)
        for origin in self._before.groups:
            heir = self._kept.get(origin)
            fresh = [
                p
                for p in parts[origin]
                if heir is None or not (is_within(p, heir) or is_within(heir, p))
            ]
            if fresh and (heir or len(fresh) > 1):
                anew = f"{_list(fresh)} {'begins' if len(fresh) == 1 else 'begin'} anew"
                keeps = f"{heir} keeps its history, {anew}" if heir else anew
                now = (heir, *fresh) if heir else tuple(fresh)
                yield Fate("split", (origin,), now, f"{origin} was split: {keeps}.")

    def merges(self) -> Iterator[Fate]:
        """Tell groups that several groups before have become."""
        sources: dict[str, list[str]] = defaultdict(list)
        for path in self._before.groups:  # those above come first
            target = self._kept.get(path) or self._went(path)
            if target and not any(is_within(path, other) for other in sources[target]):
                sources[target].append(path)
        for target in self._now.groups:
            some = sources[target]
            if len(some) > 1:
                self._merged.add(target)
                sentence = (
                    f"{_list(some)} are now one group, {target}: {self._heir_of(target)}."
                )
                yield Fate("merged", tuple(some), (target,), sentence)

    def exchanges(self) -> Iterator[Fate]:
        """Tell groups that went with their people to a name which another group had."""
        names = set(self._now.groups)
        for path in self._before.groups:
            target = self._kept.get(path, path)
            if target != path and path in names and path not in self._choices.same:
                sentence = (
                    f"All people of {path} are {target} now, and others are {path}: the history goes "
                    f'with the people. If it should stay with the name: --same "{path}={path}".'
                )
                yield Fate("exchanged", (path,), (target,), sentence)

    def replaced(self) -> Iterator[Fate]:
        """Tell groups that go on although most of their people were not in them before."""
        for target in self._now.groups:
            path = self._was.get(target)
            if path is None or path in self._choices.same or target in self._merged:
                continue
            if 2 * self._flows.from_to(path, target) < self._flows.people.get(target, 0):
                sentence = (
                    f"Most people of {target} were not in it before; it keeps its history all the "
                    f'same. If it is another group: --new "{target}".'
                )
                yield Fate("replaced", (path,), (target,), sentence)

    def decided(self) -> Iterator[Fate]:
        """Tell what was decided by whoever imports."""
        for path, target in self._choices.same.items():
            sentence = f"{path} is {target}, as you decided, and keeps its history."
            yield Fate("decided", (path,), (target,), sentence)
        for target in self._now.groups:
            if target in self._choices.back:
                sentence = (
                    f"{target} is back, as you decided, and goes on from its results so far."
                )
                yield Fate("decided", (), (target,), sentence)
            if target in self._choices.new and target not in self._was:
                sentence = f"{target} begins anew, as you decided."
                yield Fate("decided", (), (target,), sentence)

    def returned(self) -> Iterator[Fate]:
        """Tell new groups that have the path of one with results which is gone."""
        decided = {*self._was, *self._choices.back, *self._choices.new}
        for target in self._now.groups:
            if target in self._choices.former and target not in decided:
                sentence = (
                    f"A group {target} that is gone has results; the new one begins anew. If it is the "
                    f'same: --same "{target}={target}".'
                )
                yield Fate("returned", (target,), (target,), sentence)

    def _origin(self, target: str) -> str | None:
        """Return the group that most people of a new one come from, the most alike."""
        flows = self._flows
        likely = [p for p in self._from[target] if flows.from_to(p, target) >= _SEVERAL]
        most = [p for p in likely if 2 * flows.from_to(p, target) > flows.people[target]]
        return max(most, key=lambda p: (flows.alike(p, target), depth(p), p), default=None)

    def _went(self, path: str) -> str | None:
        """Return the lowest group that most people of a gone group are in now."""
        if self._flows.stayed.get(path, 0) < _SEVERAL:
            return None
        targets = self._flows.both[path]
        likely = [target for target in targets if self._flows.mostly_went(path, target)]
        return max(likely, key=depth, default=None)

    def _heir_of(self, target: str) -> str:
        path = self._was.get(target)
        if path is None:
            why = "as you decided" if target in self._choices.new else "as none is most of it"
            return f"it begins anew, {why}"
        if path in self._choices.same:
            why = "as you decided"
        elif self._flows.mostly_came(path, target):
            why = "which most of its people come from"
        else:
            why = "whose name it has"
        return f"it keeps the history of {path}, {why}"


def _list(paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 else f"{', '.join(paths[:-1])} and {paths[-1]}"
