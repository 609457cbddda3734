"""Which band a theme lies in: told only where most of its interval lies there.

A band is one word only if two thirds of the interval (95 %) lie in it; else it is the two
neighbours that hold most of it. A theme without an interval has no band: its mean alone
would promise more than it knows.
"""

from itertools import pairwise

from teamhealth.cells.model import Range, ThemeCell
from teamhealth.instruments.themes import BANDS, Band, Banding

MOST = 2 / 3
_LOST = 1e-9
"""What floats may lose: of 3.8 to 4.1 two thirds lie above 3.9."""
_SCALE = (1.0, 5.0)


def bands_of(cell: ThemeCell, banding: Banding) -> tuple[Band, ...]:
    """Return one band, or two neighbours, lower first; empty without an interval."""
    if cell.interval is None:
        return ()
    low, medium, high = _shares(cell.interval, banding)
    for band, share in (("low", low), ("medium", medium), ("high", high)):
        if share >= MOST - _LOST:
            return (_named(band),)
    return ("low", "medium") if low > high else ("medium", "high")


def lies_in(cell: ThemeCell, band: Band, banding: Banding) -> bool:
    """Tell whether most of a theme's interval lies in that band."""
    return bands_of(cell, banding) == (band,)


def _shares(around: Range, banding: Banding) -> tuple[float, float, float]:
    """Return which share of an interval lies in the low, the medium and the high band."""
    width = around.high - around.low
    if width <= 0:
        at = banding.of(around.low)
        low, medium, high = (float(at == band) for band in BANDS)
        return low, medium, high
    bottom, top = _SCALE
    ends = (bottom, banding.medium_from, banding.high_from, top)
    low, medium, high = (
        max(0.0, min(around.high, right) - max(around.low, left)) / width
        for left, right in pairwise(ends)
    )
    return low, medium, high


def _named(band: str) -> Band:
    return next(known for known in ("low", "medium", "high") if known == band)
