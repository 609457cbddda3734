"""Opening in several processes at a time: each is sent batches of sealed rows and gives back sums.

Promise: the box key and the rows reach a process through a pipe, which is memory; they
stand in no file, in no environment and on no command line. What comes back are sums,
comments off their sheets, and nonce hashes: never a sheet. But a sum may be of one
person, where one answers alone or tells of themselves what nobody else does; the pipe
keeps it no longer than our own memory.

A process is a new interpreter, not a fork: the worker has threads and open databases, and
Windows cannot fork. It loads what opening needs, and not, as with ``multiprocessing``, the
program that the count runs in. Its standard input ends when we do, however we die;
then it ends too.
"""

import json
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from queue import SimpleQueue

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from teamhealth.errors import UnavailableError
from teamhealth.results.opening import Opened, Opener, Piece

FEW = 4
"""So many batches are opened in this process: others would take longer to start."""

_MOST = 4  # processes: by then reading the rows takes as long as opening them
_EACH = 2  # batches under way per process: one is read while the other is opened
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from teamhealth.results.hand import serve; serve()"
)

Batch = list[Piece]


class CountStoppedError(UnavailableError):
    """A process of the count ended before its time; nothing was stored."""


class Hand:
    """One process that opens; to be ended by whoever made it.

    Raises OSError if it cannot be started.
    """

    def __init__(self, opener: Opener) -> None:
        self._setting_out = json.dumps(sys.path).encode() + b"\n" + pickle.dumps(_told(opener))
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # whatever an interpreter may say of what it holds
        )

    def open(self, batch: Batch) -> Opened:
        """Have a batch opened; CountStoppedError if the process is gone or met a fault."""
        if self._process.stdin is None or self._process.stdout is None:
            raise _stopped("has no pipe")
        try:
            self._process.stdin.write(self._setting_out + pickle.dumps(batch))
            self._process.stdin.flush()
            self._setting_out = b""
            opened = pickle.load(self._process.stdout)  # noqa: S301 - our own process wrote it
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            raise _stopped("ended unexpectedly") from None
        if not isinstance(opened, Opened):
            raise _stopped(f"met a fault ({opened})")
        return opened

    def end(self) -> None:
        """End the process; it has nothing to finish."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


def worth_starting() -> int:
    """Return how many processes are worth starting here: one a core, four at most."""
    return min(_MOST, os.cpu_count() or 1)


def opened(
    batches: Iterable[Batch], opener: Opener, processes: int
) -> Generator[Opened, None, None]:
    """Open batches, and give what each comes to, in their order.

    More than ``FEW`` batches are opened in so many processes, each with two under way at
    a time. To be closed if not used up.

    Raises CountStoppedError if a process dies.
    """
    coming = iter(batches)
    first = list(islice(coming, FEW + 1))
    hands = _hands(opener, processes) if processes > 1 and len(first) > FEW else []
    if hands:
        yield from _opened(chain(first, coming), hands)
    else:
        yield from map(opener.open, chain(first, coming))


def _hands(opener: Opener, many: int) -> list[Hand]:
    """Start processes; none where the machine does not allow them."""
    found: list[Hand] = []
    try:
        for _ in range(many):
            found.append(Hand(opener))  # noqa: PERF401 - those that were started must be ended
    except OSError:
        for hand in found:
            hand.end()
        return []
    return found


def _opened(batches: Iterable[Batch], hands: list[Hand]) -> Iterator[Opened]:
    idle: SimpleQueue[Hand] = SimpleQueue()
    for hand in hands:
        idle.put(hand)

    def by_whoever_is_idle(batch: Batch) -> Opened:
        hand = idle.get()
        try:
            return hand.open(batch)
        finally:
            idle.put(hand)

    under_way: deque[Future[Opened]] = deque()
    threads = ThreadPoolExecutor(len(hands))
    try:
        for batch in batches:
            under_way.append(threads.submit(by_whoever_is_idle, batch))
            if len(under_way) == _EACH * len(hands):
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for hand in hands:
            hand.end()
        threads.shutdown()


def _told(opener: Opener) -> tuple[object, ...]:
    box = opener.box.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return opener.survey, box, opener.form, opener.scoring


def _stopped(how: str) -> CountStoppedError:
    return CountStoppedError(
        f"The count stopped: one of the processes that open the answers {how}. Nothing was stored, "
        "and the answers are still there, sealed. Count again; if it stops again, this machine may "
        "have too little memory."
    )
