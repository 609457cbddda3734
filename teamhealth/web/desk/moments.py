"""Dates as the desk writes them, and how far off they are. English, UTC, like all times of a survey."""

from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date

_LOCALE = "en_GB"
_LAST_MINUTE = time(23, 59)


def day(moment: datetime | date) -> str:
    """Write a day with its weekday, such as *Friday 20 November 2026*."""
    return format_date(moment, format="EEEE d MMMM y", locale=_LOCALE)


def short_day(moment: datetime | date) -> str:
    """Write a day for a narrow place, such as *Fri 20 Nov*."""
    return format_date(moment, format="EEE d MMM", locale=_LOCALE)


def span(first: datetime | date, last: datetime | date) -> str:
    """Write two days as briefly as they allow, such as *9–20 February 2026*."""
    end = format_date(last, format="d MMMM y", locale=_LOCALE)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    form = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{format_date(first, format=form, locale=_LOCALE)} – {end}"


def hour(moment: datetime) -> str:
    """Write the time of day, such as *18:00 UTC*."""
    return f"{moment.astimezone(UTC):%H:%M} UTC"


def days_until(moment: datetime, *, now: datetime) -> int:
    """Count the midnights before a moment; −1 once it has passed."""
    return -1 if moment <= now else (moment.date() - now.date()).days


def end_of(chosen: date) -> datetime:
    """Return the last minute of a day, at which a survey closes."""
    return datetime.combine(chosen, _LAST_MINUTE, tzinfo=UTC)


def in_two_weeks(now: datetime) -> date:
    """Return the closing date that is proposed."""
    return (now + timedelta(days=14)).date()
