"""Answers from a file are read strictly, and every fault is told with its line before anything is sent."""

import pytest

from teamhealth.cli.answers_file import Sheet, read
from teamhealth.errors import RefusedError
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library

PULSE = library().instrument("pulse", ["en"])


def _read(*lines):
    return read("\n".join(lines).encode(), PULSE)


def test_a_row_is_a_sheet_and_what_is_empty_was_skipped():
    sheets = _read(
        "email,psych_safety_1,listening_1,enps,engagement,comment",
        "Ada@Example.org,4,,10,2,More light",
    )

    assert sheets == {
        "ada@example.org": Sheet(
            {"psych_safety_1": 4, "enps": 10, "engagement": 2}, {"comment": "More light"}
        )
    }


def test_columns_the_form_does_not_ask_are_ignored_whatever_they_hold():
    sheets = _read("email,psych_safety_4,shoe size,psych_safety_1", "a@b.c,99,huge,1")

    assert sheets["a@b.c"] == Sheet({"psych_safety_1": 1})


def test_what_people_tell_of_themselves_is_the_number_of_an_option():
    asks = [Ask("tenure"), Ask("site", ("Lyon", "Porto"))]
    asked = library().instrument("pulse", ["en"], asks=asks)

    sheets = read(b"email,psych_safety_1,tenure,site\na@b.c,4,5.0,\nb@b.c,3,,2", asked)

    assert sheets["a@b.c"] == Sheet({"psych_safety_1": 4}, told={"tenure": 5})
    assert sheets["b@b.c"].in_letter == {"psych_safety_1": 3, "site": 2}
    with pytest.raises(RefusedError, match="line 2: site is '3', expected 1 to 2 or nothing"):
        read(b"email,site\na@b.c,3", asked)
    assert _read("email,psych_safety_1,tenure", "a@b.c,4,9")["a@b.c"].told == {}  # not asked


def test_semicolons_a_byte_order_mark_and_empty_lines_are_fine():
    body = "\ufeffEMAIL;psych_safety_1\r\na@b.c;5\r\n\r\n;\r\n"

    assert read(body.encode(), PULSE) == {"a@b.c": Sheet({"psych_safety_1": 5})}


def test_whole_numbers_as_data_tools_write_them_beside_gaps_are_read():
    assert _read("email,psych_safety_1", "a@b.c,4.0")["a@b.c"].answers == {"psych_safety_1": 4}


def test_every_bad_value_is_told_with_its_line():
    with pytest.raises(RefusedError) as refusal:
        _read(
            "email,psych_safety_1,enps",
            "a@b.c,6,11",
            "b@b.c,3,10",
            "b@b.c,3,10",
            "nobody,3,1",
            "c@b.c,4.5,-1",
        )

    told = str(refusal.value).splitlines()
    assert "6 problems; nothing was sent" in told[0]
    assert told[1] == "  line 2: psych_safety_1 is '6', expected 1 to 5 or nothing"
    assert told[2] == "  line 2: enps is '11', expected 0 to 10 or nothing"
    assert "line 4: b@b.c stands here for the second time" in told[3]
    assert "line 5: 'nobody' is no e-mail address" in told[4]
    assert "line 6: psych_safety_1 is '4.5'" in told[5]


def test_a_comment_that_no_envelope_holds_is_told():
    with pytest.raises(RefusedError, match="line 2: the comment is too long"):
        _read("email,comment", "a@b.c," + "ü" * 3000)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "no column email"),
        (b"name,psych_safety_1\nx,1", "no column email"),
        (b"email,enps,enps\na@b.c,1,2", "two columns enps"),
        (b"email\n\xff@b.c", "not UTF-8"),
        (b"email,enps\na@b.c,1,2,3", "line 2 has more fields"),
        (b'email,enps\n"a@b.c,1', "line 2"),
    ],
)
def test_a_file_that_is_no_table_is_refused(body, told):
    with pytest.raises(RefusedError, match=told) as refusal:
        read(body, PULSE)

    assert "Nothing was sent" in str(refusal.value)
