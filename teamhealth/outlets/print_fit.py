"""How a group's report is made to fit: smaller type before less text, never a page more than its length.

Longer forms, longer languages and many comments need more room. Each try gives a little
more; the first that fits is printed, so that the same input gives the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FEWEST = 0.2
"""A page that is filled less than this looks like a mistake: rather smaller type."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One try: how much smaller everything is set, how much text is left away, how many comments stand.

    ``lean`` is 0 for everything, 1 without notes on evidence and with a practice less, 2 for the
    shortest. ``comments`` is None for all.
    """

    shrunk: float = 1.0
    lean: int = 0
    comments: int | None = None


PAGES = {"small": 4, "medium": 6, "large": 8}
"""So many pages at most, by the number of answers; the page for the leader comes on top."""

_ROOM = (Fit(), Fit(1.05), Fit(1.05, 1), Fit(1.1, 1), Fit(1.14, 2))
_SMALL = 10
_COMMENTS = (24, 12, 6, 3, 1)


FLOWING = (Fit(), Fit(1.05), Fit(1.1), Fit(0.96), Fit(1.05, 1))
"""What to try for a report that is as long as it is, so that no page of it is nearly empty."""

FILLED = 0.25
"""So full is each page of such a report to be."""

_MANY = 30
_A_FEW = 12
_SHORT = ("en", "ar")


def tries(comments: int, *, responses: int, statements: int, language: str) -> Iterator[Fit]:
    """Give what to try, one after the other, for a group with so many comments.

    What is known to be too large is not tried: laying a report out takes the most time.
    """
    small = responses < _SMALL and statements > _A_FEW
    close = small or statements > _MANY or language not in _SHORT
    yield from _ROOM[close:]
    for most in _COMMENTS:
        if most < comments:
            yield Fit(1.1 if most > min(_COMMENTS) else 1.14, 2, most)
