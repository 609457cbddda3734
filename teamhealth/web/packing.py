"""Answers that are the same bytes for everybody: compressed and given headers once, for either door."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

FOREVER = ("Cache-Control", "public, max-age=31536000, immutable")

_WORTH_PACKING = 400  # bytes: below, the header lines cost more than they save
_LARGE = 300_000  # bytes: above, the last per cent would cost seconds
_THOROUGH, _BRISK = 11, 9


@dataclass(frozen=True, slots=True)
class Ready:
    """One answer in up to three packings: as it is, ``gzip`` and ``br``."""

    status: int
    headers: tuple[tuple[str, str], ...]
    plain: bytes
    gzip: bytes | None = None
    br: bytes | None = None

    def packed(self, accepts: str) -> tuple[list[tuple[str, str]], bytes]:
        """Return headers and body in the smallest packing that Accept-Encoding takes."""
        taken = _encodings(accepts) if self.br else frozenset()
        if self.br and "br" in taken:
            return [*self.headers, ("Content-Encoding", "br"), _length(self.br)], self.br
        if self.gzip and "gzip" in taken:
            return [*self.headers, ("Content-Encoding", "gzip"), _length(self.gzip)], self.gzip
        return [*self.headers, _length(self.plain)], self.plain


def pack(body: bytes, headers: Mapping[str, str], *, status: int, varies: str = "") -> Ready:
    """Pack some bytes; ``varies`` names the request header that chose them, if one did."""
    worth = len(body) >= _WORTH_PACKING
    vary = ", ".join(name for name in (varies, "Accept-Encoding" if worth else "") if name)
    told = {**headers, **({"Vary": vary} if vary else {})}
    quality = _BRISK if len(body) > _LARGE else _THOROUGH
    return Ready(
        status=status,
        headers=tuple(told.items()),
        plain=body,
        gzip=gzip.compress(body, 9, mtime=0) if worth else None,
        br=brotli.compress(body, quality=quality) if worth else None,
    )


def _length(body: bytes) -> tuple[str, str]:
    return "Content-Length", str(len(body))


def _encodings(accepts: str) -> frozenset[str]:
    wanted = (part.partition(";") for part in accepts.lower().replace(" ", "").split(","))
    return frozenset(name for name, _, q in wanted if q not in ("q=0", "q=0.0"))
