"""Signing keys made once and used in turn: making one takes a twentieth of a second, and hundreds of surveys are launched."""

from itertools import count
from threading import Lock

MANY = 96


class KeyRing:
    """Makes keys as ``make`` does, and from the ninety-seventh on gives the oldest again.

    So every key that a test can hold beside another differs from it.
    """

    def __init__(self, make):
        self._make = make
        self._made = []
        self._turns = count()
        self._lock = Lock()

    def __call__(self):
        with self._lock:
            turn = next(self._turns)
            if turn < MANY:
                self._made.append(self._make())
            return self._made[turn % MANY]
