"""Answers from a CSV file: who says what in a simulation.

Columns: ``email``, one for each item (1–5 or empty), optionally ``enps`` (0–10), ``engagement``
(1–5) and ``comment``, and for what people tell of themselves the number of the option, from 1,
such as ``tenure``. Columns that the form does not ask are ignored.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from teamhealth.credentials import envelopes
from teamhealth.errors import RefusedError
from teamhealth.instruments.model import Instrument, Kind

_RANGES = {Kind.AGREE: range(1, 6), Kind.RECOMMEND: range(11)}
_WHOLE = re.compile(r"(\d{1,2})(?:\.0+)?", re.ASCII)
"""A whole number, also as spreadsheets and data tools write one beside empty cells: 4.0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one person says: numbers by question, words by open question; skipped ones are absent.

    ``told`` is what they tell of themselves: numbers of options by attribute.
    """

    answers: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, int] = field(default_factory=dict)

    @property
    def in_letter(self) -> dict[str, int]:
        """What goes into the letter as answers."""
        return {**self.answers, **self.told}


def read(body: bytes, instrument: Instrument) -> dict[str, Sheet]:
    """Return each person's sheet by address in small letters.

    Raises RefusedError that lists every problem with its line; then nothing may be sent.
    """
    problems: list[tuple[int, str]] = []
    sheets: dict[str, Sheet] = {}
    for line, row in _rows(body):
        email = row.get("email", "").lower()
        if "@" not in email:
            problems.append((line, f"{email!r} is no e-mail address"))
        elif email in sheets:
            problems.append((line, f"{email} stands here for the second time"))
        else:
            sheets[email], wrong = _sheet(row, instrument)
            problems += [(line, what) for what in wrong]
    if problems:
        told = "\n".join(f"  line {line}: {what}" for line, what in problems)
        raise RefusedError(
            f"The answers have {_many(len(problems))}; nothing was sent. "
            f"Correct the file and try again.\n{told}"
        )
    return sheets


def _rows(body: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable("it is not UTF-8") from None
    heading = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=";" if heading.count(";") > heading.count(",") else ",",
        strict=True,
    )
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as fault:
        raise _unreadable(f"line {reader.line_num}: {fault}") from None
    columns = [name.lower() for name in rows[0][1]] if rows else []
    twice = sorted(name for name, times in Counter(columns).items() if times > 1 and name)
    if "email" not in columns or twice:
        wrong = f"it has two columns {twice[0]}" if twice else "it has no column email"
        raise _unreadable(wrong)
    long = [line for line, row in rows if len(row) > len(columns)]
    if long:
        raise _unreadable(f"line {long[0]} has more fields than the heading")
    return [(line, dict(zip(columns, row, strict=False))) for line, row in rows[1:] if any(row)]


def _unreadable(what: str) -> RefusedError:
    return RefusedError(
        f"The answers cannot be read: {what}. Nothing was sent; correct the file and try again."
    )


def _sheet(row: Mapping[str, str], instrument: Instrument) -> tuple[Sheet, list[str]]:
    asked = {q.id: _RANGES[q.kind] for q in instrument.questions if q.kind is not Kind.OPEN}
    offered = {one.id: range(1, len(one.options) + 1) for one in instrument.attributes}
    opened = [q.id for q in instrument.questions if q.kind is Kind.OPEN]
    wrong: list[str] = []
    sheet = Sheet(
        answers=dict(_numbers(row, asked, wrong)),
        comments={name: said for name in opened if (said := row.get(name, ""))},
        told=dict(_numbers(row, offered, wrong)),
    )
    try:
        envelopes.letter(sheet.in_letter, sheet.comments, bytes(32))
    except ValueError:
        wrong.append("the comment is too long for an answer's envelope")
    return sheet, wrong


def _numbers(
    row: Mapping[str, str], allowed: Mapping[str, range], wrong: list[str]
) -> Iterator[tuple[str, int]]:
    """Give the numbers in these columns; what is none that is allowed is noted in ``wrong``."""
    for name, values in allowed.items():
        said = row.get(name, "")
        whole = _WHOLE.fullmatch(said)
        if whole and int(whole[1]) in values:
            yield name, int(whole[1])
        elif said:
            wrong.append(f"{name} is {said!r}, expected {values[0]} to {values[-1]} or nothing")


def _many(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems} problems"
