"""Answers made once: packed as asked, with every header of the door."""

import gzip

import brotli
import pytest

from teamhealth.web.respond.ready import FOREVER, HEADERS, HTML, make

BODY = b"<!doctype html>" + b"the same bytes for everybody " * 40


@pytest.mark.parametrize(
    ("accepts", "packing"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_a_browser_gets_the_smallest_packing_it_takes(accepts, packing):
    headers, body = make(BODY, HTML).packed(accepts)

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[packing]
    assert dict(headers).get("Content-Encoding") == packing
    assert dict(headers)["Content-Length"] == str(len(body))
    assert unpack(body) == BODY


def test_a_few_bytes_are_not_worth_packing():
    headers, body = make(b"{}", "application/json").packed("br, gzip")

    assert body == b"{}"
    assert "Content-Encoding" not in dict(headers)
    assert "Vary" not in dict(headers)


def test_every_answer_has_every_header_and_a_file_may_be_kept_for_ever():
    plain, kept = make(BODY, HTML, varies="Accept-Language"), make(BODY, HTML, more=[FOREVER])

    assert set(HEADERS) <= set(plain.headers)
    assert dict(plain.headers)["Vary"] == "Accept-Language, Accept-Encoding"
    assert dict(kept.headers)["Cache-Control"].endswith("immutable")
    assert len(kept.headers) == len(dict(kept.headers))
