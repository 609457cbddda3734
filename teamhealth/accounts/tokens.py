"""Secrets of the desk: tokens of links and sessions, and the key that signs its cookies.

Promise: of a token only the SHA-256 is stored; 256 random bits need no slower hash.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from teamhealth.errors import UnavailableError

_BYTES = 32


def new_token() -> str:
    """Return 256 random bits that fit into an address."""
    return secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def desk_key(home: Path) -> bytes:
    """Return the key of this installation's cookies, made the first time it is asked for.

    Web hosts that share a database must share the file ``desk.key`` too. Raises
    UnavailableError if it can neither be read nor made.
    """
    file = home / "desk.key"
    try:
        if not file.exists():
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(file)
        key = file.read_bytes()
    except OSError as fault:
        raise UnavailableError(
            f"The key file of the desk cannot be used ({fault.strerror}); nobody can sign in. "
            "Nothing was stored. Make TEAMHEALTH_HOME writable, or copy desk.key there."
        ) from None
    if len(key) < _BYTES:
        raise UnavailableError(
            "The key file of the desk is damaged; nobody can sign in. Nothing was stored. "
            "Remove desk.key from TEAMHEALTH_HOME: a new one is made, and everybody signs in again."
        )
    return key


def _make(file: Path) -> None:
    """Write the file whole under another name first: of several processes one wins."""
    new = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as body:
            body.write(secrets.token_bytes(_BYTES))
            body.flush()
            os.fsync(body.fileno())
        with suppress(FileExistsError):
            os.link(new, file)
    finally:
        new.unlink()
