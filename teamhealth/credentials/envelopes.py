"""Letters and envelopes: answers on one size of paper, sealed to the survey's box.

HPKE (RFC 9180), base mode, DHKEM(P-256)/HKDF-SHA256/AES-128-GCM. Promise: every
envelope of every survey has one size, whatever is in it, and opens only with the box
key *and* under the label of its own slip. Twin in the browser: seal.js.
"""

import json
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from teamhealth.credentials.codes import b64

LETTER_SIZE = 4096
"""Bytes of every letter, and so of everything a person can say in one survey."""

ENVELOPE_SIZE = 65 + LETTER_SIZE + 16
"""One-letter public key, encrypted letter, tag: 4 177 bytes."""

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_LONGEST_ANSWER = 10  # recommendation goes from 0 to 10: two characters


class VoidEnvelopeError(ValueError):
    """An envelope that does not open with this box key under this label."""


def letter(answers: Mapping[str, int], comments: Mapping[str, str], reply_hash: bytes) -> bytes:
    """Return the letter of some answers: canonical JSON, padded with spaces to LETTER_SIZE.

    ``answers`` go by item, ``comments`` by open question; what was skipped is not in
    them. Raises ValueError if the comments do not fit (``letter_room`` says how much does).
    """
    plain = _written(answers, comments, reply_hash)
    if len(plain) > LETTER_SIZE:
        raise ValueError(f"the letter is {len(plain) - LETTER_SIZE} bytes too long")
    return plain.ljust(LETTER_SIZE)


def letter_room(items: Iterable[str], open_questions: Iterable[str]) -> int:
    """Return how many bytes all comments together may have, whatever the answers are.

    Counted as JSON writes them: UTF-8, two bytes for quote, backslash and line break.
    """
    empty = _written(
        dict.fromkeys(items, _LONGEST_ANSWER), dict.fromkeys(open_questions, ""), bytes(32)
    )
    return LETTER_SIZE - len(empty)


def seal(letter: bytes, box_point: bytes, label: bytes) -> bytes:
    """Seal a letter to the box, whose key is an uncompressed point (65 bytes).

    Raises ValueError for a letter of another size or a point that is none.
    """
    if len(letter) != LETTER_SIZE:
        raise ValueError(f"a letter has {LETTER_SIZE} bytes, not {len(letter)}")
    box = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), box_point)
    return _SUITE.encrypt(letter, box, info=label)


def unseal(envelope: bytes, box: EllipticCurvePrivateKey, label: bytes) -> bytes:
    """Return the letter in an envelope; VoidEnvelopeError if it does not open."""
    if len(envelope) != ENVELOPE_SIZE:
        raise VoidEnvelopeError("not the size of an envelope")
    try:
        return _SUITE.decrypt(envelope, box, info=label)
    except (InvalidTag, ValueError):
        raise VoidEnvelopeError("does not open under this label") from None


def _written(
    answers: Mapping[str, int], comments: Mapping[str, str], reply_hash: bytes
) -> bytes:
    sheet = {"v": 1, "a": dict(answers), "c": dict(comments), "r": b64(reply_hash)}
    return json.dumps(
        sheet, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()
