"""Blinding slips and taking the signature out: the respondent's half of RFC 9474.

Only ``respondent`` uses it here: simulations and tests answer as a browser does. Twin
in the browser: blind.js.
"""

import hashlib
import secrets
from dataclasses import dataclass
from math import gcd

from teamhealth.credentials.blindsign import public_key, verify

EXPONENT = 65537
_HASH_SIZE = 48
_TRAILER = b"\xbc"


@dataclass(frozen=True, slots=True)
class Blinded:
    """A slip in its envelope: what the server is shown, and what opens it again."""

    message: bytes
    opener: int


def blind(
    modulus: bytes, slip: bytes, *, salt: bytes | None = None, secret: int | None = None
) -> Blinded:
    """Blind a slip for the key of that modulus (RFC 9474, 4.2).

    ``salt`` (48 bytes) and ``secret`` are drawn afresh unless given; give them only for
    the RFC's figures. Neither may ever follow from a receipt: 80 bits are too few.
    """
    n, size = int.from_bytes(modulus, "big"), len(modulus)
    if salt is None:
        salt = secrets.token_bytes(_HASH_SIZE)
    if secret is None:
        secret = secrets.randbelow(n - 1) + 1
    message = int.from_bytes(_encode(slip, n.bit_length() - 1, salt), "big")
    if gcd(message, n) != 1 or gcd(secret, n) != 1:
        raise ValueError("a number shares a factor with the key")
    blinded = message * pow(secret, EXPONENT, n) % n
    return Blinded(blinded.to_bytes(size, "big"), pow(secret, -1, n))


def unblind(modulus: bytes, slip: bytes, signed: bytes, opener: int) -> bytes:
    """Return the signature of the slip (RFC 9474, 4.4).

    Raises ValueError unless the published key made it: a server that signs with a key
    for one person, to recognise that person later, gets nothing.
    """
    if len(signed) != len(modulus):
        raise ValueError("the signature has the wrong size")
    signature = open_signed(modulus, signed, opener)
    if not verify(public_key(modulus), slip, signature):
        raise ValueError("the signature was not made with the published key")
    return signature


def open_signed(modulus: bytes, signed: bytes, opener: int) -> bytes:
    """Divide the blinding out of a signature, without checking the result."""
    opened = int.from_bytes(signed, "big") * opener % int.from_bytes(modulus, "big")
    return opened.to_bytes(len(modulus), "big")


def _encode(message: bytes, bits: int, salt: bytes) -> bytes:
    # EMSA-PSS (RFC 8017, 9.1.1) with SHA-384.
    size = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - _HASH_SIZE - 2) + b"\1" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> 8 * size - bits
    return bytes(masked) + digest + _TRAILER


def _mask(seed: bytes, size: int) -> bytes:
    # MGF1 (RFC 8017, B.2.1).
    rounds = range(-(-size // _HASH_SIZE))
    return b"".join(hashlib.sha384(seed + at.to_bytes(4, "big")).digest() for at in rounds)[
        :size
    ]
