"""What an import would change, worded for people and laid out for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from teamhealth.roster.fates import Fate
from teamhealth.roster.listed import Member
from teamhealth.roster.paths import above

_DETAILS = {"email": "address", "external_id": "external id", "answers_by": "answers by"}
_AT_MOST = 50
"""So many lines of one kind are read by people; programs get all."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A group that has another path now and stays the same group."""

    before: str
    now: str

    def __str__(self) -> str:
        """Tell it in words."""
        return f"{self.before} is now {self.now}"


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who was in the group ``before`` and is in ``now``."""

    who: Member
    before: str
    now: str

    def __str__(self) -> str:
        """Tell it in words."""
        return f"{_name(self.who)}: from {self.before} to {self.now}"


@dataclass(frozen=True, slots=True)
class Changed:
    """A detail of a person that is another one now."""

    who: Member
    detail: str
    before: str | None
    now: str | None

    def __str__(self) -> str:
        """Tell it in words."""
        detail = _DETAILS.get(self.detail, self.detail)
        return f"{_name(self.who)}: {detail} was {self.before or 'empty'}, is {self.now or 'empty'}"


@dataclass(frozen=True, slots=True)
class Diff:
    """Every change; ``people`` and ``groups`` are how many there will be, ``on_paper`` who gets slips.

    A group that only follows the renamed group above it is not told again. ``answering``
    are those for whom it changes what they lead, or where that makes them answer. ``history``
    is what becomes of the past of groups that did not simply stay, go or begin.
    """

    people: int
    on_paper: int
    groups: int
    new_groups: tuple[str, ...]
    renamed_groups: tuple[Renamed, ...]
    gone_groups: tuple[str, ...]
    history: tuple[Fate, ...]
    joined: tuple[Member, ...]
    left: tuple[Member, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Changed, ...]
    answering: tuple[Member, ...]
    reordered: bool

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return self.reordered or any(rows for _, rows in self._parts())

    def lines(self, at_most: int = _AT_MOST) -> Iterator[str]:
        """Tell every kind of change in words, each with at most so many examples."""
        for heading, rows in self._parts():
            if rows:
                yield f"{heading}: {len(rows)}"
                yield from (f"  {row}" for row in rows[:at_most])
            if len(rows) > at_most:
                yield f"  … and {len(rows) - at_most} more"
        if self.reordered and not self.renamed_groups:
            yield "Groups are listed in another order."
        total = f"{_many(self.people, 'person', 'people')} in {_many(self.groups, 'group', 'groups')}"
        if self.on_paper:
            total += f"; {_many(self.on_paper, 'person gets a paper slip', 'people get paper slips')}"
        yield f"That makes {total}." if self else f"Nothing changes: {total}."

    def facts(self) -> dict[str, object]:
        """Return everything as plain values, for JSON."""
        return {
            "people": self.people,
            "on_paper": self.on_paper,
            "groups": self.groups,
            "new_groups": list(self.new_groups),
            "renamed_groups": [asdict(row) for row in self.renamed_groups],
            "gone_groups": list(self.gone_groups),
            "history": [asdict(fate) for fate in self.history],
            "joined": [_person(who) for who in self.joined],
            "left": [_person(who) for who in self.left],
            "moved": [{**_person(m.who), "before": m.before, "now": m.now} for m in self.moved],
            "changed": [
                {**_person(c.who), "detail": c.detail, "before": c.before, "now": c.now}
                for c in self.changed
            ],
            "answering": [
                {
                    **_person(who),
                    "leads": list(who.leads),
                    "answers_in": who.place,
                    "exception": who.answers_in is not None,
                }
                for who in self.answering
            ],
            "reordered": self.reordered,
        }

    def _parts(self) -> Iterator[tuple[str, Sequence[object]]]:
        yield "New groups", self.new_groups
        yield (
            "Groups with another name or place, which stay the same group",
            self.renamed_groups,
        )
        yield "Groups that go", self.gone_groups
        yield "Groups whose history needs a look", self.history
        yield "People who join", [_in_group(who) for who in self.joined]
        yield "People who leave", [_in_group(who) for who in self.left]
        yield "People who move", self.moved
        yield "Details that change", self.changed
        yield (
            "Who leads, and where that makes them answer",
            [_answers(w) for w in self.answering],
        )


def _name(who: Member) -> str:
    return f"{who.name} <{who.email}>" if who.email else f"{who.name} ({who.external_id})"


def _in_group(who: Member) -> str:
    return f"{_name(who)} in {who.group}"


def _answers(who: Member) -> str:
    leads = f"leads {', '.join(who.leads)}" if who.leads else "leads no group"
    if who.answers_in:
        return f"{_name(who)} {leads} and answers in {who.place}, as the file says"
    if not who.leads:
        return f"{_name(who)} {leads} and answers in {who.place}"
    if above(who.place) is None and who.place in who.leads:
        return f"{_name(who)} {leads} and answers there: nothing is above {who.place}"
    return f"{_name(who)} {leads}, so answers in {who.place}"


def _person(who: Member) -> dict[str, object]:
    known = {"email": who.email, "external_id": who.external_id}
    return {**known, "name": who.name, "group": who.group}


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
