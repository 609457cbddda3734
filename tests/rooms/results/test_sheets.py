"""A letter is read strictly: an answer, a skipped question or a void envelope, never an exception."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhealth.credentials.codes import b64
from teamhealth.credentials.envelopes import letter
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Kind, Question
from teamhealth.results.sheets import COMMENT_LENGTH, clean, form_of, read
from tests.rooms.results.makers import SITE, TENURE, instrument

TREE = Tree(("g0", "g1", "g2"), (-1, 0, 1))
FOLLOW_UP = Question("f1", Kind.AGREE, {"en": "…"}, groups=("g1",))
FORM = form_of(instrument(extra=(FOLLOW_UP,), attributes=(TENURE, SITE)), TREE)
REPLY = b"\x07" * 32


def _read(answers=None, comments=None, group="g0", **other):
    plain = {"v": 1, "a": answers or {}, "c": comments or {}, "r": b64(REPLY), **other}
    return read(json.dumps(plain).encode().ljust(4096), FORM, group)


def _scores(sheet):
    return {item: score for item, score in zip(FORM.items, sheet.answers, strict=True) if score}


def test_a_letter_of_the_browser_is_read_whole():
    sheet = read(
        letter({"s1": 4, "s3": 2, "enps": 10}, {"comment": "Good."}, REPLY), FORM, "g0"
    )

    assert _scores(sheet) == {"s1": 4, "s3": 4}
    assert sheet.recommend == 10
    assert sheet.comments == (("comment", "Good."),)
    assert sheet.reply_hash == REPLY


@pytest.mark.parametrize(
    "value", [0, 6, -1, 3.0, "4", True, None, [4], {"a": 4}, 10**300, 1e999]
)
def test_a_value_that_is_none_counts_as_skipped(value):
    sheet = _read({"s1": value, "s2": 5, "enps": -1})

    assert _scores(sheet) == {"s2": 5}
    assert sheet.recommend is None


@pytest.mark.parametrize("value", [11, -1, 7.0, "9", False])
def test_recommendation_goes_from_0_to_10(value):
    assert _read({"enps": value}).recommend is None
    assert _read({"enps": 0}).recommend == 0


@pytest.mark.parametrize("value", [0, 5, -1, 2.0, "2", True, None, [2], 10**300])
def test_what_is_no_option_of_an_attribute_counts_as_not_said(value):
    assert _read({"tenure": value, "site": 3}).told == bytes([0, 3])


def test_attributes_are_read_in_the_form_s_order_and_need_not_be_told():
    assert _read({"site": 1, "tenure": 4}).told == bytes([4, 1])
    assert _read({}).told == bytes(2)


def test_questions_that_the_form_does_not_ask_are_ignored():
    sheet = _read({"x9": 4, "comment": 3}, {"s1": "text", "other": "text", "comment": "Yes"})

    assert _scores(sheet) == {}
    assert sheet.comments == (("comment", "Yes"),)


def test_a_follow_up_counts_only_where_it_was_asked():
    assert _scores(_read({"f1": 4}, group="g0")) == {}
    assert _scores(_read({"f1": 4}, group="g1")) == {"f1": 4}
    assert _scores(_read({"f1": 4}, group="g2")) == {"f1": 4}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"null",
        b"[]",
        b"7",
        b'"v"',
        b"{",
        b"\xff\xfe",
        b"[" * 4000,
        b'{"v":1}',
        b'{"v":2,"a":{},"c":{},"r":"' + b64(REPLY).encode() + b'"}',
        b'{"v":true,"a":{},"c":{},"r":"' + b64(REPLY).encode() + b'"}',
        b'{"v":1,"a":[],"c":{},"r":"' + b64(REPLY).encode() + b'"}',
        b'{"v":1,"a":{},"c":[],"r":"' + b64(REPLY).encode() + b'"}',
        b'{"v":1,"a":{},"c":{},"r":7}',
        b'{"v":1,"a":{},"c":{},"r":"short"}',
    ],
)
def test_what_is_no_letter_is_void(body):
    assert read(body, FORM, "g0") is None


@given(st.binary(max_size=200))
def test_no_bytes_whatever_stop_the_count(body):
    assert read(body, FORM, "g0") is None or True


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=6,
    )
)
def test_no_value_whatever_stops_the_count(value):
    body = json.dumps(
        {"v": 1, "a": {"s1": value, "enps": value}, "c": {"comment": value}, "r": b64(REPLY)}
    )

    sheet = read(body.encode(), FORM, "g0")

    assert sheet is not None
    for _, text in sheet.comments:
        text.encode()


def test_a_comment_is_cleaned_and_an_empty_one_dropped():
    assert clean("  a\x00b\u202ec\r\nd\x1b[31m \ud800 ") == "abc\nd[31m"
    assert clean("سلام 👩‍🚀 नमस्ते") == "سلام 👩‍🚀 नमस्ते"
    assert len(clean("x" * 5_000)) == COMMENT_LENGTH
    assert _read(comments={"comment": " \n\t\u202e "}).comments == ()
