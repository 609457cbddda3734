"""``--closes`` takes a span from now or a date, and nothing that could be misread."""

from datetime import UTC, datetime, timedelta

import click
import pytest

from teamhealth.cli.moments import Moment
from tests.conftest import NOON


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("+14d", NOON + timedelta(days=14)),
        ("+36h", NOON + timedelta(hours=36)),
        ("+90m", NOON + timedelta(minutes=90)),
        ("2026-05-01", datetime(2026, 5, 1, 23, 59, tzinfo=UTC)),
        ("2026-05-01T17:00", datetime(2026, 5, 1, 17, tzinfo=UTC)),
        ("2026-05-01T17:00+02:00", datetime(2026, 5, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read(text, moment):
    assert Moment().convert(text, None, None) == moment


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize(
    "text", ["", "14", "14d", "+14", "-3d", "+14w", "1.5.2026", "tomorrow"]
)
def test_anything_else_is_wrong_use(text):
    with pytest.raises(click.UsageError, match="is no moment"):
        Moment().convert(text, None, None)
