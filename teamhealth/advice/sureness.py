"""How sure one group's result is, from what is told of it anyway."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from teamhealth.cells.model import GroupResult, ThemeCell

_TWO_POINTS = 2.0


@dataclass(frozen=True, slots=True)
class Sureness:
    """How many were asked and answered, and how far the values may be off.

    ``margin`` is the middle one of the themes' half intervals, None where none has one.
    ``one_person`` is about how far a theme moves if one person answers two points lower
    throughout. ``told`` tells that some statement of a theme is shown at all, ``words`` that
    statements are told in words, and means rounded;
    ``compared`` and ``followed`` whether the count could compare any theme with the
    organisation and with the survey before.
    """

    invited: int
    responses: int | None
    margin: float | None
    one_person: float | None
    told: bool
    words: bool
    compared: bool
    followed: bool

    @property
    def silent(self) -> int | None:
        """How many of those asked are not in the figures."""
        return None if self.responses is None else self.invited - self.responses


def sureness_of(
    group: GroupResult, cells: Sequence[ThemeCell], items: Iterable[str]
) -> Sureness:
    """Return how sure the given themes of a group are; ``items`` are all that ask for them."""
    halves = [
        (cell.interval.high - cell.interval.low) / 2
        for cell in cells
        if cell.interval is not None
    ]
    return Sureness(
        invited=group.invited,
        responses=group.responses,
        margin=median(halves) if halves else None,
        one_person=_TWO_POINTS / group.responses if group.responses else None,
        told=any(item in group.items for item in items),
        words=any(cell.word for cell in group.items.values()),
        compared=any(cell.compared is not None for cell in cells),
        followed=any(cell.change is not None for cell in cells),
    )
