"""Odd firms and odd answers in every outlet: nothing falls over, and what is said is true.

Each shape is counted as at a close, audited, and read from CSV, JSON, the desk's pages and
what is printed. With ``--attack`` everything is printed for real, and of all groups.
"""

import io

import pypdf
import pytest

from teamhealth.cells.audience import Viewer
from teamhealth.db import open_database
from teamhealth.instruments.library import library
from teamhealth.migrations.tables import metadata
from teamhealth.outlets import pdf, print_press
from teamhealth.results.auditing import audit_snapshot
from tests.journeys import odd_reading as reading
from tests.journeys.odd_shapes import SHAPES, Shape, count
from tests.shelf import Shelf

REALLY_PRINTED = ("names from right to left",)
"""Two reports of these are laid out in ``make test``, too."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Give a desk for all shapes, on SQLite: what is read has nothing to do with the database."""
    home = tmp_path_factory.mktemp("odd")
    database = open_database(f"sqlite:///{home / 'teamhealth.sqlite3'}")
    metadata.create_all(database.engine)
    yield Shelf(database, home, led=30)
    database.close()


@pytest.fixture
def printing(request, monkeypatch):
    """Give what prints reports: for real, or, much faster, the page before it is laid out."""
    attack = request.config.getoption("--attack")

    def page(**kept):
        whole = {
            "pages": (),
            "render": lambda self, **_: self,
            "write_pdf": lambda _self, **_: kept["string"].encode(),
        }
        return type("Page", (), whole)()

    def chosen(name):
        if not (name in REALLY_PRINTED or (attack and name in SHAPES)):
            monkeypatch.setattr(print_press, "HTML", page)

    return chosen


def _text(printed):
    if not printed.startswith(b"%PDF"):
        return reading.page_of(printed.decode())
    read = pypdf.PdfReader(io.BytesIO(printed))
    return " ".join(" ".join(page.extract_text().split()) for page in read.pages)


@pytest.mark.parametrize("name", SHAPES)
def test_whatever_the_firm_and_its_answers_what_every_outlet_says_is_true(
    name, shelf, printing, request
):
    printing(name)
    found = count(SHAPES[name])
    groups = reading.telling(found.snapshot, every=request.config.getoption("--attack"))

    _read(shelf, found, f"s{[*SHAPES].index(name)}", groups)
    for group in groups[-1:] if name in REALLY_PRINTED else groups:
        reading.printed_group(
            lambda group=group: _text(_of_a_group(found, group)), found, group
        )


def test_a_tree_of_very_many_groups_reads_as_any_other(shelf, printing, request):
    printing("without the press")
    many = 9_999 if request.config.getoption("--attack") else 700
    parents = [-1, *((v - 1) // 12 for v in range(1, many))]

    found = count(Shape(parents, [3] * many))

    _read(shelf, found, "many", reading.telling(found.snapshot, every=False)[:2])


def _read(shelf, found, survey, groups):
    shelf.put(found.snapshot, found.instrument, found.comments, survey)
    assert audit_snapshot(found.snapshot) == []
    reading.advice(found)
    reading.table(shelf.get(survey, "export.csv").text, found)
    reading.document(shelf.get(survey, "export.json").text, found)
    reading.pages(shelf, survey, found, groups)
    reading.printed_whole(lambda: _text(_of_the_whole(found)), found)


def _of_the_whole(found):
    return pdf.organisation_report(found.snapshot, found.instrument, library())


def _of_a_group(found, group):
    return pdf.team_report(
        found.snapshot,
        group.id,
        found.instrument,
        library(),
        viewer=Viewer(frozenset({group.id})),
        comments=found.comments,
    )
