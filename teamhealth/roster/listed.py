"""The roster as a file lists it or the database holds it: the same shape, so that the two can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from teamhealth.roster import leading
from teamhealth.roster.paths import above


@dataclass(frozen=True, slots=True)
class Member:
    """One person; groups are named by their paths, ``leads`` in the order of the tree.

    ``answers_in`` is this person's exception from the leader rule, if there is one.
    Who has no address has an ``external_id``, and is ``on_paper``.
    """

    email: str | None
    name: str
    group: str
    leads: tuple[str, ...] = ()
    language: str | None = None
    external_id: str | None = None
    answers_in: str | None = None
    on_paper: bool = False

    @property
    def key(self) -> str:
        """What tells this person from all others of a roster: the address, else the id."""
        return self.email or f" {self.external_id}"  # no address begins with a space

    @property
    def answers_by(self) -> Literal["mail", "paper"]:
        """What leads this person to a survey: a link in a letter, or a paper slip."""
        return "paper" if self.on_paper else "mail"

    @property
    def place(self) -> str:
        """The path of the group in which this person answers."""
        return self.answers_in or leading.answers_in(self.group, self.leads)


@dataclass(frozen=True, slots=True)
class Roster:
    """All groups in the order of the tree, and all people."""

    groups: tuple[str, ...]
    people: tuple[Member, ...]


def tree(paths: Iterable[str]) -> tuple[str, ...]:
    """Return these groups and all above them: each right before those below it, else as first mentioned."""
    below: dict[str | None, list[str]] = {None: []}
    for path in paths:
        missing = []
        group: str | None = path
        while group is not None and group not in below:
            missing.append(group)
            group = above(group)
        for new in reversed(missing):
            below[new] = []
            below[above(new)].append(new)
    order: list[str] = []
    waiting = below[None][::-1]
    while waiting:
        order.append(waiting.pop())
        waiting.extend(reversed(below[order[-1]]))
    return tuple(order)
