"""The CSV export: one row a cell, every cell of the stored snapshot, hidden ones as *protected*.

Promise: a protected row has no number, and text cannot become a spreadsheet's formula.
A cell gives one row per measure that it shows, and one row if it is hidden:

===============  =======================================================================
of a group       ``responses``; ``enps`` (from twenty), ``detractors``, ``passives``,
                 ``promoters`` (per cent, from ten)
of an item       ``favourable``: the word's id below ten; from ten per cent, beside ``mean``
                 and ``share_1`` … ``share_5`` (per cent)
of a theme       ``mean`` with its interval (4.8 below ten means 4.8 or higher),
                 ``organisation_mean`` over the same items, ``label`` (higher, usual, lower)
                 with the usual range, ``change`` since the survey before
===============  =======================================================================
"""

import csv
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, fields

from teamhealth.cells import counts
from teamhealth.cells.audience import Viewer, seen_by
from teamhealth.cells.model import EnpsCell, GroupResult, ItemCell, Range, Snapshot, ThemeCell

SHOWN, PROTECTED = "shown", "protected"
_FORMULA = re.compile(r"(^|;)(?=[=+\-@\t\r])")
"""Before what spreadsheets take for the beginning of a formula; some also split at semicolons."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, its fields in the order of the columns.

    ``group`` is a path. ``theme`` is empty for measures of the whole form, ``item`` for
    measures of a theme. ``value`` is a number at full precision or a word's id; ``low``
    and ``high`` are its interval. ``n`` is the number of people it covers, and the
    group's ``responses`` where that is all that is told.
    """

    survey: str
    group: str
    theme: str
    item: str
    measure: str
    state: str
    value: float | str | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None


def rows(
    snapshot: Snapshot, viewer: Viewer, only: Container[str] | None = None
) -> Iterator[Row]:
    """Yield every cell that a reader may see or be told hidden, group by group in the tree's order.

    ``only`` are the ids of the groups the reader may open; all if it is not given.
    """
    seen = seen_by(snapshot, viewer)
    for group in seen.groups:
        if only is None or group.id in only:
            yield from _group(seen, group)


def csv_lines(
    snapshot: Snapshot, viewer: Viewer, only: Container[str] | None = None
) -> Iterator[str]:
    """Yield the export line by line, heading first; each ends with a line feed."""
    columns = [field.name for field in fields(Row)]
    write = csv.writer(_Lines(), lineterminator="\n").writerow
    yield write(columns)
    for row in rows(snapshot, viewer, only):
        yield write([_written(getattr(row, column)) for column in columns])


class _Lines:
    """A file for ``csv.writer`` that hands each line back as the result of ``writerow``."""

    def write(self, line: str) -> str:
        return line


def _group(snapshot: Snapshot, group: GroupResult) -> Iterator[Row]:
    put = _Writer(snapshot.survey.id, group)
    yield put.row("responses", group.responses, n=group.responses)
    for theme in snapshot.themes:
        yield from put.theme(theme.id, group.themes.get(theme.id))
        for item in theme.items:
            yield from put.item(theme.id, item, group.items.get(item))
    for item in snapshot.extra:
        yield from put.item("", item, group.items.get(item))
    yield from put.enps(group.enps)


@dataclass(frozen=True, slots=True)
class _Writer:
    survey: str
    group: GroupResult

    def row(
        self,
        measure: str,
        value: float | str | None,
        *,
        theme: str = "",
        item: str = "",
        around: Range | None = None,
        n: int | None = None,
    ) -> Row:
        place = (self.survey, self.group.path, theme, item, measure)
        if value is None:
            return Row(*place, PROTECTED)
        if around is None:
            return Row(*place, SHOWN, value, n=n)
        return Row(*place, SHOWN, value, around.low, around.high, n)

    def item(self, theme: str, item: str, cell: ItemCell | None) -> Iterator[Row]:
        if cell is None or cell.counts is None:
            word = cell.word if cell and cell.word else None
            yield self.row("favourable", word, theme=theme, item=item, n=self.group.responses)
            return
        n = sum(cell.counts)
        told = {"mean": counts.mean(cell.counts), "favourable": counts.favourable(cell.counts)}
        shares = enumerate(counts.shares(cell.counts), 1)
        told |= {f"share_{answer}": share for answer, share in shares}
        for measure, value in told.items():
            yield self.row(measure, value, theme=theme, item=item, n=n)

    def theme(self, theme: str, cell: ThemeCell | None) -> Iterator[Row]:
        n = self.group.responses
        if cell is None:
            yield self.row("mean", None, theme=theme)
            return
        yield self.row("mean", cell.mean, theme=theme, around=cell.interval, n=n)
        if cell.whole is not None:
            yield self.row("organisation_mean", cell.whole, theme=theme)
        if cell.compared is not None:
            yield self.row("label", cell.compared, theme=theme, around=cell.usual, n=n)
        if cell.change is not None:
            yield self.row("change", cell.change, theme=theme, n=n)

    def enps(self, cell: EnpsCell | None) -> Iterator[Row]:
        n = sum(cell.counts) if cell else None
        yield self.row("enps", cell.score if cell else None, n=n)
        if cell:
            names = ("detractors", "passives", "promoters")
            for name, share in zip(names, counts.shares(cell.counts), strict=True):
                yield self.row(name, share, n=n)


def _written(value: float | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # A member of an enumeration is written as its value.
        return _FORMULA.sub(r"\1'", str(value))
    return repr(value)
