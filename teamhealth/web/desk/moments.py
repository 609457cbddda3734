"""Dates as the desk writes them in each language, and how far off they are. UTC, like all times of a survey."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from teamhealth.i18n.dates import locale_of
from teamhealth.i18n.languages import direction
from teamhealth.i18n.messages import WRITTEN

_ISOLATE, _END = "\u2066", "\u2069"  # from left to right, whatever stands around it
_LAST_MINUTE = time(23, 59)


def day(moment: datetime | date, language: str) -> str:
    """Write a day with its weekday, such as *Friday 20 November 2026*."""
    form = "EEEE d MMMM y" if language == WRITTEN else "full"
    return format_date(moment, format=form, locale=locale_of(language))


def short_day(moment: datetime | date, language: str) -> str:
    """Write a day for a narrow place, such as *Fri 20 Nov*."""
    if language == WRITTEN:
        return format_date(moment, format="EEE d MMM", locale=locale_of(language))
    return format_skeleton("MMMEd", moment, locale=locale_of(language))


def span(first: datetime | date, last: datetime | date, language: str) -> str:
    """Write two days as briefly as they allow, such as *9–20 February 2026*."""
    return format_interval(_day(first), _day(last), "yMMMMd", locale=locale_of(language))


def month(moment: datetime | date, language: str) -> str:
    """Write a month and its year, such as *November 2026*."""
    return format_skeleton("yMMMM", moment, locale=locale_of(language))


def hour(moment: datetime, language: str) -> str:
    """Write the time of day, such as *18:00 UTC*; the same everywhere, also between Arabic words."""
    told = f"{moment.astimezone(UTC):%H:%M} UTC"
    return f"{_ISOLATE}{told}{_END}" if direction(language) == "rtl" else told


@lru_cache(maxsize=4096)
def number(whole: int, language: str) -> str:
    """Write a whole number, such as *1,200*."""
    return format_decimal(whole, locale=locale_of(language))


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def days_until(moment: datetime, *, now: datetime) -> int:
    """Count the midnights before a moment; −1 once it has passed."""
    return -1 if moment <= now else (moment.date() - now.date()).days


def end_of(chosen: date) -> datetime:
    """Return the last minute of a day, at which a survey closes."""
    return datetime.combine(chosen, _LAST_MINUTE, tzinfo=UTC)


def in_two_weeks(now: datetime) -> date:
    """Return the closing date that is proposed."""
    return (now + timedelta(days=14)).date()
