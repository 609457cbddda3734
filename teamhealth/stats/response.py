"""What silence does to a number: bands of response, and how much lower it might be.

Nobody knows what those would have said who did not answer. That they would have scored
half a point lower is a mild assumption; in simulations selective silence does more harm
than the choice of the interval.
"""

from typing import Literal

Band = Literal["normal", "some_silent", "half_silent", "too_silent"]
"""From 80, 60, 40 % and below.

*half_silent*: no change is told. *too_silent*: no comparison either. Mean and interval are
told in every band: they are true of those who answered, and the whisker says what they
leave open.
"""

_LOWER = 0.5  # scale points that a silent person might score lower
_ENOUGH = 90  # per cent, from which silence is not told
_LOWEST = 1.0


def band(n: int, invited: int) -> Band:
    """Return the band of ``n`` answers of ``invited`` people (at least n)."""
    per_cent = 100 * n
    invited = max(invited, n, 1)
    if per_cent >= 80 * invited:
        return "normal"
    if per_cent >= 60 * invited:
        return "some_silent"
    return "half_silent" if per_cent >= 40 * invited else "too_silent"


def shift(n: int, invited: int) -> float | None:
    """Return how much lower a mean would be had the silent scored half a point lower.

    None from 90 % response on. Follows from numbers of people alone.
    """
    invited = max(invited, n, 1)
    return None if 100 * n >= _ENOUGH * invited else (1 - n / invited) * _LOWER


def whisker(low: float, n: int, invited: int, *, one_decimal: bool) -> float | None:
    """Return where the interval's lower end would lie, on the scale 1–5; None from 90 % on.

    ``one_decimal`` as in ``intervals.interval``: the shift is rounded half up, so that the
    end tells no more than the interval does.
    """
    lower = shift(n, invited)
    if lower is None:
        return None
    if not one_decimal:
        return max(_LOWEST, low - lower)
    return max(_LOWEST, round(low - int(10 * lower + 0.5) / 10, 1))
