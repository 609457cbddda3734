"""The audit of one theme's figure: what it rests on, how much it tells, whether it is the mean."""

from collections.abc import Iterator

import numpy as np

from teamhealth.disclosure.claims import Numbers, ThemeClaim

_HIGHEST = 4.8
_HALF_STEP = 0.05
_NEAR = 1e-9
_SCORES = np.arange(1, 6)


def outside(theme: ThemeClaim, cells: list[tuple[bool, bool, float]]) -> Iterator[str]:
    """Check one theme against its cells, each (shown?, numbers?, mean of its numbers)."""
    if not cells or 2 * len(cells) < theme.asked or not all(shown for shown, _, _ in cells):
        yield "rests on items that are hidden, or on fewer than half"
    elif {full for _, full, _ in cells} != {theme.full}:
        yield "mixes words and numbers"
    elif theme.full:
        if not abs(theme.mean - sum(mean for _, _, mean in cells) / len(cells)) <= _NEAR:
            yield "is not the mean of its shown items"
    elif len(cells) == 1 or theme.mean > _HIGHEST or not _one_decimal(theme.mean):
        yield "tells more than one decimal, of one item, or everybody's five"
    elif theme.ends is not None and not all(map(_one_decimal, theme.ends)):
        yield "has an interval that tells more than one decimal"


def means(counts: Numbers) -> list[list[float]]:
    """Return every cell's mean; not a number where nothing is counted."""
    people = counts.sum(axis=2)
    means = np.divide(
        counts @ _SCORES, people, out=np.full(people.shape, np.nan), where=people > 0
    )
    rows: list[list[float]] = means.tolist()
    return rows


def counted(theme: ThemeClaim, row: list[float]) -> bool:
    """Tell whether a theme is the mean of what was counted, given every item's."""
    mean = sum(row[j] for j in theme.items) / len(theme.items)
    away = abs(theme.mean - (mean if theme.full else min(mean, _HIGHEST)))
    return away <= (_NEAR if theme.full else _HALF_STEP + _NEAR)


def _one_decimal(value: float) -> bool:
    return value == round(value, 1)
