"""What lies in a file for the trustee: one line about the survey, a line for each sealed row, one for the end.

Rows come in the order of group and nonce hash, so that the file says nothing about who
came first, and none twice. docs/protocol.md has every field.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from teamhealth.cells import reading
from teamhealth.cells.canonical import canonical
from teamhealth.cells.model import Snapshot, SurveyFacts
from teamhealth.cells.plain import to_plain
from teamhealth.credentials.codes import b64, unb64
from teamhealth.credentials.envelopes import ENVELOPE_SIZE
from teamhealth.errors import RefusedError
from teamhealth.results.opening import SealedRow
from teamhealth.trustee import sealing

VERSION = 1
_NONCE, _SIGNATURE = 32, 256
_MANY = 999_999  # as wide as any number of stamps: no digit of one shows in a length
_ROW = frozenset({"g", "n", "s", "x"})


@dataclass(frozen=True, slots=True)
class Place:
    """One group of the tree as it travels; ``people`` are its own before the roll-up.

    ``leaf`` is the text in the manifest's tree, None if nobody answers here; ``issued``
    how many stamps were given with its key.
    """

    id: str
    parent: str | None
    path: str
    name: str
    people: int
    leaf: str | None
    issued: int


@dataclass(frozen=True, slots=True)
class About:
    """Everything that was pinned, and how many stamps were given; texts are as they were hashed."""

    manifest: str
    instrument: str
    facts: SurveyFacts
    places: Sequence[Place]
    previous: Snapshot | None

    def line(self) -> bytes:
        """Return it as the first line."""
        return canonical(
            {
                "v": VERSION,
                "manifest": self.manifest,
                "instrument": self.instrument,
                "facts": {**asdict(self.facts), "languages": list(self.facts.languages)},
                "groups": [asdict(place) for place in self.places],
                "previous": None if self.previous is None else to_plain(self.previous),
            }
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One sealed row; ``envelope`` is None after a withdrawal."""

    group: str
    nonce: bytes
    signature: bytes
    envelope: bytes | None

    @property
    def nonce_hash(self) -> bytes:
        """What is told of it."""
        return sha256(self.nonce).digest()


def lines(
    about: About, groups: Iterable[tuple[str, Iterable[SealedRow]]], seats: int
) -> tuple[Iterator[bytes], int]:
    """Return all lines with their ends, and the bytes that they would have if every seat were taken."""
    first = about.line() + b"\n"
    widest = replace(about, places=[replace(one, issued=_MANY) for one in about.places])
    full = _row("x" * 40, bytes(_NONCE), bytes(_SIGNATURE), bytes(ENVELOPE_SIZE))
    return _lines(first, groups), len(widest.line()) + (seats + 1) * len(full)


def _lines(first: bytes, groups: Iterable[tuple[str, Iterable[SealedRow]]]) -> Iterator[bytes]:
    yield first
    number = 0
    for group, rows in groups:
        for row in rows:
            yield _row(group, row.nonce, row.signature, row.envelope)
            number += 1
    yield canonical({"end": number}) + b"\n"


def _row(group: str, nonce: bytes, signature: bytes, envelope: bytes | None) -> bytes:
    row = {"g": group, "n": b64(nonce), "s": b64(signature)}
    return canonical({**row, "x": None if envelope is None else b64(envelope)}) + b"\n"


@dataclass(frozen=True, slots=True)
class Contents:
    """A file for the trustee, opened with its key as often as it is read."""

    path: Path
    box: EllipticCurvePrivateKey

    def about(self) -> dict[str, object]:
        """Return the first line, unchecked; RefusedError if there is none."""
        found = _read(next(sealing.unsealed(self.path, self.box), b""))
        if found.get("v") != VERSION:
            raise _unreadable()
        return found

    def groups(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """Give each group's id with its rows; RefusedError unless all are there, in order, once."""
        return ((str(group), rows) for group, rows in groupby(self.rows(), attrgetter("group")))

    def rows(self) -> Iterator[Row]:
        """Give all rows; RefusedError as ``groups``."""
        told = sealing.unsealed(self.path, self.box)
        next(told, b"")
        before: tuple[str, bytes] = ("", b"")
        for number, line in enumerate(told):
            found = _read(line)
            if found.keys() == {"end"}:
                if found["end"] != number or any(rest.strip() for rest in told):
                    raise _unreadable()
                return
            row = _read_row(found)
            here = (row.group, row.nonce_hash)
            if here[0] == before[0] and here[1] <= before[1]:
                raise _unreadable()
            before = here
            yield row
        raise _unreadable()


def _read_row(found: dict[str, object]) -> Row:
    try:
        row = reading.record(found, "row", _ROW)
        sealed = reading.maybe(reading.text, row["x"], "x")
        return Row(
            reading.text(row["g"], "g"),
            unb64(reading.text(row["n"], "n"), _NONCE),
            unb64(reading.text(row["s"], "s"), _SIGNATURE),
            None if sealed is None else unb64(sealed, ENVELOPE_SIZE),
        )
    except ValueError:
        raise _unreadable() from None


def _read(line: bytes) -> dict[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(found, dict):
        raise _unreadable()
    return found


def _unreadable() -> RefusedError:
    return RefusedError(
        "What lies in this file is not what a server of this version writes. Nothing was counted, and "
        "the key is kept; ask for the file once more, and whether both use the same version."
    )
