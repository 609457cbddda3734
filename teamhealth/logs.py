"""What may be logged: fixed events with fields from a closed list, and nothing else.

Promise: no answer, credential, address, path, user agent or time of a respondent
ever reaches a log. ``tests/rules`` searches the whole log stream of the journeys.
"""

import json
import logging
import sys
from typing import Literal

_LOG = logging.getLogger("teamhealth")

Event = Literal[
    "survey_prepared",
    "survey_opened",
    "survey_extended",
    "survey_closing",
    "survey_counted",
    "survey_published",
    "survey_cancelled",
    "survey_scrubbed",
    "audit_failed",
    "keys_missing",
    "keys_destroyed",
    "letter_failed",
    "letters_sent",
    "sweep_failed",
    "answer_refused",
    "signed_in",
    "sign_in_refused",
    "desk_failed",
    "report_written",
    "backup_written",
    "restored",
]
Field = Literal["survey", "kind", "count", "problem", "step", "account", "file"]


def event(name: Event, /, *, level: int = logging.INFO, **fields: str | int) -> None:
    """Log one event; field names are those of ``Field``.

    ``problem`` is the name of an exception's class, never its message.
    """
    _LOG.log(level, "%s", json.dumps({"event": name, **fields}, ensure_ascii=False))


def to_stderr() -> None:
    """Send events to stderr, one JSON object a line, without a time: the system's journal has one."""
    if not _LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _LOG.addHandler(handler)
        _LOG.setLevel(logging.INFO)
        _LOG.propagate = False
