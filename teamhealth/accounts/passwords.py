"""Passwords: Argon2id, at least twelve characters, no rules of composition.

The cost is what OWASP names for Argon2id (19 MiB, two passes); it stands in every
hash, so that it can be raised without locking anybody out.
"""

import os
from functools import cache

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

LEAST = 12
MOST = 200
"""Characters; a longer text is no password but an attempt to keep us busy."""

_MEMORY = 19 * 1024  # KiB
_PASSES = 2
_SALT, _LENGTH = 16, 32


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    kdf = Argon2id(
        salt=os.urandom(_SALT),
        length=_LENGTH,
        iterations=_PASSES,
        lanes=1,
        memory_cost=_MEMORY,
    )
    return kdf.derive_phc_encoded(password.encode())


def matches(password: str, stored: str) -> bool:
    """Tell whether this is the password; with nothing stored it takes as long and is not."""
    try:
        Argon2id.verify_phc_encoded(password.encode(), stored or _nobodys())
    except InvalidKey:
        return False
    return bool(stored)


@cache
def _nobodys() -> str:
    return hashed(os.urandom(_SALT).hex())
