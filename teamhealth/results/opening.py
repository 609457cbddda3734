"""Opening the box: each row's signature is checked again, its envelope opened, its letter read.

Promise: a row that anybody slipped in, copied or put in another group's place is void.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from teamhealth.credentials import binding, blindsign, envelopes
from teamhealth.results import sheets, tallying
from teamhealth.results.moments import Scoring
from teamhealth.results.sheets import Form, Sheet
from teamhealth.results.tallying import Tally


class SealedRow(Protocol):
    """A row as it was taken in: any object with these four, ``Sealed`` for one."""

    @property
    def nonce_hash(self) -> bytes: ...  # noqa: D102

    @property
    def nonce(self) -> bytes: ...  # noqa: D102

    @property
    def signature(self) -> bytes: ...  # noqa: D102

    @property
    def envelope(self) -> bytes | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed response: 32, 256 and 4 177 bytes; no envelope after a withdrawal."""

    nonce: bytes
    signature: bytes
    envelope: bytes | None

    @property
    def nonce_hash(self) -> bytes:
        """What the row is found by."""
        return sha256(self.nonce).digest()


class Sent(NamedTuple):
    """A row with an envelope, on its way to whoever opens it."""

    nonce_hash: bytes
    nonce: bytes
    signature: bytes
    envelope: bytes


@dataclass(slots=True)
class Piece:
    """Rows of one group: its number in the tree, its id, and the modulus of its key if it has one."""

    number: int
    group: str
    issuer: bytes | None
    rows: list[Sent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """What some rows come to: the ``tally`` of these ``groups``, the nonce hashes counted, how many rows are void."""

    groups: tuple[int, ...]
    tally: Tally
    counted: list[bytes]
    void: int


@dataclass(slots=True)
class Total:
    """All that was opened so far."""

    tally: Tally
    counted: set[bytes] = field(default_factory=set)
    void: int = 0

    def add(self, opened: Opened) -> None:
        """Take in what some rows came to; in which order does not matter."""
        self.tally.plus(opened.tally, opened.groups)
        self.counted.update(opened.counted)
        self.void += opened.void


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens rows of one survey; ``scoring`` says what is summed up of their items."""

    survey: str
    box: EllipticCurvePrivateKey
    form: Form
    scoring: Scoring

    def open(self, pieces: Sequence[Piece]) -> Opened:
        """Open rows and add them up; what is no letter of this survey and group is void."""
        at = {number: n for n, number in enumerate(sorted({one.number for one in pieces}))}
        tally = tallying.empty(len(at), self.form, self.scoring)
        counted: list[bytes] = []
        tally.add_all(
            (at[one.number], sheet) for one in pieces for sheet in self._sheets(one, counted)
        )
        rows = sum(len(one.rows) for one in pieces)
        return Opened(tuple(at), tally, counted, rows - len(counted))

    def _sheets(self, piece: Piece, counted: list[bytes]) -> Iterator[Sheet]:
        if piece.issuer is None:
            return
        issuer = blindsign.public_key(piece.issuer)
        for row in piece.rows:
            sheet = self._open(piece.group, issuer, row)
            if sheet is not None:
                counted.append(row.nonce_hash)
                yield sheet

    def _open(self, group: str, issuer: RSAPublicKey, row: Sent) -> Sheet | None:
        if sha256(row.nonce).digest() != row.nonce_hash:
            return None
        slip = binding.slip(row.nonce, self.survey, group)
        if not blindsign.verify(issuer, slip, row.signature):
            return None
        label = binding.label(row.nonce_hash, self.survey, group)
        try:
            letter = envelopes.unseal(row.envelope, self.box, label)
        except envelopes.VoidEnvelopeError:
            return None
        return sheets.read(letter, self.form, group)
