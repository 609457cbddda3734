"""The days on which a published result comes to its readers."""

from datetime import UTC, datetime

import pytest

from teamhealth.campaigns.releasing import working_days_after


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        ("2026-12-01 09:30", 2, "2026-12-03 09:30"),  # Tuesday
        ("2026-12-03 09:30", 2, "2026-12-07 09:30"),  # Thursday
        ("2026-12-04 23:59", 1, "2026-12-07 23:59"),  # Friday
        ("2026-12-05 15:00", 2, "2026-12-09 00:00"),  # Saturday counts as Monday's beginning
        ("2026-12-06 15:00", 0, "2026-12-07 00:00"),
    ],
)
def test_working_days_leave_weekends_out(day, days, expected):
    moment, then = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (day, expected))

    assert working_days_after(moment, days) == then
