"""The ten reports that people judge Team Health by, written into a folder to be looked at page by page.

``.venv/bin/python -m tests.rooms.outlets.ten_reports FOLDER``; a test reads what it can of them.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from teamhealth.cells.audience import Viewer
from teamhealth.instruments.guidance import library_in
from teamhealth.instruments.library import library
from teamhealth.outlets.handouts import talk_guide
from teamhealth.outlets.pdf import team_report
from teamhealth.results.sheets import form_of
from tests.rooms.outlets.printing import Said
from tests.rooms.results.makers import DARK, USUAL, charter, decided, drawn, seeded

SIZES = (4, 9, 14, 46, 7, 8, 11, 4, 24)
ANSWERS = (3, 7, 12, 40, 6, 7, 9, 2, 21)
NAMES = (
    "Northwind", "Warehouse North", "Warehouse South", "Service Desk", "Platform", "Finance",
    "Field Service", "Returns", "Transport",
)  # fmt: skip
IDS = {name: f"g{at}" for at, name in enumerate(NAMES)}
LONG = "Reverse logistics, spare parts and after-sales Lindau-Zech 3"
HIGH = (0.0, 0.0, 0.01, 0.09, 0.9)
LOW = (0.5, 0.4, 0.1, 0.0, 0.0)
TITLES = ("Spring 2025", "Summer 2025", "Autumn 2025", "Winter 2025", "Spring 2026")
SAID = (
    "The handover at six in the morning is calmer since we do it at the board.",
    "Two people are missing since March, and everybody feels it by Thursday.",
    "I like working here.",
    "Please, fewer meetings before noon. It is the only time when I can think.",
    "When something goes wrong we say so now. A year ago nobody would have.",
    "Nobody asked me about the new shift plan.",
    "The new scanner helps.",
)


@cache
def surveys(many: int = 1, languages: tuple[str, ...] = ("en",)) -> tuple:
    """Count so many surveys of the same firm, one after the other, the last one last."""
    asked = library().instrument("quarterly", languages)
    told, before = [], None
    for at in range(many):
        given, fixed = charter(
            [-1] + [0] * (len(SIZES) - 1), SIZES, asked=asked, previous=before, survey=f"s{at}"
        )
        rng, shape = seeded(11 + at), form_of(asked, given.tree)
        sheets = {
            v: [_drawn(rng, shape, at, v, person) for person in range(n)]
            for v, n in enumerate(ANSWERS)
            if fixed.invited[v]
        }
        snapshot, _ = decided(given, shape, sheets)
        before = _named(snapshot, at, told[-1] if told else None)
        told.append(before)
    return tuple(told), asked


def _drawn(rng, shape, at, v, person):
    """Platform answers high throughout, Transport in two camps, South darkly in the end."""
    if NAMES[v] == "Platform":
        return drawn(rng, shape, mix=HIGH)
    if NAMES[v] == "Transport":
        return drawn(rng, shape, mix=HIGH if person % 2 else LOW)
    return drawn(rng, shape, mix=DARK if (NAMES[v], at) == ("Warehouse South", 4) else USUAL)


def _named(snapshot, at, before):
    facts = replace(
        snapshot.survey,
        title=TITLES[at],
        opened=f"{2025 + at // 4}-{1 + at * 3 % 12:02d}-03",
        closed=f"{2025 + at // 4}-{1 + at * 3 % 12:02d}-17",
        previous=before.survey.id if before else None,
    )
    groups = tuple(
        replace(
            group,
            name=NAMES[number],
            path=NAMES[0] if number == 0 else f"{NAMES[0]}/{NAMES[number]}",
        )
        for number, group in enumerate(snapshot.groups)
    )
    return replace(snapshot, survey=facts, groups=groups)


def report(name, *, many=1, said=(), language="en", languages=("en",), called="", leader=False):
    """Print the report of one group."""
    told, asked = surveys(many, languages)
    last = told[-1]
    if called:
        groups = (
            replace(g, name=called, path=f"Northwind/{called}") if g.id == IDS[name] else g
            for g in last.groups
        )
        last = replace(last, groups=tuple(groups))
    return team_report(
        last,
        IDS[name],
        asked,
        library_in(language),
        viewer=Viewer(frozenset({IDS[name]} if leader else ())),
        earlier=told[-2::-1] if many > 1 else (),
        comments=[Said("comment", text) for text in said],
        mark="5e" * 32,
        language=language,
    )


def _talk():
    (last, *_), asked = surveys()
    return talk_guide(last, IDS["Returns"], asked, library())


ASKED = ("en", "ar")
REPORTS: dict[str, Callable[[], bytes]] = {
    "01-seven-of-nine": lambda: report("Warehouse North", many=2, leader=True),
    "02-twelve-of-fourteen": lambda: report("Warehouse South", many=2, said=SAID),
    "03-forty": lambda: report("Service Desk", many=2, said=SAID * 3),
    "04-no-result": _talk,
    "05-first-survey": lambda: report("Field Service"),
    "06-fifth-survey": lambda: report("Warehouse South", many=5, said=SAID),
    "07-arabic": lambda: report("Warehouse North", many=2, language="ar", languages=ASKED),
    "08-long-name": lambda: report("Warehouse North", many=2, called=LONG),
    "09-all-high": lambda: report("Platform", many=2),
    "10-polarised": lambda: report("Transport", many=2, said=SAID[:3]),
}


def write(folder: Path) -> list[Path]:
    """Write all ten; give the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, make in REPORTS.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(make())
    return files


if __name__ == "__main__":
    write(Path(sys.argv[1]))
