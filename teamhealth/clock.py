"""The one source of "now", so that nothing is ever naive, and the demonstration can live through its past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """Return the present moment in UTC, cut to whole seconds."""
    return _stopped.get() or datetime.now(UTC).replace(microsecond=0)


@contextmanager
def stopped(moment: datetime) -> Iterator[None]:
    """Let it be that moment for what is called within, in this thread alone."""
    before = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(before)
