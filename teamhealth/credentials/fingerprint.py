"""The fingerprint of a manifest, as 16 characters or six words: people see that all have one survey.

Slow on purpose: 80 bits of a plain hash would let whoever launches a survey search two
manifests with one fingerprint, an honest one and one with a victim's group of one.
Twin in the browser: check.js.
"""

import hashlib
from functools import lru_cache

from teamhealth.credentials.codes import CODE_BYTES, PROTOCOL, from_code, to_code

ROUNDS = 100_000

_NIBBLE, _WORDS, _WORD_BITS = 4, 6, 14
# No p first and no g or k in the middle: fewer of the words mean something rude.
_FIRST, _MIDDLE, _VOWELS, _LAST = "bdfghjklmnrstvwz", "bdfhjlmnprstvwyz", "aiou", "lnrs"
_SHAPE = ((10, _FIRST), (8, _VOWELS), (4, _MIDDLE), (2, _VOWELS), (0, _LAST))
"""Where each letter of a word lies in its 14 bits, and which letters there are."""


@lru_cache(maxsize=8)
def fingerprint(manifest: bytes) -> str:
    """Return the 16 characters for a manifest's very bytes, as received; takes about 30 ms."""
    salt = f"{PROTOCOL}|manifest".encode()
    return to_code(hashlib.pbkdf2_hmac("sha256", manifest, salt, ROUNDS, CODE_BYTES))


def words(code: str) -> tuple[str, ...]:
    """Return a fingerprint as six made-up words of five letters, to be read aloud.

    Its 80 bits and four check bits (the sum of the 20 half bytes) make six times 14 bits.
    The words are meant to mean nothing in any language. Raises ValueError for what is no code.
    """
    raw = from_code(code)
    if raw is None:
        raise ValueError("not a fingerprint")
    number = int.from_bytes(raw, "big")
    check = sum(number >> at & 15 for at in range(0, 8 * CODE_BYTES, _NIBBLE)) & 15
    bits = number << _NIBBLE | check
    shifts = range(_WORD_BITS * (_WORDS - 1), -1, -_WORD_BITS)
    return tuple(_word(bits >> shift) for shift in shifts)


def _word(bits: int) -> str:
    return "".join(letters[bits >> at & len(letters) - 1] for at, letters in _SHAPE)
