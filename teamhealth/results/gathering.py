"""The sums that cross-cuts need: answers by group and by what people told of themselves.

The smallest of all sums in the count, often of one person. They live as long as the
tally and go to the gate only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from teamhealth.disclosure.atoms import MOST, Atoms, Counts
from teamhealth.disclosure.tree import Ints
from teamhealth.results.sheets import Sheet

_SCORES = np.arange(1, 6, dtype=np.uint8)


@dataclass
class Gathering:
    """Grows by some sheets of one group at a time; forms without attributes gather nothing."""

    attributes: int
    items: int
    _at: dict[tuple[int, bytes], int] = field(default_factory=dict)
    _who: list[tuple[int, bytes]] = field(default_factory=list)
    _sheets: list[int] = field(default_factory=list)
    _counts: list[Counts] = field(default_factory=list)

    def add(self, group: int, sheets: Sequence[Sheet]) -> None:
        """Add sheets of people who answer in this group, by its number in the tree."""
        if not self.attributes:
            return
        alike: dict[bytes, list[bytes]] = {}
        for sheet in sheets:
            alike.setdefault(sheet.told, []).append(sheet.answers)
        for told, answers in alike.items():
            rows = np.frombuffer(b"".join(answers), dtype=np.uint8).reshape(-1, self.items)
            self._keep(
                (group, told), len(answers), (rows[:, :, np.newaxis] == _SCORES).sum(axis=0)
            )

    def _keep(self, who: tuple[int, bytes], many: int, counts: Ints) -> None:
        at = self._at.get(who)
        if at is None or self._sheets[at] + many > MOST:
            self._at[who] = len(self._who)
            self._who.append(who)
            self._sheets.append(many)
            self._counts.append(counts.astype(np.uint16))
        else:
            self._sheets[at] += many
            self._counts[at] += counts.astype(np.uint16)

    def atoms(self) -> Atoms:
        """Return what was gathered, as the gate reads it."""
        told = b"".join(told for _, told in self._who)
        empty = np.zeros((0, self.items, 5), dtype=np.uint16)
        return Atoms(
            group=np.array([group for group, _ in self._who], dtype=np.int64),
            told=np.frombuffer(told, dtype=np.uint8)
            .reshape(-1, self.attributes or 1)
            .astype(np.int64),
            sheets=np.array(self._sheets, dtype=np.int64),
            counts=np.array(self._counts) if self._counts else empty,
        )
