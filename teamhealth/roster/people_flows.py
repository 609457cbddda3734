"""How many people of each group are in which group now: what says whether a group is the same.

A group's people are those of itself and of all groups below it, as in its results.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from teamhealth.roster.listed import Member
from teamhealth.roster.paths import above

Pair = tuple[Member | None, Member | None]


@dataclass(frozen=True, slots=True)
class Flows:
    """Numbers of people who were here before and are here now, by path.

    ``stayed`` by their group before, ``known`` by their group now, ``both`` by both, ``own``
    by both without the groups below; ``people`` also counts those who are new, by their
    group now.
    """

    stayed: Mapping[str, int]
    known: Mapping[str, int]
    both: Mapping[str, Mapping[str, int]]
    own: Mapping[tuple[str, str], int]
    people: Mapping[str, int]

    def from_to(self, before: str, now: str) -> int:
        """Return how many people of the one group are in the other now."""
        return self.both.get(before, {}).get(now, 0)

    def alike(self, before: str, now: str) -> float:
        """Return how far two groups have the same people: 1 all of them, 0 none."""
        same = self.from_to(before, now)
        return same / (self.stayed[before] + self.known[now] - same) if same else 0.0

    def mostly_went(self, before: str, now: str) -> bool:
        """Tell whether more than half of those who were in a group, and stayed, are in another now."""
        return 2 * self.from_to(before, now) > self.stayed.get(before, 0)

    def mostly_came(self, before: str, now: str) -> bool:
        """Tell whether more than half of a group's people who were here before come from another."""
        return 2 * self.from_to(before, now) > self.known.get(now, 0)


def flows(pairs: Iterable[Pair]) -> Flows:
    """Count; each pair is a person before and now."""
    stayed: Counter[str] = Counter()
    known: Counter[str] = Counter()
    people: Counter[str] = Counter()
    both: dict[str, Counter[str]] = defaultdict(Counter)
    own: Counter[tuple[str, str]] = Counter()
    for old, who in pairs:
        if who is None:
            continue
        now = _upward(who.group)
        people.update(now)
        if old is not None:
            known.update(now)
            stayed.update(_upward(old.group))
            own[old.group, who.group] += 1
            for path in _upward(old.group):
                both[path].update(now)
    return Flows(stayed, known, both, own, people)


@cache
def _upward(path: str) -> tuple[str, ...]:
    """Return a group and all above it."""
    higher = above(path)
    return (path, *_upward(higher)) if higher else (path,)
