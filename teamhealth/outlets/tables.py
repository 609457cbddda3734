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

Besides there are the measures of ``found_rows`` and ``past_exports``; the eNPS has its range.

Where people could tell something of themselves, whoever may open the root gets two more
columns, ``attribute`` and ``values``. Both are empty in the rows of groups. In the rows of
a class ``group`` is empty: it is a part of the whole survey and no group of the tree.
``values`` are the numbers of the options that its people chose, 0 for *not said*; their
words are in the JSON export. Of a class only ``responses`` is told as n, items are
words, means have one decimal. An attribute by which nothing is shown has one protected row.
"""

import csv
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, fields

from teamhealth.cells import counts
from teamhealth.cells.audience import Viewer, seen_by
from teamhealth.cells.model import EnpsCell, GroupResult, ItemCell, Range, Snapshot, ThemeCell
from teamhealth.outlets import found_rows, past_exports
from teamhealth.outlets.class_rows import class_rows
from teamhealth.outlets.found_rows import Told
from teamhealth.outlets.protected import PROTECTED, SHOWN
from teamhealth.outlets.table_row import OF_CLASSES, Row

_FORMULA = re.compile(r"(^|;)(?=[=+\-@\t\r])")
"""Before what spreadsheets take for the beginning of a formula; some also split at semicolons."""


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
    if _tells_classes(seen, only):
        yield from class_rows(seen)


def _tells_classes(seen: Snapshot, only: Container[str] | None) -> bool:
    return bool(seen.cross_cuts) and (only is None or seen.root.id in only)


def csv_lines(
    snapshot: Snapshot, viewer: Viewer, only: Container[str] | None = None
) -> Iterator[str]:
    """Yield the export line by line, heading first; each ends with a line feed."""
    more = () if _tells_classes(snapshot, only) else OF_CLASSES
    columns = [field.name for field in fields(Row) if field.name not in more]
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
    yield from put.found(found_rows.of_group(group), n=group.responses)
    for measure, value in past_exports.measures(group):
        yield put.row(measure, value)
    if group.id == snapshot.root.id:
        yield from put.found(found_rows.of_whole(snapshot))
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

    def found(
        self, told: Iterable[Told], *, theme: str = "", item: str = "", n: int | None = None
    ) -> Iterator[Row]:
        for one in told:
            place = {"theme": one.theme or theme, "item": one.item or item}
            yield self.row(one.measure, one.value, **place, around=one.around, n=n)

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
        yield from self.found(found_rows.of_item(cell), theme=theme, item=item, n=n)

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
        yield from self.found(found_rows.of_theme(cell), theme=theme, n=n)

    def enps(self, cell: EnpsCell | None) -> Iterator[Row]:
        n = sum(cell.counts) if cell else None
        around = cell.interval if cell else None
        yield self.row("enps", cell.score if cell else None, around=around, n=n)
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
