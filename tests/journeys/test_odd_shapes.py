"""Odd firms and odd answers in every outlet: nothing falls over, and what is said is true.

Each shape is counted as at a close, audited, and read from CSV, JSON, the desk's pages and
what is printed. With ``--attack`` everything is printed for real, and of all groups.
"""

import io

import pypdf
import pytest

from teamhealth.cells.audience import HR, Viewer
from teamhealth.db import open_database
from teamhealth.instruments.library import library
from teamhealth.outlets import pdf, print_press
from teamhealth.migrations.tables import metadata
from teamhealth.results.auditing import audit_snapshot
from tests.journeys import odd_reading as reading
from tests.journeys.odd_shapes import SHAPES, count
from tests.shelf import Shelf

REALLY_PRINTED = ("a chain of thirty", "long names", "names from right to left")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Give a desk for all shapes, on SQLite: what is read has nothing to do with the database."""
    home = tmp_path_factory.mktemp("odd")
    database = open_database(f"sqlite:///{home / 'teamhealth.sqlite3'}")
    metadata.create_all(database.engine)
    yield Shelf(database, home, led=30)
    database.close()


@pytest.fixture
def press(request, monkeypatch):
    """Give what prints: for real, or, much faster, the page before it is laid out."""
    attack = request.config.getoption("--attack")

    def page(**kept):
        return type("Page", (), {"write_pdf": lambda _self, **_: kept["string"].encode()})()

    def chosen(name):
        if not (attack or name in REALLY_PRINTED):
            monkeypatch.setattr(print_press, "HTML", page)

    return chosen


def _text(printed):
    if not printed.startswith(b"%PDF"):
        return reading.page_of(printed.decode())
    read = pypdf.PdfReader(io.BytesIO(printed))
    return " ".join(" ".join(page.extract_text().split()) for page in read.pages)


@pytest.mark.parametrize("name", SHAPES)
def test_whatever_the_firm_and_its_answers_what_every_outlet_says_is_true(
    name, shelf, press, request
):
    press(name)
    found = count(SHAPES[name])
    every = request.config.getoption("--attack")

    assert audit_snapshot(found.snapshot) == []
    reading.advice(found)
    survey = f"s{[*SHAPES].index(name)}"
    shelf.put(found.snapshot, found.instrument, found.comments, survey)
    groups = reading.telling(found.snapshot, every=every)
    reading.table(shelf.get(survey, "export.csv").text, found)
    reading.document(shelf.get(survey, "export.json").text, found)
    reading.pages(shelf, survey, found, groups)
    reading.printed_whole(
        lambda: _text(pdf.organisation_report(found.snapshot, found.instrument, library())),
        found,
    )
    for group in groups:
        as_leader = Viewer(frozenset({group.id}))
        for viewer in (HR, as_leader):
            reading.printed_group(
                lambda group=group, viewer=viewer: _text(
                    pdf.team_report(
                        found.snapshot, group.id, found.instrument, library(), viewer=viewer,
                        comments=found.comments,
                    )
                ),
                found,
                group,
            )  # fmt: skip
