"""Answers of the anonymous door that are the same bytes for everybody, with its headers.

Promise: the headers below are on every answer of this door, and no cookie ever is.
"""

from collections.abc import Iterable

from teamhealth.web.packing import FOREVER, Ready, pack

__all__ = ["FOREVER", "HEADERS", "HTML", "JSON", "POLICY", "Ready", "make"]

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex, nofollow"),
)
HTML = "text/html; charset=utf-8"
JSON = "application/json"


def make(
    body: bytes,
    kind: str,
    *,
    status: int = 200,
    varies: str = "",
    more: Iterable[tuple[str, str]] = (),
) -> Ready:
    """Make an answer of some bytes.

    ``kind`` is the Content-Type; ``varies`` names the request header that chose these
    bytes; ``more`` headers replace ours of the same name.
    """
    headers = {**dict(HEADERS), "Content-Type": kind, **dict(more)}
    return pack(body, headers, status=status, varies=varies)
