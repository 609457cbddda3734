"""From two rosters and what is the same in them to the differences."""

from collections.abc import Iterator, Mapping

from teamhealth.roster.diff import Changed, Diff, Moved, Renamed
from teamhealth.roster.fates import fates
from teamhealth.roster.listed import Member, Roster
from teamhealth.roster.matching import Matching
from teamhealth.roster.paths import above, name_of

_DETAILS = ("email", "name", "language", "external_id", "answers_by")


def compare(before: Roster, now: Roster, matching: Matching) -> Diff:
    """Return what turns ``before`` into ``now``."""
    kept = matching.kept
    new = set(now.groups).difference(kept.values())
    stayed = [(old, who) for old, who in matching.pairs if old and who]
    order = [kept[path] for path in before.groups if path in kept]
    return Diff(
        people=len(now.people),
        on_paper=sum(who.on_paper for who in now.people),
        groups=len(now.groups),
        new_groups=tuple(path for path in now.groups if path in new),
        renamed_groups=tuple(_renamed(before, kept)),
        gone_groups=tuple(path for path in before.groups if path not in kept),
        history=fates(before, now, matching),
        joined=tuple(who for old, who in matching.pairs if who and not old),
        left=tuple(old for old, who in matching.pairs if old and not who),
        moved=tuple(
            Moved(who, old.group, who.group)
            for old, who in stayed
            if kept.get(old.group) != who.group != old.group
        ),
        changed=tuple(change for old, who in stayed for change in _changes(old, who)),
        answering=tuple(
            who for old, who in matching.pairs if who and _answers_otherwise(old, who, kept)
        ),
        reordered=order != [path for path in now.groups if path not in new],
    )


def _renamed(before: Roster, kept: Mapping[str, str]) -> Iterator[Renamed]:
    for path in before.groups:
        now = kept.get(path, path)
        higher = above(path)
        follows = (
            higher is not None
            and kept.get(higher) == above(now)
            and name_of(path) == name_of(now)
        )
        if now != path and not follows:
            yield Renamed(path, now)


def _changes(old: Member, who: Member) -> Iterator[Changed]:
    for detail in _DETAILS:
        was, is_now = getattr(old, detail), getattr(who, detail)
        if was != is_now:
            yield Changed(who, detail, was, is_now)


def _answers_otherwise(old: Member | None, who: Member, kept: Mapping[str, str]) -> bool:
    """Tell whether somebody leads other groups than before, or answers elsewhere for it."""
    if old is None:
        return bool(who.leads or who.answers_in)
    leads = {kept.get(path, path) for path in old.leads}
    exception = old.answers_in and kept.get(old.answers_in, old.answers_in)
    if leads != set(who.leads) or exception != who.answers_in:
        return True
    return bool(who.leads) and kept.get(old.place) != who.place
