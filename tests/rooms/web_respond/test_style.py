"""The style sheet stays small, and within what the oldest browsers of the floor can draw."""

import gzip
import re

from teamhealth import content

SHEET = (content.static() / "respond" / "respond.css").read_text("utf-8")
RULES = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL))


def test_it_is_small_on_the_wire():
    assert len(gzip.compress(SHEET.encode(), 9)) <= 4_000


def test_nothing_in_it_is_younger_than_the_floor():
    young = r":is\(|:where\(|:has\(|\binset:|@layer|@container|\bclamp\(|\bmin\(|\bmax\("

    assert not re.search(young, SHEET)


def test_only_grids_have_gaps():
    for selector, body in RULES:
        assert "gap:" not in body or "display: grid" in body, selector


def test_nothing_is_fetched():
    assert not re.search(r"url\(|@import|@font-face", SHEET)
