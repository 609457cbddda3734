"""A fingerprint in six words: the same bits, sayable, and a slip of the tongue shows."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.credentials.codes import to_code
from teamhealth.credentials.fingerprint import words

FIRST, MIDDLE, VOWELS, LAST = "bdfghjklmnrstvwz", "bdfhjlmnprstvwyz", "aiou", "lnrs"


def _bits(told):
    """Read six words back, letter by letter."""
    bits = 0
    for word in told:
        for letter, letters in zip(word, _letters(), strict=True):
            bits = bits * len(letters) + letters.index(letter)
    return bits


def _letters():
    return FIRST, VOWELS, MIDDLE, VOWELS, LAST


@settings(deadline=None)
@given(st.binary(min_size=10, max_size=10))
def test_six_words_hold_the_whole_fingerprint_and_a_check(raw):
    told = words(to_code(raw))

    assert all(
        re.fullmatch(f"[{FIRST}][{VOWELS}][{MIDDLE}][{VOWELS}][{LAST}]", word) for word in told
    )
    assert len(told) == 6
    assert _bits(told) >> 4 == int.from_bytes(raw, "big")
    assert _bits(told) & 15 == sum(int(half, 16) for half in raw.hex()) % 16


def test_a_code_is_read_as_people_type_it():
    assert words("o8j7-azjg bz4a gf98") == words("08J7AZJGBZ4AGF98")


def test_what_is_no_fingerprint_has_no_words():
    with pytest.raises(ValueError, match="not a fingerprint"):
        words("18J7AZJGBZ4AGF9")
