"""The organisation's report by what people told of themselves: one page, saying what the snapshot says."""

import io
from dataclasses import replace
from functools import cache

import pikepdf
import pypdf

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.instruments.library import library
from teamhealth.outlets import numbers
from teamhealth.outlets.pdf import organisation_report
from tests.crossed import counted
from tests.rooms.outlets.printing import organisation, pages

HEADING = "By what people said of themselves"
NAMES = ["Leeds and not said", "Hull <old harbour>", "York & Selby"]


def _found(form="quarterly"):
    """Give the firm's survey, of which nothing is shown by tenure."""
    snapshot, asked = counted(form)
    return replace(snapshot, cross_cuts={**snapshot.cross_cuts, "tenure": ()}), asked


@cache
def _pdf():
    return organisation_report(*_found(), library())


def _page(pdf):
    (found,) = (page for page in pages(pdf) if HEADING in page)
    return found


def test_every_class_tells_its_means_and_ranges_beside_the_others():
    snapshot, asked = _found()
    page = _page(_pdf())
    classes = snapshot.cross_cuts["site"]

    heads = (
        f"{name} {one.responses} answers" for name, one in zip(NAMES, classes, strict=True)
    )
    assert " ".join(heads) in page
    for theme in asked.themes:
        if theme.id != LEADER_THEME:
            cells = [one.themes[theme.id] for one in classes]
            told = (
                f"{numbers.mean(c, 'en')} {numbers.between(c.interval, 'en')}" for c in cells
            )
            assert " ".join([theme.title["en"], *told]) in page
    assert "Steady leadership" not in page


def test_the_page_says_how_to_read_it_and_why_something_is_not_shown():
    page = _page(_pdf())

    for words in (
        "if they wanted to",
        "put together",
        "the difference is noise",
        "no comparison with a team",
        "too few people said something different",
        "Nothing was left out of the other figures",
    ):
        assert words in page


def test_the_page_is_tagged_as_the_others_are():
    with pikepdf.open(io.BytesIO(_pdf())) as document:
        kinds = [
            (str(thing["/S"]), str(thing.get("/Alt", "")))
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing
        ]
    strips = [alt for kind, alt in kinds if kind == "/Figure" and " of 5, likely " in alt]
    themes = len(counted()[1].themes) - 1
    assert len([alt for alt in strips if alt[0].isdigit()]) == themes * len(NAMES)
    outline = pypdf.PdfReader(io.BytesIO(_pdf())).outline
    assert HEADING in str(outline)


def test_with_one_statement_a_theme_the_page_tells_words():
    snapshot, asked = _found("pulse")
    page = _page(organisation_report(snapshot, asked, library()))
    words = [
        one.items["engagement"].word.replace("_", " ") for one in snapshot.cross_cuts["site"]
    ]

    assert f"I gladly put my energy into my work here. {' '.join(words)}" in page
    assert "noise" not in page


def test_a_survey_that_asked_nothing_of_people_has_no_such_page():
    assert not [page for page in pages(organisation()) if HEADING in page]
