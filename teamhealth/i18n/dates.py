"""Dates and numbers as each language writes them, by the Unicode tables that Babel ships.

Digits are 0–9 in every language, Arabic too: people compare a date in a letter with the
one on a page and a number in the text with the one in a chart, and those are not ours alone.
"""

from datetime import UTC, datetime, tzinfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

_LEFT_TO_RIGHT_MARK = "\u200e"


def long_date(moment: datetime, language: str, *, zone: tzinfo = UTC) -> str:
    """Write the day in words, such as *16 March 2026*; ``moment`` must know its zone."""
    return format_date(moment.astimezone(zone), format="long", locale=locale_of(language))


def day_and_time(moment: datetime, language: str, *, zone: tzinfo = UTC) -> str:
    """Write day, hour, minute and the zone's short name, such as *16 March 2026, 12:00 UTC*."""
    there = moment.astimezone(zone)
    hour = format_time(there, format="HH:mm", tzinfo=zone, locale=locale_of(language))
    comma = "،" if language == "ar" else ","
    return f"{long_date(moment, language, zone=zone)}{comma} {hour} {there.tzname()}"


def decimal(value: float, language: str, *, digits: int = 1) -> str:
    """Write a number with exactly ``digits`` decimals, by the language's separators.

    Rounded as Python's ``round`` does; what rounds to nothing has no minus sign.
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    rounded = round(float(value), digits) + 0.0
    text = format_decimal(rounded, format=pattern, locale=locale_of(language))
    # Between Arabic words a bare minus would be drawn behind its number.
    return _LEFT_TO_RIGHT_MARK + text if language == "ar" and rounded < 0 else text


def locale_of(language: str) -> str:
    """Return Babel's name: English is written the way most of Europe reads it, day first."""
    return "en_GB" if language == "en" else language
