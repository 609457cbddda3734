"""How bytes are written: base64url inside messages, codes of 16 characters for people.

Promise: bytes have one spelling in a message, and a code survives being read aloud,
typed by hand and copied from paper. Twins in the browser: bytes.js and receipt.js.
"""

import base64
import binascii
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""

PROTOCOL = "team-health/1"
"""What every hashed or signed text of this protocol begins with."""

CODE_BYTES = 10
CODE_CHARACTERS = 16
_BITS = 5


def b64(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str, size: int | None = None) -> bytes:
    """Return the bytes of a base64url text in its one spelling.

    ``size`` is the number of bytes expected. Raises ValueError for any other
    spelling (padding, foreign characters, stray bits) and any other size.
    """
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, TypeError, ValueError):
        raise ValueError("not base64url") from None
    if b64(raw) != text:
        raise ValueError("not base64url in its one spelling")
    if size is not None and len(raw) != size:
        raise ValueError(f"not {size} bytes")
    return raw


def to_code(raw: bytes) -> str:
    """Return 10 bytes as 16 characters; ValueError for another size."""
    if len(raw) != CODE_BYTES:
        raise ValueError(f"a code has {CODE_BYTES} bytes, not {len(raw)}")
    number = int.from_bytes(raw, "big")
    shifts = range(_BITS * (CODE_CHARACTERS - 1), -1, -_BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in shifts)


def spaced(code: str) -> str:
    """Return a code as people see it: ``XXXX-XXXX-XXXX-XXXX``."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def from_code(text: str) -> bytes | None:
    """Return the 10 bytes of a code as typed, or None if it is not one.

    Case, spaces and punctuation do not matter; O is read as 0, I and L as 1. U is
    refused: it is in no code.
    """
    clean = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    clean = clean.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(clean) != CODE_CHARACTERS or "U" in clean:
        return None
    number = 0
    for character in clean:
        number = number << _BITS | ALPHABET.index(character)
    return number.to_bytes(CODE_BYTES, "big")
