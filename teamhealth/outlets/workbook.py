"""The spreadsheet (XLSX): what it is on the first sheet, then the tidy sheets of ``sheets``.

Promises: text stays text, whatever it begins with; the same snapshot gives the same bytes;
a sheet that grows over what a spreadsheet program can open goes on in another.
"""

import io
import tempfile
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from teamhealth.cells.model import GroupResult
from teamhealth.i18n.languages import direction
from teamhealth.i18n.messages import say
from teamhealth.outlets import sheets
from teamhealth.outlets.print_facts import Source
from teamhealth.outlets.sheets import Line, Sheet

_MOST_ROWS = 1_000_000
_LONGEST_NAME = 31


def workbook(source: Source, groups: Sequence[GroupResult], *, whole: bool) -> bytes:
    """Return the spreadsheet of some groups, which their reader may open.

    ``source`` is for that reader, in their language; ``whole`` says whether they may open
    the root, and so what is told by what people told of themselves.
    """
    tables = [
        sheets.of_groups(source, groups),
        sheets.of_themes(source, groups),
        sheets.of_statements(source, groups),
    ]
    if whole and source.seen.cross_cuts:
        tables.append(sheets.of_classes(source))
    body = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="teamhealth-") as folder:
        book = xlsxwriter.Workbook(body, {"constant_memory": True, "tmpdir": folder})
        _describe(book, source)
        _read_me(book, source, [table.name for table in tables])
        for table in tables:
            _write(book, table, source.reader)
        book.close()
    return body.getvalue()


def _describe(book: xlsxwriter.Workbook, source: Source) -> None:
    """Say what it is in the file's properties; its date is that of the close, not of the making."""
    closed = datetime.fromisoformat(source.seen.survey.closed)
    title = f"{source.facts.organisation} – {source.facts.title}"
    book.set_properties({"title": title, "author": "Team Health", "created": closed})


def _read_me(book: xlsxwriter.Workbook, source: Source, names: Sequence[str]) -> None:
    at, facts = source.reader, source.facts
    sheet = _sheet(book, say(at, "Read me"), at)
    head = book.add_format({"bold": True, "font_size": 14})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, f"{facts.organisation} – {facts.title}", head)
    for row, line in enumerate(_told(source, names), 2):
        sheet.write_string(row, 0, line, wrapped)


def _told(source: Source, names: Sequence[str]) -> tuple[str, ...]:
    at, facts = source.reader, source.facts
    return (
        say(at, "Answered from %(first)s to %(last)s.", first=facts.opened, last=facts.closed),
        say(at, "Sheets: %(sheets)s.", sheets=" · ".join(names)),
        say(
            at,
            "There is no raw data in this system, so none can be asked for, leaked or subpoenaed. "
            "These are all the numbers that exist.",
        ),
        say(
            at,
            "A result stands for %(least)s people or more. What is not shown says so in its cell; "
            "nobody can say more about it.",
            least=facts.k,
        ),
        say(
            at,
            "Below ten answers a statement is one of five words for the share of favourable answers, "
            "a theme has one decimal, and 4.8 means 4.8 or higher.",
        ),
        say(
            at,
            "“Likely from” and “likely to” are where the true value lies with 95 %% probability. "
            "“Usual” is where most groups of the organisation lie.",
        ),
        say(
            at,
            "Turned statements: means and favourable shares are already turned, so that high is good; "
            "the five shares are the answers as they were given.",
        ),
        say(
            at,
            "Groups stand in the order of the organisation. Do not rank them: work, size and load differ.",
        ),
        say(
            at,
            "Result: %(mark)s · questionnaire: %(digest)s",
            mark=facts.mark or "–",
            digest=facts.instrument,
        ),
    )


def _write(book: xlsxwriter.Workbook, table: Sheet, at: str) -> None:
    rows, number = iter(table.rows), 1
    line = next(rows, None)
    while number == 1 or line is not None:
        sheet = _sheet(book, table.name if number == 1 else f"{table.name} {number}", at)
        _heads(book, sheet, table)
        place = 1
        while line is not None and place <= _MOST_ROWS:
            _line(sheet, place, line)
            line = next(rows, None)
            place += 1
        number += 1


def _sheet(book: xlsxwriter.Workbook, name: str, at: str) -> Worksheet:
    sheet = book.add_worksheet(name[:_LONGEST_NAME])
    if direction(at) == "rtl":
        sheet.right_to_left()
    return sheet


def _heads(book: xlsxwriter.Workbook, sheet: Worksheet, table: Sheet) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"num_format": "General"})
    for column, (head, width) in enumerate(table.heads):
        sheet.set_column(column, column, width, plain)
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 1)


def _line(sheet: Worksheet, place: int, line: Line) -> None:
    for column, value in enumerate(line):
        if isinstance(value, str):
            sheet.write_string(place, column, value)
        elif value is not None:
            sheet.write_number(place, column, value)
