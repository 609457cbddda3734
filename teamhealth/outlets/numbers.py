"""How numbers are written on pages and in print, in six languages: rounded here, once, halves up.

Below ten answers the count has rounded already, and its 4.8 stands for *4.8 or higher*.
Digits are 0–9 in every language, as in ``i18n.dates``.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial

from babel.numbers import format_decimal

from teamhealth.cells.model import Range, ThemeCell
from teamhealth.i18n.dates import locale_of
from teamhealth.i18n.messages import say

TOP = 4.8
"""The highest mean that is told below ten answers."""

_SPACE = "\u00a0"
_MINUS = "\u2212"
_LEFT_TO_RIGHT_MARK = "\u200e"


def filters(language: str) -> dict[str, Callable[..., str]]:
    """Return the filters with which templates write numbers in a language."""
    told: dict[str, Callable[..., str]] = {
        "mean": mean,
        "between": between,
        "per_cent": per_cent,
        "signed": signed,
    }
    return {
        "decimal": lambda value, places=1: decimal(value, language, places),
        **{name: partial(one, language=language) for name, one in told.items()},
    }


def decimal(value: float, language: str, places: int = 1) -> str:
    """Write a number with so many decimals; the shortest form of the float is what is rounded."""
    return _written(
        Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP),
        language,
        places,
    )


@lru_cache(maxsize=8192)
def _written(rounded: Decimal, language: str, places: int) -> str:
    """Write a rounded number; kept, because a large page has few different ones, and writing is slow."""
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return format_decimal(rounded, format=pattern, locale=locale_of(language))


def tenths(value: float) -> float:
    """Return a number rounded as it is written with one decimal."""
    return float(Decimal(repr(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def mean(cell: ThemeCell, language: str) -> str:
    """Write a theme's mean; ``≥ 4.8`` where no more than that is told."""
    told = decimal(TOP if at_the_top(cell) else cell.mean, language)
    return f"{_mark(language)}≥{_SPACE}{told}" if at_the_top(cell) else told


def at_the_top(cell: ThemeCell) -> bool:
    """Tell whether a mean stands for itself or anything higher."""
    return not cell.full and cell.mean >= TOP


def between(around: Range, language: str) -> str:
    """Write a range such as ``3.4–4.2``."""
    return from_to(decimal(around.low, language), decimal(around.high, language), language)


def from_to(low: str, high: str, language: str) -> str:
    """Write two numbers as a range, the lower one on the left in every language."""
    return f"{_mark(language)}{low}–{high}"


def per_cent(share: float, language: str) -> str:
    """Write a share of a hundred as whole per cent."""
    space = "" if language == "ar" else _SPACE
    return f"{decimal(share, language, 0)}{space}%"


def signed_between(around: Range, language: str) -> str:
    """Write a range of the eNPS in words, such as ``−3 and +37``."""
    low, high = signed(around.low, language), signed(around.high, language)
    return say(language, "%(low)s and %(high)s", low=low, high=high)


def signed(value: float, language: str) -> str:
    """Write a whole number with its sign, as the eNPS is told; nought has none."""
    whole = decimal(abs(value), language, 0)
    if whole == "0":
        return whole
    return f"{_mark(language)}{'+' if value > 0 else _MINUS}{whole}"


def _mark(language: str) -> str:
    """Return what keeps signs and ranges in the order of the scale between Arabic words."""
    return _LEFT_TO_RIGHT_MARK if language == "ar" else ""
