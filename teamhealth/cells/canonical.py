"""Canonical JSON: one spelling for one value, so that a digest means something.

Sorted keys, no spaces, UTF-8, no NaN; floats in Python's shortest round-trip form
(``repr``), which IEEE 754 doubles make the same everywhere.
"""

import hashlib
import json


def canonical(value: object) -> bytes:
    """Return the canonical JSON of plain data; ValueError for NaN, infinity or foreign types."""
    try:
        text = json.dumps(
            value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
    except TypeError as fault:
        raise ValueError(f"not plain data: {fault}") from None
    return text.encode()


def digest(body: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(body).hexdigest()
