"""What statistics found, as measures of the CSV export; each only where the snapshot tells it.

Promise: below ten answers no number stands here but the whisker for silence, which
follows from numbers of people alone. A measure that is not known has no row.

===============  =======================================================================
of a group       ``response``: normal, some_silent, half_silent, too_silent
of an item       ``favourable_people``: how many said so, and between how many of all who
                 were asked likely would, from ten
of a theme       ``mean_if_silent``: where the interval would begin had the silent scored
                 half a point lower; from ten ``agreement`` (agree, partly, little),
                 ``divided`` (yes, no), ``rwg_uniform``, ``rwg_skewed``, ``deviation``,
                 ``polarisation``
of the whole     per theme ``reliability``, ``reliability_kind`` (omega, alpha),
                 ``reliability_band``, ``icc1``, ``icc2``, ``driver_share`` with its range,
                 ``driver_correlation``, ``driver_top_three``; ``turned`` (likely) of an
                 item; ``drivers`` (early, full) and ``drivers_r2`` beside their outcome
===============  =======================================================================
"""

from collections.abc import Iterator
from dataclasses import dataclass

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Drivers, Reliability
from teamhealth.cells.model import GroupResult, ItemCell, Range, Snapshot, ThemeCell


@dataclass(frozen=True, slots=True)
class Told:
    """One measure: its value, and its range if it has one; ``theme`` and ``item`` where they differ."""

    measure: str
    value: float | str
    around: Range | None = None
    theme: str = ""
    item: str = ""


def of_group(group: GroupResult) -> Iterator[Told]:
    """Yield what is found about a group's response."""
    if group.responses is not None and group.response is not None:
        yield Told("response", group.response)


def of_item(cell: ItemCell) -> Iterator[Told]:
    """Yield what is found about one item."""
    if cell.counts is not None and cell.people is not None:
        low, high = cell.people
        yield Told("favourable_people", sum(cell.counts[3:]), Range(low, high))


def of_theme(cell: ThemeCell) -> Iterator[Told]:
    """Yield what is found about one theme of a group."""
    if cell.silent is not None:
        yield Told("mean_if_silent", cell.silent)
    if (alike := cell.agreement) is not None:
        yield Told("agreement", alike.word)
        yield Told("divided", "yes" if alike.divided else "no")
        yield Told("rwg_uniform", alike.uniform)
        yield Told("rwg_skewed", alike.skewed)
        yield Told("deviation", alike.deviation)
        yield Told("polarisation", alike.polarisation)


def of_whole(seen: Snapshot) -> Iterator[Told]:
    """Yield what is found about the whole survey; the leader's theme only where it is for everybody."""
    agreed = seen.survey.leader_theme == "agreed"
    for theme in seen.themes:
        if theme.id == LEADER_THEME and not agreed:
            continue
        if theme.reliability is not None:
            yield from _reliability(theme.id, theme.reliability)
        for measure, value in (("icc1", theme.icc1), ("icc2", theme.icc2)):
            if value is not None:
                yield Told(measure, value, theme=theme.id)
    if seen.drivers is not None:
        yield from _drivers(seen.drivers)


def _reliability(theme: str, found: Reliability) -> Iterator[Told]:
    yield Told("reliability", found.value, theme=theme)
    yield Told("reliability_kind", found.by, theme=theme)
    yield Told("reliability_band", found.band, theme=theme)
    for item in found.turned:
        yield Told("turned", "likely", theme=theme, item=item)


def _drivers(found: Drivers) -> Iterator[Told]:
    yield Told("drivers", "early" if found.early else "full", item=found.outcome)
    yield Told("drivers_r2", found.r2, item=found.outcome)
    for one in found.themes:
        yield Told("driver_share", one.share, Range(one.low, one.high), theme=one.theme)
        yield Told("driver_correlation", one.correlation, theme=one.theme)
        yield Told("driver_top_three", one.top_three, theme=one.theme)
