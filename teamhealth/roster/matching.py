"""Who and what is the same in two rosters, so that people keep their place and groups their history.

People: the same ``external_id``, else the same address (unless both have ids, and they differ:
an address can be given to somebody new). Groups: see ``continuing``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from teamhealth.roster.choices import Choices
from teamhealth.roster.continuing import continued
from teamhealth.roster.listed import Member, Roster
from teamhealth.roster.people_flows import Flows, Pair, flows


@dataclass(frozen=True, slots=True)
class Matching:
    """Each person before and now (None: was not there, is not there), and each kept group's path now.

    ``flows`` is how people went from group to group, ``choices`` what was decided by hand.
    """

    pairs: tuple[Pair, ...]
    kept: Mapping[str, str]
    flows: Flows
    choices: Choices


def match(before: Roster, now: Roster, choices: Choices) -> Matching:
    """Match two rosters; the pairs are in the order of ``now``, then those who left."""
    pairs = tuple(_pairs(before, now))
    counted = flows(pairs)
    return Matching(pairs, continued(before, now, counted, choices), counted, choices)


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
