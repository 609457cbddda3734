"""A thousand reports in two processes: how many a second, and memory over time.

``python benchmarks/batch.py [N]`` prints N reports of one survey of Northwind, over and over
under other names, as a batch does. Memory is what parent and children hold (resident),
looked at after every tenth of the reports, as a ratio to the first tenth: children
are recycled, so it must stay flat. Budget: no tenth holds 1.25 times as much.
"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from budgets import finish, held, noted

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from teamhealth.jobs.printing import Run, printing
from teamhealth.outlets.kinds import Kind, wanted
from tests.northwind import LATEST, settle
from tests.tables import with_tables

MANY, HANDS, GROWTH = 1_000, 2, 1.25


def main() -> None:
    """Print the reports, and tell of every tenth."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        database = with_tables(home / "teamhealth.sqlite3")
        teams = [one for one in wanted(settle(database)) if one.kind is Kind.TEAM]
        orders = [
            replace(one, stem=f"{number:05}-{one.stem}")
            for number, one in enumerate(islice(cycle(teams), many))
        ]
        run = Run.of(database, LATEST, home / "out", "en")
        tenths = _watched(run, orders, max(1, many // 10))
        database.close()
    first = tenths[0]
    for done, seconds, memory in tenths:
        noted(
            f"after {done} reports", memory, "MB",
            f"×{memory / first[2]:.2f}, {done / seconds:.2f} reports/s",
        )  # fmt: skip
    finish(held("  growth", max(memory for _, _, memory in tenths) / first[2], "×", GROWTH))


def _watched(run: Run, orders: list, step: int) -> list[tuple[int, float, float]]:
    """Print; return how many, after how long, and what all processes held, at every step."""
    marks, began, most = [], time.monotonic(), 0.0
    for done, told in enumerate(printing(run, orders, hands=HANDS), 1):
        if told.problem:
            sys.exit(f"{told.one.file_name} could not be printed: {told.problem}")
        most = max(most, _resident())
        if done % step == 0:
            marks.append((done, time.monotonic() - began, most))
            most = 0.0
    return marks


def _resident() -> float:
    """Return the megabytes that this process and its children hold."""
    own = os.getpid()
    return sum(map(_held, [own, *_children(own)]))


def _children(parent: int) -> list[int]:
    told = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(pid) for file in told for pid in file.read_text().split()]


def _held(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:  # it has just ended
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
