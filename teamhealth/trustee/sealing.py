"""A file that only the trustee can open, of a length that tells nothing, however long it is.

First line: canonical JSON with the survey and a key of one file, sealed by HPKE to the
trustee's box key. Then AES-256-GCM in pieces of 64 kB (STREAM: each piece's nonce holds
its number and whether it is the last), so that a piece that is missing, moved or added
is noticed. A few pieces are in memory at a time.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from teamhealth.cells import reading
from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import b64, unb64
from teamhealth.errors import RefusedError
from teamhealth.trustee.parties import box_label

FORMAT = "team-health-box/1"
PIECE = 65_536

_TAG = 16
_WRAPPED = 65 + 32 + _TAG
_HEAD = frozenset({"format", "survey", "key"})
_LONGEST_HEAD = 1_000
_BLANK = b" " * 1_023 + b"\n"
_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


def seal(
    lines: Iterable[bytes], box_point: bytes, survey: str, *, size: int, key: bytes
) -> Iterator[bytes]:
    """Give the file piece by piece.

    ``lines`` are filled up with blank ones to ``size`` bytes, if they are shorter; ``key`` is
    random, 32 bytes. The last line must tell that it is the last.
    """
    box = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), box_point)
    wrapped = _SUITE.encrypt(key, box, info=box_label(survey))
    head = canonical({"format": FORMAT, "survey": survey, "key": b64(wrapped)})
    yield head + b"\n"
    cipher, number, piece = AESGCM(key), 0, b""
    for following in _pieces(lines, size):
        if piece:
            yield cipher.encrypt(_nonce(number, last=False), piece, head)
            number += 1
        piece = following
    yield cipher.encrypt(_nonce(number, last=True), piece, head)


def named(path: Path) -> str:
    """Return the survey that a file says it is of; RefusedError if it is no such file."""
    with path.open("rb") as file:
        return _head(file)[1]


def unsealed(path: Path, box: EllipticCurvePrivateKey) -> Iterator[bytes]:
    """Give a file's lines one by one, without their ends.

    Raises RefusedError if it is no such file, is not for this key, or was changed.
    """
    rest = bytearray()
    with path.open("rb") as file:
        for piece in _opened(file, box):
            first, *lines = piece.split(b"\n")
            rest += first
            for line in lines:
                yield bytes(rest)
                rest = bytearray(line)
    yield bytes(rest)


def _opened(file: BinaryIO, box: EllipticCurvePrivateKey) -> Iterator[bytes]:
    head, survey, wrapped = _head(file)
    try:
        key = _SUITE.decrypt(wrapped, box, info=box_label(survey))
        cipher = AESGCM(key)
    except (InvalidTag, ValueError):
        raise RefusedError(
            "This file was not made for this key. Nothing was opened, and the key is kept; ask for "
            "the file of your own survey, or take the key that belongs to it."
        ) from None
    number, piece = 0, file.read(PIECE + _TAG)
    while piece:
        following = file.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, head)
        except InvalidTag:
            raise _broken() from None
        number, piece = number + 1, following
    if not number:
        raise _broken()


def _head(file: BinaryIO) -> tuple[bytes, str, bytes]:
    line = file.readline(_LONGEST_HEAD).removesuffix(b"\n")
    try:
        found = reading.record(json.loads(line), "head", _HEAD)
        text = {name: reading.text(value, name) for name, value in found.items()}
        wrapped = unb64(text["key"], _WRAPPED)
    except ValueError:
        text, wrapped = {}, b""
    if text.get("format") != FORMAT:
        raise RefusedError(
            "This is not a file for a trustee of Team Health, version 1. Nothing was opened, and the "
            "key is kept; ask for the file once more."
        )
    return line, text["survey"], wrapped


def _pieces(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    told, waiting = 0, bytearray()
    for line in lines:
        waiting += line
        told += len(line)
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    for at in range(told, size, len(_BLANK)):
        waiting += _BLANK[: size - at]
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE])
            del waiting[:PIECE]
    yield bytes(waiting)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _broken() -> RefusedError:
    return RefusedError(
        "This file is damaged, cut off or was changed. Nothing was counted, and the key is kept; "
        "copy it once more."
    )
