"""What agreement a small group reaches by chance: critical values, simulated.

Made by ``tests/numbers/critical_values.py``, which says how. The fixed cut-offs of the
literature (rwg(j) at least .70, deviation at most 5/6) are too easy for few people: of
five people who answer three items by chance, about one group in ten passes the first.
"""

from dataclasses import dataclass
from functools import lru_cache

# people: per number of items, 1 to 6: rwg(j) uniform and skewed at least, deviation at most
_TABLE = {
    5: (
        (0.850, 1.000, 0.200),
        (0.769, 0.824, 0.500),
        (0.774, 0.834, 0.600),
        (0.783, 0.851, 0.600),
        (0.803, 0.860, 0.640),
        (0.821, 0.875, 0.667),
    ),
    6: (
        (0.716, 0.875, 0.334),
        (0.688, 0.789, 0.584),
        (0.719, 0.798, 0.667),
        (0.740, 0.813, 0.709),
        (0.764, 0.831, 0.734),
        (0.782, 0.845, 0.750),
    ),
    7: (
        (0.666, 0.786, 0.429),
        (0.656, 0.743, 0.643),
        (0.678, 0.769, 0.715),
        (0.711, 0.790, 0.750),
        (0.731, 0.809, 0.772),
        (0.753, 0.826, 0.786),
    ),
    8: (
        (0.607, 0.786, 0.500),
        (0.617, 0.712, 0.688),
        (0.648, 0.734, 0.750),
        (0.679, 0.766, 0.782),
        (0.703, 0.788, 0.825),
        (0.726, 0.807, 0.834),
    ),
    9: (
        (0.569, 0.668, 0.556),
        (0.581, 0.686, 0.723),
        (0.619, 0.719, 0.778),
        (0.656, 0.747, 0.806),
        (0.681, 0.771, 0.845),
        (0.704, 0.792, 0.852),
    ),
    10: (
        (0.527, 0.635, 0.600),
        (0.548, 0.654, 0.750),
        (0.589, 0.696, 0.834),
        (0.625, 0.728, 0.850),
        (0.659, 0.752, 0.880),
        (0.684, 0.773, 0.884),
    ),
    12: (
        (0.454, 0.575, 0.667),
        (0.504, 0.611, 0.834),
        (0.552, 0.662, 0.862),
        (0.593, 0.693, 0.896),
        (0.621, 0.724, 0.917),
        (0.648, 0.747, 0.931),
    ),
    15: (
        (0.395, 0.502, 0.734),
        (0.458, 0.570, 0.867),
        (0.505, 0.616, 0.912),
        (0.549, 0.656, 0.934),
        (0.579, 0.689, 0.947),
        (0.609, 0.717, 0.967),
    ),
    20: (
        (0.336, 0.442, 0.850),
        (0.397, 0.507, 0.925),
        (0.450, 0.563, 0.967),
        (0.490, 0.606, 0.988),
        (0.529, 0.642, 1.000),
        (0.558, 0.672, 1.009),
    ),
    30: (
        (0.262, 0.351, 0.934),
        (0.328, 0.430, 1.000),
        (0.380, 0.490, 1.023),
        (0.425, 0.537, 1.042),
        (0.458, 0.578, 1.054),
        (0.491, 0.610, 1.056),
    ),
}
_SMALLEST, _MOST_ITEMS = min(_TABLE), 6


@dataclass(frozen=True, slots=True)
class Critical:
    """Lowest rwg(j) (with either kind of chance) and highest deviation that are no luck (5 %)."""

    uniform: float
    skewed: float
    deviation: float


@lru_cache(maxsize=4096)
def critical(n: int, items: int) -> Critical:
    """Return the critical values for ``n`` people and some items of answers 1…5.

    Taken from the next smaller group in the table, so they are no easier than the exact
    ones. More than six items count as six. Raises ValueError below five people.
    """
    if n < _SMALLEST:
        raise ValueError(f"no critical values below {_SMALLEST} people")
    row = _TABLE[max(people for people in _TABLE if people <= n)]
    return Critical(*row[min(max(items, 1), _MOST_ITEMS) - 1])
