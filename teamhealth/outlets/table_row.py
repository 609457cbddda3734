"""One row of the CSV export, of a group or of a class; ``tables`` says what rows there are."""

from dataclasses import dataclass

from teamhealth.outlets.protected import PROTECTED, SHOWN

OF_CLASSES = ("attribute", "values")
"""The columns that only a survey with cross-cuts has; the last ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, its fields in the order of the columns.

    ``group`` is a path. ``theme`` is empty for measures of the whole form, ``item`` for
    measures of a theme. ``value`` is a number at full precision or a word's id; ``low``
    and ``high`` are its interval. ``n`` is the number of people it covers, and the
    ``responses`` of group or class where that is all that is told. ``attribute`` and
    ``values`` name a class and are empty for a group.
    """

    survey: str
    group: str
    theme: str
    item: str
    measure: str
    state: str
    value: float | str | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    attribute: str = ""
    values: str = ""


def state_of(value: float | str | None) -> str:
    """Return what the column ``state`` says of a value."""
    return PROTECTED if value is None else SHOWN
