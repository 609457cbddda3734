"""The link of an invitation, made and read back; mail gateways bend it in many ways.

Promise: the code stands in the fragment, which browsers do not send to the server. The
browser reads links by the very same rules: receipt.js.
"""

import re
from dataclasses import dataclass

from teamhealth.credentials.codes import from_code, to_code

_CODE = r"((?:[0-9a-z]-?){16})(?![0-9a-z])"
_FOUND = re.compile(rf"#{_CODE}(?:\.{_CODE})?", re.IGNORECASE | re.ASCII)
_BEFORE = re.compile(r"^.*?/a/[a-z0-9-]+", re.IGNORECASE | re.ASCII)
_ESCAPED = re.compile(r"%(2[0-9a-f])", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link carries: the token (10 bytes), and the fingerprint's 10 bytes if it does."""

    token: bytes
    fingerprint: bytes | None = None


def link(
    base_url: str, survey: str, token: bytes, *, language: str = "", fingerprint: str = ""
) -> str:
    """Return the link of a token (10 bytes); ``fingerprint`` lets the browser compare by itself."""
    page = f"{base_url}/a/{survey}" + (f"/{language}" if language else "")
    return f"{page}#{to_code(token)}" + (f".{fingerprint}" if fingerprint else "")


def read(address: str) -> Link | None:
    """Return what an address carries, or None if there is no code in it.

    Takes ``#`` escaped up to three times, small letters, hyphens and anything behind.
    """
    rest = _BEFORE.sub("", address, count=1)
    for _ in range(3):
        rest = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), rest)
    found = _FOUND.search(rest)
    token = from_code(found[1]) if found else None
    if not found or token is None:
        return None
    return Link(token, from_code(found[2]) if found[2] else None)
