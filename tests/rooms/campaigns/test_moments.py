"""Closing dates as people write them."""

from datetime import UTC, datetime, timedelta

import pytest

from teamhealth.campaigns.moments import parse_closes
from teamhealth.errors import WrongUseError
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("+14d", NOON + timedelta(days=14)),
        (" +36h ", NOON + timedelta(hours=36)),
        ("+90m", NOON + timedelta(minutes=90)),
        ("2026-05-01", datetime(2026, 5, 1, 23, 59, tzinfo=UTC)),
        ("2026-05-01T17:00", datetime(2026, 5, 1, 17, tzinfo=UTC)),
        ("2026-05-01T17:00+02:00", datetime(2026, 5, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_closing_date_is_read(text, moment):
    assert parse_closes(text, now=NOON) == moment


@pytest.mark.parametrize(
    "text",
    ["", "soon", "14d", "+14", "+14w", "1.5.2026", "2026-13-01", "0001-01-01T00:00+14:00"],
)
def test_anything_else_is_wrong_use(text):
    with pytest.raises(WrongUseError, match="no moment"):
        parse_closes(text, now=NOON)
