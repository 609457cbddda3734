"""Moments on the command line: ``+14d`` from now, or a date."""

from datetime import datetime
from typing import Any

import click

from teamhealth import clock
from teamhealth.campaigns.moments import parse_closes
from teamhealth.errors import WrongUseError


class Moment(click.ParamType[datetime]):
    """``+14d``, ``+36h``, ``+90m``, ``2026-05-01`` (its end) or ``2026-05-01T17:00``; UTC unless told."""

    name = "moment"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment meant; wrong use if the text means none."""
        if isinstance(value, datetime):
            return value
        try:
            return parse_closes(value, now=clock.now())
        except WrongUseError:
            self.fail(
                f"{value!r} is no moment; write +14d, 2026-05-01 or 2026-05-01T17:00",
                param,
                ctx,
            )
