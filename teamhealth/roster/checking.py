"""What is wrong between the lines of a roster file, though each line alone is well."""

from collections import Counter
from collections.abc import Iterator, Sequence

from teamhealth.roster.listed import Member
from teamhealth.roster.paths import above

Listed = Sequence[tuple[int, Member]]
Problem = tuple[int, str]

_SLIPS = (
    "If people share this mailbox, leave the address empty on each of these lines and give "
    "everybody an external_id: they get paper slips"
)


def problems(listed: Listed, groups: Sequence[str]) -> Iterator[Problem]:
    """Tell every line that does not go with the others; ``groups`` are all that have people in or below."""
    yield from _shared_addresses(listed)
    yield from _shared_ids(listed)
    yield from _several_tops(listed)
    yield from _capitals(listed, groups)
    yield from _groups_of_nobody(listed, groups)


def _shared_addresses(listed: Listed) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, member in listed:
        if member.email and (other := first.setdefault(member.email, line)) != line:
            told = f"{member.email} is the address of line {other} too; everybody needs their own. "
            yield line, told + _SLIPS


def _shared_ids(listed: Listed) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, member in listed:
        if member.external_id and (other := first.setdefault(member.external_id, line)) != line:
            yield line, f"the external_id {member.external_id} stands on line {other} too"


def _several_tops(listed: Listed) -> Iterator[Problem]:
    tops = [member.group.partition("/")[0] for _, member in listed]
    usual = max(Counter(filter(None, tops)).items(), key=lambda top: top[1], default=("", 0))[0]
    for (line, _), top in zip(listed, tops, strict=True):
        if top and top.casefold() != usual.casefold():
            yield (
                line,
                f"“{top}” is another top group than “{usual}”; all groups must lie below the same one",
            )


def _capitals(listed: Listed, groups: Sequence[str]) -> Iterator[Problem]:
    """Tell paths that differ only in capitals: one group would silently become two small ones."""
    spelled: dict[str, str] = {}
    odd: dict[str, tuple[str, str]] = {}
    for path in groups:
        first = spelled.setdefault(path.casefold(), path)
        higher = odd.get(above(path) or "")
        if higher or first != path:
            odd[path] = higher or (path, first)
    for line, member in listed:
        if member.group in odd:
            path, first = odd[member.group]
            yield (
                line,
                f"“{path}” and “{first}” differ only in capitals; write both the same way",
            )


def _groups_of_nobody(listed: Listed, groups: Sequence[str]) -> Iterator[Problem]:
    known = set(groups)
    for line, member in listed:
        for column, paths in (("leads", member.leads), ("answers_in", [member.answers_in])):
            for path in paths:
                if path and path not in known:
                    yield (
                        line,
                        f"{column} names “{path}”, but nobody is in that group or below it",
                    )
