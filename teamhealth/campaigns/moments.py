"""Closing dates as people write them."""

import re
from datetime import UTC, datetime, time, timedelta

from teamhealth.errors import WrongUseError

_AFTER = re.compile(r"\+(\d{1,4})([mhd])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_LAST_MINUTE = time(23, 59)


def parse_closes(text: str, *, now: datetime) -> datetime:
    """Return the moment meant, in UTC.

    ``text`` is ``+14d`` (also ``+36h``, ``+90m``), a date (its last minute) or a date and
    time in ISO 8601; UTC where it names no zone. Raises WrongUseError for anything else.
    """
    text = text.strip()
    if after := _AFTER.fullmatch(text):
        return now + timedelta(**{_UNITS[after[2]]: int(after[1])})
    try:
        moment = datetime.fromisoformat(text)
        if "T" not in text and " " not in text:
            moment = datetime.combine(moment, _LAST_MINUTE)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise WrongUseError(
            f"{text!r} is no moment; nothing was stored. "
            "Write +14d, 2026-05-01 or 2026-05-01T17:00."
        ) from None
