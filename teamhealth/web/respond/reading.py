"""Reading a message: exactly the expected fields in exactly the expected sizes, or nothing.

Promise: a message that could name its sender by the way (a cookie, a sign-in) is
refused; a refusal never repeats what was sent.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from teamhealth.credentials.codes import from_code, unb64
from teamhealth.credentials.envelopes import ENVELOPE_SIZE
from teamhealth.errors import BadMessageError, NotFoundError

LARGEST = 16_384  # bytes of a body; the largest message has 6.2 kB
_ID = re.compile(r"[a-z0-9-]{1,40}")
_LONGEST_CODE = 80  # characters: a code may be typed with spaces and hyphens

Reader = Callable[[object], Any]


def message() -> dict[str, object]:
    """Return the body of this request, an object of JSON.

    Raises BadMessageError for anything else and for a Cookie or Authorization header;
    werkzeug's 415 and 413 for another content type and for a body that is too large.
    """
    if "Cookie" in request.headers or "Authorization" in request.headers:
        raise BadMessageError(
            "A message to this door must carry no cookie and no sign-in. Nothing was stored; "
            "send it without credentials."
        )
    if request.headers.get("Content-Type", "").lower() != "application/json":
        raise UnsupportedMediaType
    try:
        body = json.loads(request.get_data().decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _unexpected() from None
    if not isinstance(body, dict):
        raise _unexpected()
    return body


def fields(body: dict[str, object], **readers: Reader) -> tuple[Any, ...]:
    """Return the fields of a message in the order of ``readers``.

    Raises BadMessageError unless the message has exactly these and each can be read.
    """
    if body.keys() != readers.keys():
        raise _unexpected()
    try:
        return tuple(reader(body[name]) for name, reader in readers.items())
    except ValueError:
        raise _unexpected() from None


def raw(size: int) -> Reader:
    """Read base64url, in its one spelling, of that many bytes."""

    def read(value: object) -> bytes:
        return unb64(value if isinstance(value, str) else "", size)

    return read


def code(value: object) -> bytes:
    """Read the code of a link (10 bytes). Raises NotFoundError for text that is none."""
    if not isinstance(value, str) or len(value) > _LONGEST_CODE:
        raise ValueError("not a code")
    token = from_code(value)
    if token is None:
        raise NotFoundError(
            "This code is not known: a code has 16 letters and digits. Nothing was stored; "
            "please compare it with the invitation."
        )
    return token


def group(value: object) -> str:
    """Read the id of a group."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("not the id of a group")
    return value


def yes(value: object) -> bool:
    """Read ``true`` and nothing else."""
    if value is not True:
        raise ValueError("not true")
    return True


def envelope(value: object) -> bytes:
    """Read a sealed envelope; all have one size."""
    sealed: bytes = raw(ENVELOPE_SIZE)(value)
    return sealed


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands twice")
    return found


def _unexpected() -> BadMessageError:
    return BadMessageError(
        "This is not the expected message. Nothing was stored; please reload the page and "
        "press Send again."
    )
