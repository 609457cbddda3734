"""The sums that cross-cuts need: answers by group and by what people told of themselves.

The smallest of all sums in the count, often of one person. They live as long as the
tally and go to the gate only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from teamhealth.disclosure.atoms import MOST, Atoms, Counts
from teamhealth.results.sheets import Sheet, answers_of

_SCORES = np.arange(1, 6, dtype=np.uint8)

_Who = tuple[int, bytes]
"""Where people answer, by its number in the tree, and what they told of themselves."""


@dataclass
class Gathering:
    """Grows by some sheets at a time; forms without attributes gather nothing.

    Of people alike (``who``) it keeps how many they are and five ``counts`` per item.
    """

    attributes: int
    items: int
    _at: dict[_Who, int] = field(default_factory=dict)
    who: list[_Who] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    counts: list[Counts] = field(default_factory=list)

    def add(self, groups: Sequence[int], sheets: Sequence[Sheet]) -> None:
        """Add sheets of people who answer in these groups, by their numbers in the tree."""
        if not self.attributes:
            return
        order = sorted(zip(groups, (s.told for s in sheets), range(len(sheets)), strict=True))
        told = answers_of([sheets[at] for _, _, at in order], self.items)
        counts = (told[:, :, np.newaxis] == _SCORES).astype(np.uint16)
        first = 0
        for who, alike in groupby((group, told) for group, told, _ in order):
            many = len(list(alike))
            self._keep(who, many, counts[first : first + many].sum(axis=0, dtype=np.uint16))
            first += many

    def _keep(self, who: _Who, many: int, counts: Counts) -> None:
        at = self._at.get(who)
        if at is None or self.people[at] + many > MOST:
            self._at[who] = len(self.who)
            self.who.append(who)
            self.people.append(many)
            self.counts.append(counts)
        else:
            self.people[at] += many
            self.counts[at] = self.counts[at] + counts

    def plus(self, other: "Gathering", groups: Sequence[int]) -> None:
        """Take in what another gathered, whose groups are these of ours, each once."""
        for (group, told), many, counts in zip(
            other.who, other.people, other.counts, strict=True
        ):
            self._keep((groups[group], told), many, counts)

    def atoms(self) -> Atoms:
        """Return what was gathered, as the gate reads it: in the same order whoever came first."""
        order = sorted(range(len(self.who)), key=lambda at: (self.who[at], self.people[at]))
        told = b"".join(self.who[at][1] for at in order)
        empty = np.zeros((0, self.items, 5), dtype=np.uint16)
        return Atoms(
            group=np.array([self.who[at][0] for at in order], dtype=np.int64),
            told=np.frombuffer(told, dtype=np.uint8)
            .reshape(-1, self.attributes or 1)
            .astype(np.int64),
            sheets=np.array([self.people[at] for at in order], dtype=np.int64),
            counts=np.array([self.counts[at] for at in order]) if order else empty,
        )
