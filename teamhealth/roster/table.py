"""From bytes to rows: what a spreadsheet calls CSV, with comma or semicolon, and every column known."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from teamhealth.errors import RosterError
from teamhealth.i18n.signs import has_unseen

NEEDED = ("email", "name", "group")
OPTIONAL = ("leads", "language", "external_id", "answers_in", "answers_by")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file (of several lines, the first), without the spaces around each field.

    ``faults`` are those of the row itself; then nothing in it can be relied on.
    """

    line: int
    cells: Mapping[str, str]
    faults: tuple[str, ...]


def rows(body: bytes) -> list[Row]:
    """Return all rows that are not empty; every column is among ``NEEDED`` and ``OPTIONAL``.

    Raises RosterError if this is no such table.
    """
    found = [(line, cells) for line, cells in _lines(_text(body)) if any(cells)]
    if not found:
        raise RosterError([(0, f"The file is empty; it needs the columns {_list(NEEDED)}.")])
    heading, names = found[0]
    columns = ["_".join(name.lower().split()) for name in names]
    problems = [(heading, what) for what in _wrong_columns(columns)]
    if problems:
        raise RosterError(problems)
    if not found[1:]:
        raise RosterError([(0, "There is nobody in the file.")])
    return [_row(line, cells, columns) for line, cells in found[1:]]


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        told = "it is not UTF-8 from here on; save the file as “CSV UTF-8”"
        raise RosterError([(line, told)]) from None
    # One spelling for each letter, whatever computer it was typed on.
    return unicodedata.normalize("NFC", text)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    heading = text.lstrip().partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=";" if heading.count(";") > heading.count(",") else ",",
        strict=True,
    )
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        told = "it cannot be read from here on; probably a quotation mark is missing or one too many"
        raise RosterError([(line, told)]) from None


def _wrong_columns(columns: list[str]) -> Iterator[str]:
    for name in NEEDED:
        if name not in columns:
            yield f"there is no column {name}"
    for name, times in Counter(columns).items():
        if not name:
            yield "a column has no name"
        elif name not in NEEDED + OPTIONAL:
            yield (
                f"the column {name!r} is unknown; {_list(NEEDED)} are needed, "
                f"{_list(OPTIONAL)} possible"
            )
        elif times > 1:
            yield f"there are {times} columns {name}"


def _row(line: int, cells: list[str], columns: list[str]) -> Row:
    faults = [
        f"{cell!r} has a line break or an invisible control character in it"
        for cell in cells
        if has_unseen(cell)
    ]
    if any(cells[len(columns) :]):
        faults.append(f"it has {len(cells)} fields, the heading only {len(columns)}")
    return Row(line, dict(zip(columns, cells, strict=False)), tuple(faults))


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1]
