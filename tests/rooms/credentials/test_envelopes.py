"""Envelopes: one size, one box, one label; the suite is that of RFC 9180, A.3."""

import json

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.credentials.codes import b64
from teamhealth.credentials.envelopes import (
    _SUITE,
    ENVELOPE_SIZE,
    LETTER_SIZE,
    VoidEnvelopeError,
    letter,
    letter_room,
    seal,
    unseal,
)
from tests.rooms.credentials.makers import figures, point, raw, whole

BOX = ec.generate_private_key(ec.SECP256R1())
ITEMS = [f"psychological_safety_{n}" for n in range(40)]


def test_the_suite_opens_the_envelope_printed_in_rfc_9180():
    figure = figures("rfc9180-a3.json")
    box = ec.derive_private_key(whole(figure["skRm"]), ec.SECP256R1())

    opened = openssl.hpke._decrypt_with_aad(
        _SUITE,
        raw(figure["pkEm"]) + raw(figure["ct"]),
        box,
        info=raw(figure["info"]),
        aad=raw(figure["aad"]),
    )

    assert point(box) == raw(figure["pkRm"])
    assert opened == raw(figure["pt"])


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 10)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_every_answer_gives_an_envelope_of_the_same_size(answers, comment):
    paper = letter(answers, {"comment": comment}, b"r" * 32)

    envelope = seal(paper, point(BOX), b"label")

    assert len(envelope) == ENVELOPE_SIZE == 4177
    opened = json.loads(unseal(envelope, BOX, b"label"))
    assert opened == {"v": 1, "a": answers, "c": {"comment": comment}, "r": b64(b"r" * 32)}


def test_a_letter_does_not_tell_in_which_order_the_questions_were_answered():
    assert letter({"a": 1, "b": 2}, {}, bytes(32)) == letter({"b": 2, "a": 1}, {}, bytes(32))


def test_an_envelope_opens_neither_changed_nor_elsewhere():
    envelope = seal(letter({"a": 1}, {}, bytes(32)), point(BOX), b"label")

    for at in (0, 1, 64, 65, 2000, ENVELOPE_SIZE - 1):
        changed = bytearray(envelope)
        changed[at] ^= 1
        with pytest.raises(VoidEnvelopeError):
            unseal(bytes(changed), BOX, b"label")
    with pytest.raises(VoidEnvelopeError, match="label"):
        unseal(envelope, BOX, b"labels")
    with pytest.raises(VoidEnvelopeError, match="label"):
        unseal(envelope, ec.generate_private_key(ec.SECP256R1()), b"label")
    with pytest.raises(VoidEnvelopeError, match="size"):
        unseal(envelope[:-1], BOX, b"label")


def test_garbage_of_the_right_size_is_void():
    with pytest.raises(VoidEnvelopeError):
        unseal(bytes(ENVELOPE_SIZE), BOX, b"label")


def test_a_comment_that_fills_the_room_fits_and_one_byte_more_does_not():
    room = letter_room(ITEMS, ["comment"])
    answers = dict.fromkeys(ITEMS, 10)

    full = letter(answers, {"comment": "x" * room}, bytes(32))

    assert len(full.rstrip()) == LETTER_SIZE
    assert room > 2500
    with pytest.raises(ValueError, match="1 bytes too long"):
        letter(answers, {"comment": "x" * (room + 1)}, bytes(32))


def test_only_a_whole_letter_is_sealed_and_only_to_a_point():
    with pytest.raises(ValueError, match="4096 bytes"):
        seal(b"{}", point(BOX), b"label")
    with pytest.raises(ValueError, match=r"."):
        seal(letter({}, {}, bytes(32)), b"\4" + bytes(64), b"label")
