"""How numbers are written on pages and in print: rounded here, once, halves up.

Below ten answers the count has rounded already, and its 4.8 stands for *4.8 or higher*.
"""

from decimal import ROUND_HALF_UP, Decimal

from teamhealth.cells.model import Range, ThemeCell

TOP = 4.8
"""The highest mean that is told below ten answers."""

_SPACE = "\u00a0"
_MINUS = "\u2212"


def decimal(value: float, places: int = 1) -> str:
    """Write a number with so many decimals; the shortest form of the float is what is rounded."""
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def tenths(value: float) -> float:
    """Return a number as it is written with one decimal."""
    return float(decimal(value))


def mean(cell: ThemeCell) -> str:
    """Write a theme's mean; ``≥ 4.8`` where no more than that is told."""
    return f"≥{_SPACE}{TOP}" if at_the_top(cell) else decimal(cell.mean)


def at_the_top(cell: ThemeCell) -> bool:
    """Tell whether a mean stands for itself or anything higher."""
    return not cell.full and cell.mean >= TOP


def between(around: Range) -> str:
    """Write a range such as ``3.4–4.2``."""
    return f"{decimal(around.low)}–{decimal(around.high)}"


def per_cent(share: float) -> str:
    """Write a share of a hundred as whole per cent."""
    return f"{decimal(share, 0)}{_SPACE}%"


def signed_between(around: Range) -> str:
    """Write a range of the eNPS in words, such as ``−3 and +37``."""
    return f"{signed(around.low)} and {signed(around.high)}"


def signed(value: float) -> str:
    """Write a whole number with its sign, as the eNPS is told; nought has none."""
    whole = int(decimal(abs(value), 0))
    if whole == 0:
        return "0"
    return f"+{whole}" if value > 0 else f"{_MINUS}{whole}"
