"""A theme's groups beside each other: where most lie, and who stands out."""

from dataclasses import dataclass

from teamhealth.cells.findings import Response
from teamhealth.cells.model import Compared, Range
from teamhealth.disclosure.guards import TOP
from teamhealth.results.reckoning import Cells, Reckoning
from teamhealth.stats import comparison

_HIGHEST = 5.0
_NEAR_TOP = TOP - 0.05
"""From here on a range is written as reaching 4.8, which in words stands for anything above."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a group stands; fields as of ``ThemeCell``."""

    usual: Range | None = None
    compared: Compared | None = None
    above: float | None = None


NOWHERE = Place()


def compared(reckoning: Reckoning, cells: Cells) -> dict[str, Place]:
    """Place groups whose theme rests on the same items; none if too few are shown.

    The organisation is not compared with itself; nor is a group of which fewer than two
    in five answered: who kept silent matters more than how it differs.
    """
    units = reckoning.lowest(cells)
    errors = {name: reckoning.wide(name) for name in cells}
    pool = comparison.pool([cells[u].mean for u in units], [errors[u] for u in units])
    if pool is None:
        return {}
    most = comparison.usual(pool)
    higher = any(cells[u].mean >= TOP and not cells[u].full for u in units)
    usual = Range(most.low, _HIGHEST if higher and most.high > _NEAR_TOP else most.high)
    standings = comparison.standings(
        [cell.mean for cell in cells.values()],
        [errors[name] for name in cells],
        reckoning.shares(cells, units),
        pool,
    )
    return {
        name: Place(usual)
        if name == reckoning.root.id or reckoning.silence(name) == Response.TOO_SILENT
        else Place(usual, Compared(standing.label), standing.above)
        for name, standing in zip(cells, standings, strict=True)
    }
