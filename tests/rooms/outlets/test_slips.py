"""Paper slips as PDF: the codes for hands and for cameras, one fingerprint, three a page whatever the names."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
import segno

from teamhealth import content
from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import spaced, to_code
from teamhealth.credentials.fingerprint import words
from teamhealth.errors import WrongUseError
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import phrases
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.invitations.slips import Batch, Supply
from teamhealth.outlets import print_slips
from tests.conftest import NOON
from tests.rooms.outlets import printing
from tests.slips import codes_in

PRINT = "18J7AZJGBZ4AGF98"
TOKENS = tuple(bytes([n]) * 10 for n in (7, 3, 200, 41))
FOLDER = content.folder("surveys") / "ipnb" / "slips"
TESTS = Path(__file__).parents[2]
OURS = {"Health-Sans", "Health-Sans-Bold", "Health-Serif", "Health-Arabic"}
LONG = {
    "title": "Wie wir zusammenarbeiten: die große Umfrage im Herbst für alle Werke in Nord und Süd",
    "base_url": "https://umfrage.personalabteilung.sehr-langer-firmenname.example.org",
    "paper_note": "Montag bis Freitag 13:30 bis 14:00 Uhr im Schulungsraum 2 neben der Kantine, nachts um "
    "2 Uhr im Büro der Schichtleitung; die Zeit zählt als Arbeitszeit.",
}
LONG_NAME = (
    "Instandhaltung, Fördertechnik und Außenlager Nord-West (Früh-, Spät- und Nachtschicht)"
)


def _survey(**more):
    usual = {
        "id": "autumn",
        "title": "Autumn",
        "base_url": "https://survey.example.org",
        "paper_note": "Tuesday at two, room 7",
    }
    return Survey(
        **{**usual, **more},
        state=State.OPEN,
        languages=list(LANGUAGES),
        contacts={"organisation": "Northwind"},
        closes_at=NOON + timedelta(days=14),
        instrument=canonical(to_plain(library().instrument("pulse", LANGUAGES))),
        fingerprint=PRINT,
    )


def printed(language="en", name="Warehouse North", **more):
    """Print four slips of one group."""
    group = Supply("north", f"Acme/{name}", name, on_paper=4, printed=0, left_spare=1)
    return print_slips.slips_pdf(_survey(**more), [Batch(group, TOKENS)], language)


@pytest.fixture(scope="module")
def english():
    return printed()


def test_slips_come_three_a_page_behind_a_sheet_for_whoever_hands_them_out(english):
    sheet, *slips = printing.pages(english)

    assert "Paper slips for Warehouse North" in sheet
    assert 'teamhealth slips autumn --group "Acme/Warehouse North" --void-rest' in sheet
    assert [page.count("Voluntary and anonymous") for page in slips] == [3, 1]
    assert not any(code in sheet for code in map(spaced, map(to_code, TOKENS)))
    assert codes_in(english, PRINT) == [to_code(token) for token in TOKENS]
    assert "Tuesday at two, room 7" in slips[0]


def test_the_fingerprint_is_the_same_on_every_slip(english):
    text = printing.text(english)

    assert text.count(spaced(PRINT)) == len(TOKENS)
    assert text.count(" ".join(words(PRINT))) == len(TOKENS)


def test_the_square_code_is_the_link_module_by_module():
    link = f"https://survey.example.org/a/autumn#{to_code(TOKENS[0])}.{PRINT}"
    drawn = print_slips.square(link)

    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn.path)
        for step in range(int(width))
    }
    matrix = segno.make_qr(link, error="m").matrix
    assert dark == {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit
    }
    assert drawn.side == len(matrix) + 8


def test_slips_are_tagged_titled_and_in_our_fonts(english):
    assert {name.removesuffix("-Semi-Bold") for name in printing.fonts(english)} <= OURS
    with pikepdf.open(io.BytesIO(english)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Autumn"
        figures = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == [
            "Square code that leads to the survey"
        ] * len(TOKENS)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_long_names_notes_and_addresses_leave_three_slips_on_a_page(language, caplog):
    pdf = printed(language, LONG_NAME, **LONG)

    assert len(printing.pages(pdf)) == 3
    assert codes_in(pdf, PRINT) == [to_code(token) for token in TOKENS]
    assert [record.message for record in caplog.records] == []


def test_a_language_that_is_not_offered_is_refused():
    with pytest.raises(WrongUseError, match="is not offered in “tlh”"):
        printed("tlh")


def _held(language):
    """Give the tests that each commented phrase names."""
    held, named = {}, ()
    for line in (FOLDER / f"{language}.yaml").read_text("utf-8").splitlines():
        if line.startswith("# held by: "):
            named = tuple(line.removeprefix("# held by: ").split(", "))
        elif line and not line.startswith("#"):
            if named:
                held[line.partition(":")[0]] = named
            named = ()
    return held


def test_every_promise_on_paper_names_tests_that_exist():
    source = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    there = set(re.findall(r"^def (test_\w+)\(", source, re.MULTILINE))

    assert {"phone", "plain", "voluntary", "sheet_rest"} <= _held("en").keys()
    assert {name for named in _held("en").values() for name in named} <= there


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_on_paper_in_the_same_order(language):
    assert list(phrases("slips", language).texts) == list(phrases("slips", "en").texts)
    assert _held(language) == _held("en")
