"""Team reports as PDF: our time against bare WeasyPrint, and memory over many of them.

Bare WeasyPrint is given the very HTML, style sheets, fonts and options that the press
gives it in the end, made ready beforehand; what is over is our own work from snapshot to
HTML, and laying out once more what did not fit its pages at first.
Processor time, in turn, the best of several rounds: what a busy machine adds is neither's.
Memory is what the process holds (resident) after twenty reports and after two hundred,
in one process, teams of all sizes in turn.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from budgets import finish, held, noted
from weasyprint import HTML
from weasyprint.document import Document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from teamhealth.instruments.library import library
from teamhealth.outlets import print_press
from teamhealth.outlets.pdf import team_report
from tests.rooms.outlets.printing import LARGE, MEDIUM, SMALL, Said, counted, pages

RATIO, GROWTH = 1.15, 1.10
ROUNDS, FEW, MANY = 9, 20, 200
COMMENTS = tuple(
    Said("comment", f"Remark number {n}: less hurry on Mondays would help us.")
    for n in range(12)
)


def report(group: str) -> bytes:
    """Print one team's report, with a survey before it to compare with."""
    (before, _), (snapshot, asked) = counted(), counted(again=True)
    said = COMMENTS if group != SMALL else ()
    return team_report(snapshot, group, asked, library(), earlier=[before], comments=said)


def bare(group: str) -> Callable[[], bytes]:
    """Catch what the press gives to WeasyPrint for this report; give a call that does only that."""
    caught: dict[str, dict] = {}

    class Catching(HTML):
        def __init__(self, **given: object) -> None:
            caught["page"] = given
            super().__init__(**given)

        def render(self, **given: object) -> Document:
            caught["layout"] = given
            document = super().render(**given)
            written = document.write_pdf

            def write_pdf(**given: object) -> bytes:
                caught["pdf"] = given
                return written(**given)

            document.write_pdf = write_pdf
            return document

    with patch.object(print_press, "HTML", Catching):
        report(group)
    return lambda: HTML(**caught["page"]).render(**caught["layout"]).write_pdf(**caught["pdf"])


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of one call."""
    gc.collect()  # neither pays for the other's litter
    began = time.process_time()
    work()
    return time.process_time() - began


def resident() -> float:
    """Return the megabytes this process holds."""
    gc.collect()
    held_pages = int(Path("/proc/self/statm").read_text().split()[1])
    return held_pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Compare each template with bare WeasyPrint, then print two hundred."""
    kept = [_compare(group) for group in (SMALL, MEDIUM, LARGE)]
    finish(*kept, _pile_up())


def _compare(group: str) -> bool:
    plain = bare(group)
    many = len(pages(report(group)))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: report(group)))
        theirs.append(seconds(plain))
    mine, least = min(ours), min(theirs)
    noted(f"report of {many} pages", mine, "s", f"bare WeasyPrint {least:.2f} s")
    return held("  ours to bare WeasyPrint", mine / least, "×", RATIO)


def _pile_up() -> bool:
    marks = {}
    for number in range(1, MANY + 1):
        report((SMALL, MEDIUM, LARGE)[number % 3])
        if number in {FEW, MANY}:
            marks[number] = resident()
    noted(f"resident after {FEW} reports", marks[FEW], "MB")
    noted(f"resident after {MANY} reports", marks[MANY], "MB")
    return held("  growth", marks[MANY] / marks[FEW], "×", GROWTH)


if __name__ == "__main__":
    main()
