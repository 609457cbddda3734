"""Tokens and receipts: what follows from what, and what does not."""

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.credentials.binding import label, slip
from teamhealth.credentials.receipts import derive
from teamhealth.credentials.tokens import token, token_hash

KEY = bytes(range(32))


def test_a_reminder_repeats_the_token_without_its_being_stored():
    first, again = token(KEY, "s1", "i1"), token(KEY, "s1", "i1")

    assert first == again
    assert len(first) == 10


def test_tokens_differ_by_invitation_survey_and_key():
    tokens = {
        token(KEY, "s1", "i1"),
        token(KEY, "s1", "i2"),
        token(KEY, "s2", "i1"),
        token(bytes(32), "s1", "i1"),
    }

    assert len(tokens) == 4


def test_the_same_token_is_stored_differently_in_two_surveys():
    secret = token(KEY, "s1", "i1")

    assert token_hash("s1", secret) != token_hash("s2", secret)
    assert len(token_hash("s1", secret)) == 32


@settings(deadline=None)
@given(st.binary(min_size=10, max_size=10))
def test_six_values_follow_from_a_receipt_and_none_is_another(receipt):
    made = derive(receipt, "s1")
    values = [
        made.nonce,
        made.edit,
        made.reply,
        made.nonce_hash,
        made.edit_hash,
        made.reply_hash,
    ]

    assert len(set(values)) == 6
    assert all(len(value) == 32 for value in values)
    assert made.nonce_hash == hashlib.sha256(made.nonce).digest()
    assert not set(values) & {derive(receipt, "s2").nonce, derive(receipt, "s2").edit}


def test_slip_and_label_name_survey_and_group():
    assert slip(KEY, "s1", "ops") == KEY + b"team-health/1|response|s1|ops"
    assert label(bytes(32), "s1", "ops") == b"team-health/1|envelope|s1|ops|" + b"A" * 43
