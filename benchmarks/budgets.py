"""How every benchmark tells its figures: one line each, with the budget and their ratio.

A ratio above 1 is a budget missed, whether the budget is a ceiling or a floor. The last
line says how busy the machine was, since wall-clock figures of a busy machine mean little,
and how fast: the same virtual machine does half as much on some days.
"""

import os
import sys
import timeit
from typing import NoReturn


def held(what: str, figure: float, unit: str, budget: float, *, floor: bool = False) -> bool:
    """Print a figure against its budget; tell whether the budget is kept."""
    ratio = budget / figure if floor else figure / budget
    least = "at least" if floor else "at most"
    print(
        f"{what:<52}{_said(figure):>9} {unit:<6} {least:>8} {_said(budget):>7} {unit:<6} "
        f"ratio {ratio:.2f}{'  MISSED' if ratio > 1 else ''}"
    )
    return ratio <= 1


def noted(what: str, figure: float, unit: str, more: str = "") -> None:
    """Print a figure that has no budget of its own."""
    print(f"{what:<52}{_said(figure):>9} {unit:<6} {more}".rstrip())


def finish(*kept: bool) -> NoReturn:
    """Say how busy and how fast the machine is, and exit with 1 if a budget was missed."""
    load, _, _ = os.getloadavg()
    additions = 1000 * min(timeit.repeat("n += 1", "n = 0", number=1_000_000, repeat=5))
    print(
        f"(load {load:.1f} on {os.cpu_count()} cores; a million additions: {additions:.0f} ms)"
    )
    sys.exit(not all(kept))


def _said(figure: float) -> str:
    if figure == int(figure):
        return f"{figure:,.0f}"
    places = 0 if figure >= 1000 else 1 if figure >= 10 else 2 if figure >= 0.1 else 3
    return f"{figure:,.{places}f}"
