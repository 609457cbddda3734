"""Opening the box: each row's signature is checked again, its envelope opened, its letter read.

Promise: a row that anybody slipped in, copied or put in another group's place is void.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from teamhealth.credentials import binding, blindsign, envelopes
from teamhealth.results import sheets
from teamhealth.results.sheets import Form, Sheet


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


@dataclass
class Opening:
    """One opening of one survey's box; remembers what it saw.

    ``issuers`` are the groups' public keys. ``read`` lists the nonce hash of every row
    that came by, ``counted`` of those with a letter; ``void`` counts rows whose
    hash, signature, envelope or letter is none. A withdrawn row is neither.
    """

    survey: str
    box: EllipticCurvePrivateKey
    issuers: Mapping[str, RSAPublicKey]
    form: Form
    read: list[bytes] = field(default_factory=list)
    counted: set[bytes] = field(default_factory=set)
    void: int = 0

    def sheets(self, group: str, rows: Iterable[SealedRow]) -> Iterator[Sheet]:
        """Give the sheets of one group; a nonce that comes twice is counted once."""
        issuer = self.issuers.get(group)
        for row in rows:
            self.read.append(row.nonce_hash)
            if row.envelope is None or row.nonce_hash in self.counted:
                continue
            sheet = self._open(group, issuer, row)
            if sheet is None:
                self.void += 1
            else:
                self.counted.add(row.nonce_hash)
                yield sheet

    def _open(self, group: str, issuer: RSAPublicKey | None, row: SealedRow) -> Sheet | None:
        nonce_hash = sha256(row.nonce).digest()
        if nonce_hash != row.nonce_hash:
            return None
        slip = binding.slip(row.nonce, self.survey, group)
        if issuer is None or not blindsign.verify(issuer, slip, row.signature):
            return None
        try:
            letter = envelopes.unseal(
                row.envelope or b"", self.box, binding.label(nonce_hash, self.survey, group)
            )
        except envelopes.VoidEnvelopeError:
            return None
        return sheets.read(letter, self.form, group)
