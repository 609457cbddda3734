"""Links survive mail gateways; the very same cases run in the browser (tests/browser)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.credentials.codes import from_code, to_code
from teamhealth.credentials.links import Link, link, read
from tests.rooms.credentials.makers import CODE

PAGES = ("https://th.example/a/s1", "http://localhost:8000/a/q3-2026", "https://h/x/a/S1/ar")
SAME = (
    "#" + CODE,
    "%23" + CODE,
    "%2523" + CODE,
    "%252523" + CODE,
    "#" + CODE + ".",
    "#" + CODE + ")",
    "#" + CODE + ").",
    "#" + CODE + "%29",
    "#" + CODE + "%2E",
    "#" + CODE.lower(),
    "#4221-NBQP-W485-2EC9",
    "#422LNBQPW4852EC9",
    "#422iNBQPW4852EC9",
    "#" + CODE + "&data=05|01|x",
    "#" + CODE + "?utm_source=mail",
    "#" + CODE + "%20",
    "#" + CODE + "." + CODE,
    "%23" + CODE + "%2e" + CODE,
    "/ar#" + CODE,
    "/ar#" + CODE + "." + CODE + ",",
    "/?x=1#" + CODE,
    "?x=1%23" + CODE,
    "#" + CODE + ">",
    "#" + CODE + "%22",
    "#" + CODE + "…",
)
NONE = (
    "",
    "#",
    "#" + CODE[:-1],
    "#" + CODE + "0",
    "#U221NBQPW4852EC9",
    "#$$$",
    "%",
    "%2",
    "#%E0%A4%A",
    "/" + CODE,
    "?" + CODE,
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("end", SAME)
def test_a_bent_link_is_read(page, end):
    found = read(page + end)

    print_ = from_code(CODE) if end.count(CODE) == 2 else None
    assert found == Link(from_code(CODE), print_)


@pytest.mark.parametrize("end", NONE)
def test_an_address_without_a_code_carries_nothing(end):
    assert not any(read(page + end) for page in PAGES)


@settings(deadline=None)
@given(
    st.binary(min_size=10, max_size=10),
    st.none() | st.binary(min_size=10, max_size=10),
    st.sampled_from(["", "ar", "de"]),
    st.integers(0, 3),
    st.sampled_from(["", ".", ")", ").", ">", " "]),
)
def test_every_link_we_make_can_be_read(token, print_, language, escapes, behind):
    address = link(
        "https://th.example",
        "a-1",
        token,
        language=language,
        fingerprint=to_code(print_) if print_ else "",
    )
    for _ in range(escapes):
        address = address.replace("%", "%25").replace("#", "%23")

    assert read(address + behind) == Link(token, print_)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_reading_any_text_never_fails(text):
    read(text)
