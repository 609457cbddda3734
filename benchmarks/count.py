"""The whole count of a large survey: python benchmarks/count.py [all | RESPONSES GROUPS].

Budget (100 000 responses, 36 items, 10 000 groups): 30 s on two cores and 600 MB, linear
in responses. Each count runs in a process of its own, and with two processes that open:
once more with one, of a quarter, and with two cross-cuts. ``all`` counts 1 000, 10 000 and
100 000 responses of 1 000 and 10 000 groups in every way. Memory is the most that the
processes held together (proportional set size, looked at four times a second).
"""

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from budgets import finish, held, noted
from sealed import ITEMS, box_of, boxes, charter, prepare

from teamhealth.cells.canonical import canonical
from teamhealth.cells.plain import to_plain
from teamhealth.results.count import count

SECONDS, MEGABYTES, LINEAR = 30.0, 600.0, 1.1
FULL, GROUPS = 100_000, 10_000


@dataclass(frozen=True)
class Way:
    """How rows that lie in ``folder`` are counted: every ``share``-th, in so many processes."""

    folder: str
    responses: int
    groups: int
    share: int = 1
    processes: int = 2
    crossed: int = 0

    def run(self) -> dict[str, float]:
        """Count in a fresh process and return its figures."""
        words = [self.responses, self.groups, self.share, self.processes, self.crossed]
        told = subprocess.run(
            [sys.executable, __file__, "--count", self.folder, *map(str, words)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        figures: dict[str, float] = json.loads(told.stdout)
        return figures

    def __str__(self) -> str:
        many = f"{self.responses // self.share:,} of {self.groups:,} groups"
        how = f"{self.processes} process{'es' if self.processes > 1 else ''}"
        return f"{many}, {how}{', two cross-cuts' if self.crossed else ''}"


class Memory:
    """The most that this process and its children held together so far, in megabytes."""

    def __init__(self) -> None:
        self.most = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            lists = Path("/proc/self/task").glob("*/children")
            children = [pid for path in lists for pid in _read(path).split()]
            held_now = sum(_proportional(pid) for pid in ("self", *children))
            self.most = max(self.most, held_now)
            time.sleep(0.25)


def counted(way: Way) -> None:
    """Count in this process and print one line of figures as JSON."""
    folder = Path(way.folder)
    given = charter(folder, way.groups, way.responses, crossed=bool(way.crossed))
    memory = Memory()
    began, worked = time.perf_counter(), _processor()
    found = count(
        boxes(folder, way.share), box_of(folder), given,
        shuffle=list.reverse, processes=way.processes,
    )  # fmt: skip
    shown = {
        "seconds": time.perf_counter() - began,
        "processor": _processor() - worked,
        "megabytes": memory.most,
        "responses": len(found.nonce_hashes),
        "groups": len(given.groups),
        "void": found.snapshot.void,
        "snapshot": len(canonical(to_plain(found.snapshot))),
    }
    print(json.dumps(shown))


def main() -> None:
    """Prepare, count in several ways, hold the one that has a budget against it."""
    match sys.argv[1:]:
        case ["--count", folder, *numbers]:
            counted(Way(folder, *map(int, numbers)))
        case ["all"]:
            finish(*(kept for groups in (1_000, GROUPS) for kept in _all(groups)))
        case given:
            responses = int(given[0]) if given else FULL
            groups = int(given[1]) if len(given) > 1 else max(1, responses // 10)
            with tempfile.TemporaryDirectory() as folder:
                prepare(Path(folder), responses, groups)
                finish(*_budget(Way(folder, responses, groups)))


def _budget(way: Way) -> list[bool]:
    quarter = Way(way.folder, way.responses, way.groups, share=4)
    alone = Way(way.folder, way.responses, way.groups, processes=1)
    crossed = Way(way.folder, way.responses, way.groups, crossed=1)
    part, whole = quarter.run(), way.run()
    print(f"count of {whole['responses']:,} responses × {ITEMS} items")
    noted("  snapshot", whole["snapshot"] / 1e6, "MB", f"{whole['void']:.0f} void")
    _told(quarter, part)
    _told(alone, alone.run())
    return [
        *_held(way, whole),
        *_held(crossed, crossed.run()),
        held(
            "  processor time a response: of all to of a quarter",
            _each(whole) / _each(part),
            "×",
            LINEAR,
        ),
    ]


def _all(groups: int) -> list[bool]:
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), FULL, groups)
        for share in (100, 10, 1):
            for crossed in (0, 1):
                for processes in (1, 2):
                    way = Way(folder, FULL, groups, share, processes, crossed)
                    figures = way.run()
                    if processes > 1 or share > 1:
                        kept += _held(way, figures)
                    else:
                        _told(way, figures)
    return kept


def _held(way: Way, figures: dict[str, float]) -> list[bool]:
    return [
        held(f"  {way}", figures["seconds"], "s", SECONDS),
        held(
            f"    memory; processor {figures['processor']:.1f} s",
            figures["megabytes"],
            "MB",
            MEGABYTES,
        ),
    ]


def _told(way: Way, figures: dict[str, float]) -> None:
    more = f"processor {figures['processor']:.1f} s, {figures['megabytes']:.0f} MB"
    noted(f"  {way}", figures["seconds"], "s", more)


def _each(figures: dict[str, float]) -> float:
    return figures["processor"] / figures["responses"]


def _processor() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _proportional(pid: str) -> float:
    told = _read(Path(f"/proc/{pid}/smaps_rollup")).partition("Pss:")[2].split()
    return int(told[0]) / 1024 if told else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""


if __name__ == "__main__":
    main()
