"""What the count must know besides the box: everything here was pinned before the first answer."""

from dataclasses import dataclass
from functools import cached_property

from teamhealth.cells.model import Snapshot, SurveyFacts
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Instrument


@dataclass(frozen=True, slots=True)
class Place:
    """One group of the pinned tree.

    ``invited`` are the people of its whole subtree who were asked; ``reportable`` as
    the roll-up at launch found; ``issuer`` the modulus (256 bytes) of its signing key,
    None if nobody answers in this very group.
    """

    id: str
    parent: str | None
    path: str
    name: str
    invited: int
    reportable: bool
    issuer: bytes | None


@dataclass(frozen=True)
class Charter:
    """One survey as pinned. ``groups`` in the order of the tree, parents first.

    ``previous`` is the snapshot that changes are told against, None for the first
    survey. The instrument does not ask the leader's theme where its audience is ``off``.
    """

    survey: SurveyFacts
    instrument: Instrument
    groups: tuple[Place, ...]
    previous: Snapshot | None
    code_version: str

    @cached_property
    def tree(self) -> Tree:
        """The tree of groups; ValueError if a parent does not come before its children."""
        at = {place.id: number for number, place in enumerate(self.groups)}
        parents = (-1 if p.parent is None else at.get(p.parent, -2) for p in self.groups)
        return Tree(tuple(place.id for place in self.groups), tuple(parents))
