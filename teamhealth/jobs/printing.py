"""Printing many reports in several processes, into one folder, going on where it was left off.

Promises: memory stays flat, because a process prints some reports and makes room for a
new one; a report that is there is not printed again; one that cannot be printed, or takes
too long, keeps no other back. A process is a new interpreter; it ends when we do, however
we die, because its standard input ends then.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from teamhealth.db import Database
from teamhealth.outlets.kinds import Wanted

HANDS = 2
"""So many processes print at a time unless more are asked for."""

RECYCLED = 200
"""So many reports a process prints: WeasyPrint's memory grows a little with each."""

PATIENCE = 100
"""Seconds that one report may take."""

_FAULTY = ".failed"
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.stdin.buffer.readline()); "
    "from teamhealth.jobs.printing_hand import serve; serve()"
)


@dataclass(frozen=True, slots=True)
class Run:
    """What all reports of a run have in common, and where they are put."""

    database_url: str
    survey_id: str
    folder: Path
    language: str
    comments: bool = False
    as_leader: bool = False
    leave_out: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        database: Database,
        survey_id: str,
        folder: Path,
        language: str,
        *,
        leave_out: Iterable[str] = (),
        **more: bool,
    ) -> "Run":
        """Return a run on an open database."""
        url = database.engine.url.render_as_string(hide_password=False)
        return cls(url, survey_id, folder, language, leave_out=tuple(sorted(leave_out)), **more)


@dataclass(frozen=True, slots=True)
class Printed:
    """One report that is finished; ``problem`` is the name of what was wrong, or nothing."""

    one: Wanted
    problem: str


def left(folder: Path, wanted: Iterable[Wanted]) -> list[Wanted]:
    """Return what is neither in the folder nor known there as not to be printed."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return [
        one
        for one in wanted
        if one.file_name not in there and one.file_name + _FAULTY not in there
    ]


def failed(folder: Path) -> list[str]:
    """Return the names of the reports that could not be printed."""
    found = folder.glob("*" + _FAULTY) if folder.is_dir() else ()
    return sorted(path.name.removesuffix(_FAULTY) for path in found)


def printing(
    run: Run, wanted: Iterable[Wanted], *, hands: int = HANDS, recycled: int = RECYCLED
) -> Generator[Printed, None, None]:
    """Print what is left of these, and give each as it is finished; to be closed if not used up.

    A report that fails twice leaves a mark in the folder, so that no later run tries it.
    """
    run.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    todo = left(run.folder, wanted)
    many = max(1, min(hands, len(todo)))
    orders, finished = iter(todo), SimpleQueue[Printed | None]()
    desk = _Desk(run, orders, finished, recycled)
    threads = [threading.Thread(target=desk.work, daemon=True) for _ in range(many)]
    for thread in threads:
        thread.start()
    try:
        while many:
            told = finished.get()
            if told is None:
                many -= 1
            else:
                yield told
    finally:
        desk.stop()
        for thread in threads:
            thread.join()


class _Desk:
    """Hands out orders to threads, each of which has a process print them."""

    def __init__(
        self,
        run: Run,
        orders: Iterator[Wanted],
        finished: "SimpleQueue[Printed | None]",
        recycled: int,
    ) -> None:
        self._run, self._orders, self._finished = run, orders, finished
        self._recycled = recycled
        self._lock = threading.Lock()
        self._stopped = False
        self._hands: set[Hand] = set()

    def stop(self) -> None:
        """Give out no more orders, and end every process."""
        with self._lock:
            self._stopped = True
            for hand in self._hands:
                hand.kill()

    def work(self) -> None:
        """Have orders printed until there are none."""
        hand: Hand | None = None
        try:
            while (order := self._next()) is not None:
                hand, problem = self._print(hand, order)
                self._finished.put(Printed(order, problem))
        finally:
            self._end(hand)
            self._finished.put(None)

    def _next(self) -> Wanted | None:
        with self._lock:
            return None if self._stopped else next(self._orders, None)

    def _print(self, hand: "Hand | None", order: Wanted) -> tuple["Hand | None", str]:
        problem = ""
        for _ in range(2):
            if hand is None or hand.count >= self._recycled:
                self._end(hand)
                hand = self._begin()
            problem = hand.print_one(order) if hand else "Stopped"
            if not problem:
                return hand, ""
            self._end(hand)
            hand = None
        if not self._stopped:
            (self._run.folder / (order.file_name + _FAULTY)).touch()
        return None, problem

    def _begin(self) -> "Hand | None":
        with self._lock:
            if self._stopped:
                return None
            hand = Hand(self._run)
            self._hands.add(hand)
            return hand

    def _end(self, hand: "Hand | None") -> None:
        if hand is not None:
            with self._lock:
                self._hands.discard(hand)
            hand.end()


class Hand:
    """One process that prints; to be ended by whoever made it. ``count`` is how often it was asked."""

    def __init__(self, run: Run) -> None:
        told = {
            "database_url": run.database_url,
            "survey": run.survey_id,
            "language": run.language,
            "comments": run.comments,
            "leave_out": run.leave_out,
            "as_leader": run.as_leader,
            "folder": str(run.folder),
        }
        self._words = f"{json.dumps(sys.path)}\n{json.dumps(told)}\n"
        self.count = 0
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # whatever an interpreter may say of what it holds
        )

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def print_one(self, one: Wanted) -> str:
        """Have a report printed; return nothing, or the name of what was wrong."""
        self.count += 1
        if self._process.stdin is None or self._process.stdout is None:
            return "NoPipe"
        watch = threading.Timer(PATIENCE, self.kill)
        watch.start()
        try:
            order = json.dumps([one.kind, one.group, one.stem])
            self._process.stdin.write(f"{self._words}{order}\n".encode())
            self._process.stdin.flush()
            self._words = ""
            return str(json.loads(self._process.stdout.readline()))
        except (OSError, ValueError):
            return "EndedUnexpectedly"
        finally:
            watch.cancel()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def end(self) -> None:
        """End the process; it has nothing to finish."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
