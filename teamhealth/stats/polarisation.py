"""Whether people in a group see something very differently, told from counts of answers.

Van der Eijk's agreement A (2001) takes the counts apart into layers of equal answers
and asks of each whether its categories lie side by side. It needs only the order of the
answers and is not misled by a mean near the end of the scale, as the bimodality
coefficient is. Polarisation is (1 - A) / 2: 0 all in one place, ½ spread evenly,
1 half at each end.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product

import numpy as np
from numpy.typing import ArrayLike

from teamhealth.stats.arrays import Bools, Floats
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
    return Figure(float(polarisation_each([counts])[0]), people)


def polarisation_each(counts: ArrayLike) -> Floats:
    """Return the polarisation of many rows of counts (the last axis); NaN where nobody answered."""
    rows = np.asarray(counts, dtype=np.int64)
    people, table = rows.sum(axis=-1), _layers(rows.shape[-1])
    bits = 1 << np.arange(rows.shape[-1])
    steps = np.sort(rows, axis=-1)
    heights = np.diff(steps, axis=-1, prepend=0)
    agreement = np.zeros(rows.shape[:-1])
    for at in range(rows.shape[-1]):
        filled = rows >= np.maximum(steps[..., at : at + 1], 1)
        agreement += heights[..., at] * table[filled @ bits]
    found: Floats = np.where(people > 0, (1 - agreement / np.maximum(people, 1)) / 2, np.nan)
    return found


def divided(counts: Sequence[Sequence[int]]) -> bool | None:
    """Tell whether people see a theme very differently; per item its counts of the answers 1…5.

    Of all answers at least a quarter are 1 or 2 and a quarter 4 or 5, and the items'
    mean polarisation is .40 or more. None below ten answers to any item.
    """
    if not counts or min(map(sum, counts)) < LEAST_PEOPLE:
        return None
    return bool(divided_each([counts])[0])


def divided_each(counts: ArrayLike) -> Bools:
    """Tell the same of many groups at once: groups × items × five counts, of ten people or more."""
    rows = np.asarray(counts, dtype=np.int64)
    answers = rows.sum(axis=(1, 2))
    low, high = rows[..., :2].sum(axis=(1, 2)), rows[..., 3:].sum(axis=(1, 2))
    apart = polarisation_each(rows).sum(axis=1) >= _DIVIDED * rows.shape[1]
    found: Bools = (_END * np.minimum(low, high) >= answers) & apart
    return found


@lru_cache
def _layers(many: int) -> Floats:
    """Return, for each set of filled categories (as bits), how many they are times their A."""
    found = np.zeros(2**many)
    for filled in product((False, True), repeat=many):
        if any(filled):
            at = sum(bit << place for place, bit in enumerate(filled))
            found[at] = sum(filled) * _side_by_side(filled)
    return found


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
