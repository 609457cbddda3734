"""Who and what is the same in two rosters, so that people keep their place and groups their history.

People: the same ``external_id``, else the same address (unless both have ids, and they differ:
an address can be given to somebody new). Groups: the same path. Else a group that is gone was
renamed or moved if all its people who are still there are now in one new group, and are more
than half of that group's people known before; a group without people of its own follows the
groups right below it. Every other group is gone, or new.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from teamhealth.roster.listed import Member, Roster
from teamhealth.roster.paths import above

Pair = tuple[Member | None, Member | None]


@dataclass(frozen=True, slots=True)
class Matching:
    """Each person before and now (None: was not there, is not there), and each kept group's path now."""

    pairs: tuple[Pair, ...]
    kept: Mapping[str, str]


def match(before: Roster, now: Roster) -> Matching:
    """Match two rosters; the pairs are in the order of ``now``, then those who left."""
    pairs = tuple(_pairs(before, now))
    return Matching(pairs, _kept(before, now, pairs))


def _pairs(before: Roster, now: Roster) -> Iterator[Pair]:
    by_id = {member.external_id: member for member in before.people if member.external_id}
    by_email = {member.email: member for member in before.people if member.email}
    found = {
        member.key: by_id[member.external_id]
        for member in now.people
        if member.external_id in by_id
    }
    left = {member.key for member in before.people} - {old.key for old in found.values()}
    for member in now.people:
        same = found.get(member.key)
        other = by_email.get(member.email or "")
        if same is None and other and other.key in left and _may_be_same(other, member):
            same = other
            left.discard(other.key)
        yield same, member
    for member in before.people:
        if member.key in left:
            yield member, None


def _may_be_same(old: Member, now: Member) -> bool:
    return not (old.external_id and now.external_id)


def _kept(before: Roster, now: Roster, pairs: tuple[Pair, ...]) -> dict[str, str]:
    kept = {path: path for path in set(before.groups).intersection(now.groups)}
    new = set(now.groups).difference(before.groups)
    went: dict[str, Counter[str]] = defaultdict(Counter)
    came: Counter[str] = Counter()
    below: dict[str | None, list[str]] = defaultdict(list)
    for old, fresh in pairs:
        if old and fresh:
            went[old.group][fresh.group] += 1
            came[fresh.group] += 1
    for path in reversed(before.groups):  # groups below come before those above
        below[above(path)].append(path)
        if path in kept:
            continue
        if path in went:
            targets = {to for to in went[path] if 2 * went[path][to] > came[to]}
            sure = len(went[path]) == 1
        else:
            targets = {above(kept[child]) or "" for child in below[path] if child in kept}
            sure = len(targets) == 1
        target = next(iter(targets), "")
        if sure and target in new:
            kept[path] = target
            new.discard(target)
    return kept
