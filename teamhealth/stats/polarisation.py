"""Whether people in a group see something very differently, told from counts of answers.

Van der Eijk's agreement A (2001) takes the counts apart into layers of equal answers
and asks of each whether its categories lie side by side. It needs only the order of the
answers and is not misled by a mean near the end of the scale, as the bimodality
coefficient is. Polarisation is (1 - A) / 2: 0 all in one place, ½ spread evenly,
1 half at each end.
"""

from collections.abc import Sequence
from itertools import combinations

from teamhealth.stats.figures import Figure, Reason, none

LEAST_PEOPLE = 10
"""Below, nobody is told that a group is divided: it would point at people."""

_DIVIDED = (
    0.4  # of typical teams 1 to 10 % are above it with both ends filled; without it 15 to 30 %
)
_END = 4  # an end is filled by one in so many at least


def polarisation(counts: Sequence[int]) -> Figure:
    """Return the polarisation of answers counted per category, of which there are three or more."""
    people = sum(counts)
    if not people:
        return none(Reason.TOO_FEW_ANSWERS, 0)
    agreement, left = 0.0, list(counts)
    while any(left):
        filled = [c > 0 for c in left]
        layer = min(c for c in left if c)
        agreement += layer * sum(filled) / people * _side_by_side(filled)
        left = [c - layer * f for c, f in zip(left, filled, strict=True)]
    return Figure((1 - agreement) / 2, people)


def divided(counts: Sequence[Sequence[int]]) -> bool | None:
    """Tell whether people see a theme very differently; per item its counts of the answers 1…5.

    Of all answers at least a quarter are 1 or 2 and a quarter 4 or 5, and the items'
    mean polarisation is .40 or more. None below ten answers to any item.
    """
    if not counts or min(map(sum, counts)) < LEAST_PEOPLE:
        return None
    answers = sum(map(sum, counts))
    low, high = sum(sum(c[:2]) for c in counts), sum(sum(c[3:]) for c in counts)
    if _END * min(low, high) < answers:
        return False
    return sum(polarisation(c).value for c in counts) >= _DIVIDED * len(counts)


def _side_by_side(filled: Sequence[bool]) -> float:
    """Return A of one layer: 1 for one category, 0 for all, -1 for the two ends."""
    many, some = len(filled), sum(filled)
    if some == 1:
        return 1.0
    triples = list(combinations(filled, 3))
    gaps = triples.count((True, False, True))
    steps = triples.count((True, True, False)) + triples.count((False, True, True))
    if not gaps + steps:
        return 0.0
    unimodal = ((many - 2) * steps - (many - 1) * gaps) / ((many - 2) * (gaps + steps))
    return unimodal * (1 - (some - 1) / (many - 1))
