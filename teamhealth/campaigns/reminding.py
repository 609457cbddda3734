"""The one reminder of a survey: whether there is one, and when it goes out.

Promise: it follows from dates that everybody knows, and from nobody's answer.
"""

from datetime import datetime, timedelta

from teamhealth.campaigns.models import Survey

BEFORE = timedelta(days=3)
"""So long before the close it goes out."""

LEAST = timedelta(days=5)
"""A survey that is open for less has none: its invitation is still fresh."""


def due(survey: Survey) -> datetime | None:
    """Return when the reminder goes out; None if there is none, or it has gone out."""
    began = survey.opened_at or survey.created_at
    if not survey.reminders or survey.reminded or survey.closes_at - began < LEAST:
        return None
    return survey.closes_at - BEFORE
