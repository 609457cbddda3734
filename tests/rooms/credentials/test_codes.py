"""Codes survive people; base64url has one spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.credentials.codes import b64, from_code, spaced, to_code, unb64

TEN = st.binary(min_size=10, max_size=10)


@settings(deadline=None)
@given(TEN, st.randoms(use_true_random=False))
def test_a_code_is_read_however_it_was_typed(raw, chance):
    typed = "".join(
        chance.choice({"0": "0oO", "1": "1iIlL"}.get(c, c + c.lower()))
        + chance.choice(["", "", " ", "-", ".", "–"])
        for c in to_code(raw)
    )

    assert from_code(typed) == raw


@settings(deadline=None)
@given(TEN)
def test_a_code_has_sixteen_characters_in_four_groups(raw):
    code = to_code(raw)

    assert len(code) == 16
    assert not set(code) & set("ILOU")
    assert [len(part) for part in spaced(code).split("-")] == [4, 4, 4, 4]


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_code_or_none(text):
    read = from_code(text)

    assert read is None or len(read) == 10


@pytest.mark.parametrize(
    "typed",
    ["", "4221NBQPW4852EC", "4221NBQPW4852EC90", "U221NBQPW4852EC9", "ſ221NBQPW4852EC9"],
)
def test_what_is_no_code_is_refused(typed):
    assert from_code(typed) is None


def test_only_ten_bytes_make_a_code():
    with pytest.raises(ValueError, match="10 bytes"):
        to_code(bytes(9))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_base64url_round_trips(raw):
    assert unb64(b64(raw), len(raw)) == raw


@pytest.mark.parametrize(
    "spelling",
    ["QQ==", "Q", "QR", "Q Q", "QQ\n", "+w", "_w=", "QQ.", "Q\x00", "ÄQ", "QQQQ!", "QUFB QQ"],
)
def test_any_other_spelling_of_base64url_is_refused(spelling):
    with pytest.raises(ValueError, match="base64url"):
        unb64(spelling)


def test_another_size_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        unb64(b64(bytes(31)), 32)
