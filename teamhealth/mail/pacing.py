"""Keeping to so many letters a minute: in no minute does this process send more."""

import time
from collections import deque
from collections.abc import Callable

_MINUTE = 60.0
_TURN = 5.0  # seconds between two sweeps of a worker


class Pace:
    """When this process last sent letters. ``ticks`` counts seconds from anywhere."""

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._sent: deque[float] = deque()

    def room(self, rate: int) -> int:
        """Return how many letters may go now, if ``rate`` a minute may.

        At most the share of one sweep, at least one, so that a minute's letters spread over
        the minute; and no more than the last minute has left over.
        """
        began = self._ticks() - _MINUTE
        while self._sent and self._sent[0] <= began:
            self._sent.popleft()
        share = -(-rate * _TURN // _MINUTE)
        return max(0, min(int(share), rate - len(self._sent)))

    def note(self) -> None:
        """Note that a letter was just handed over, or that it was tried."""
        self._sent.append(self._ticks())
