"""Arrays as they come in: people × items or scores, NaN (or None) where there is no answer."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def table(values: ArrayLike) -> Floats:
    """Return people × items as floats, NaN where an answer is missing or not finite.

    Raises ValueError if there are not exactly two dimensions.
    """
    found = np.array(values, dtype=np.float64)
    if found.ndim != 2:  # noqa: PLR2004
        raise ValueError("people × items are needed: two dimensions")
    found[~np.isfinite(found)] = np.nan
    return found


def complete(values: ArrayLike) -> Floats:
    """Return the people of a table who answered every item (listwise)."""
    found = table(values)
    kept: Floats = found[~np.isnan(found).any(axis=1)]
    return kept


def grouped(groups: ArrayLike, many: int) -> tuple[list[object], Ints]:
    """Return the groups' names, sorted, and the number of each person's group; -1 for none.

    None and NaN are no group. Raises ValueError unless there is one entry per person.
    """
    given = np.asarray(groups)
    if given.shape != (many,):
        raise ValueError("one group per person is needed")
    # only a NaN differs from itself
    named = np.array([g is not None and bool(g == g) for g in given], dtype=bool)  # noqa: PLR0124
    names, number = np.unique(given[named], return_inverse=True)
    found = np.full(many, -1, dtype=np.int64)
    found[named] = number
    return names.tolist(), found
