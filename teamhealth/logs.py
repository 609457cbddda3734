"""What may be logged: fixed events with fields from a closed list, and nothing else.

Promise: no answer, credential, address, path, user agent or time of a respondent
ever reaches a log, also not in the words of a library, a warning or a traceback
(``tests/rules/test_no_traces.py`` searches all that the real server writes).
"""

import json
import logging
import sys
import threading
from datetime import datetime
from typing import Literal

from teamhealth import clock

_LOG = logging.getLogger("teamhealth")

Event = Literal[
    "survey_prepared",
    "survey_opened",
    "survey_extended",
    "survey_closing",
    "seat_changed",
    "slips_printed",
    "survey_counted",
    "survey_published",
    "survey_cancelled",
    "survey_entrusted",
    "trustee_refused",
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
    "api_token_made",
    "api_token_ended",
    "api_refused",
    "desk_failed",
    "process_fault",
    "report_written",
    "report_failed",
    "reports_ready",
    "reports_deleted",
    "backup_written",
    "restored",
]
Field = Literal["survey", "kind", "count", "problem", "step", "account", "file"]


def event(name: Event, /, *, level: int = logging.INFO, **fields: str | int) -> None:
    """Log one event; field names are those of ``Field``.

    ``problem`` is the name of an exception's class, never its message.
    """
    _LOG.log(level, "%s", json.dumps({"event": name, **fields}, ensure_ascii=False))


def fault(step: str, problem: str) -> None:
    """Log, once an hour and process, that something failed that nobody expected.

    ``step`` says where: a door, a library's logger. A line for each time would tell,
    through the journal's times, when people came.
    """
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    if _noted.get((step, problem)) != hour:
        _noted[step, problem] = hour
        event("process_fault", level=logging.ERROR, step=step, problem=problem)


_noted: dict[tuple[str, str], datetime] = {}


def to_stderr() -> None:
    """Send events to stderr, one JSON object a line, without a time: the system's journal has one.

    What libraries, warnings and failing threads say becomes an event without their words,
    which may hold anything: a path, a statement with its values.
    """
    if not _LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _LOG.addHandler(handler)
        _LOG.setLevel(logging.INFO)
        _LOG.propagate = False
        logging.getLogger().addHandler(_Strangers(logging.WARNING))
        logging.captureWarnings(capture=True)
        threading.excepthook = lambda failed: fault("thread", failed.exc_type.__name__)
        sys.unraisablehook = lambda failed: fault("cleaning up", failed.exc_type.__name__)


class _Strangers(logging.Handler):
    """Hears everything that is not logged by ``event``."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        fault(record.name, kind.__name__ if kind else record.levelname.lower())
