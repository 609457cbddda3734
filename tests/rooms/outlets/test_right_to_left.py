"""Print from right to left: lines are full, names and ranges keep their own order."""

import re
import unicodedata
from collections import Counter

import pytest
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from teamhealth import content
from teamhealth.i18n.messages import say
from teamhealth.outlets.print_fonts import plain_names
from teamhealth.outlets.print_statements import People
from tests.rooms.outlets import printing
from tests.rooms.outlets.handing import ABOVE, handed, material, stacked, usual
from tests.rooms.outlets.handing import ARABIC as ARABIC_NAME

ARABIC = "لم يتغيّر أي موضوع بوضوح منذ %sSpring survey of the whole firm 2025%s كما هو."
ENGLISH = "No theme has clearly changed since %sربيع السنة الجديدة عام 2025%s as it is."
A_PART = 60_000  # bytes of the letters of a report; a whole font has three times as many
WIDTHS = (*range(50, 55), *range(70, 75))
STYLE = "@page { size: 300mm } p, b { font: 12pt 'Noto Sans Arabic' } p { width: %smm }"


def _words(box):
    if isinstance(box, TextBox):
        return re.sub("[\u2066\u2067\u2069]", "", box.text)
    return "".join(map(_words, getattr(box, "children", ())))


def _lines(text, way, width):
    html = f"<html dir={way}><style>{STYLE % width}</style><p>{text}</p>"
    pages = HTML(string=plain_names(html, way)).render().pages
    boxes = pages[0]._page_box.descendants()
    found = [_words(box) for box in boxes if isinstance(box, LineBox)]
    return [line.strip() for line in found]


@pytest.mark.parametrize(("text", "way"), [(ARABIC, "rtl"), (ENGLISH, "ltr")])
@pytest.mark.parametrize("tag", ["bdi", "b"])
def test_a_name_or_a_word_in_bold_breaks_no_line_before_it_is_full(text, way, tag):
    for width in WIDTHS:
        marked = _lines(text % (f"<{tag}>", f"</{tag}>"), way, width)
        assert marked == _lines(text % ("", ""), way, width), width


def test_a_name_is_set_apart_only_where_it_runs_against_its_page():
    assert plain_names("منذ <bdi>Q1 (2025)</bdi>.", "rtl") == "منذ \u2066Q1 (2025)\u2069."
    assert plain_names("منذ <bdi>ربيع</bdi>.", "rtl") == "منذ ربيع."
    assert plain_names("since <bdi>ربيع</bdi>.", "ltr") == "since \u2067ربيع\u2069."


@pytest.mark.parametrize("name_way", ["ltr", "rtl"])
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_the_name_at_the_top_keeps_to_the_side_of_its_page(way, name_way):
    style = (content.folder("reports") / "css" / "report.css").read_text("utf-8")
    html = f"<html dir={way}><h1 dir={name_way}>{ARABIC_NAME if name_way == 'rtl' else 'North'}</h1>"
    (page,) = HTML(string=html).render(stylesheets=[CSS(string=style)]).pages
    boxes = list(page._page_box.descendants())
    head = next(box for box in boxes if box.element_tag == "h1")
    words = next(box for box in boxes if isinstance(box, TextBox))
    left = words.position_x - head.content_box_x()
    right = head.width - left - words.width
    assert (left < 1 < right) if way == "ltr" else (right < 1 < left)


@pytest.mark.parametrize(
    ("language", "name"), [("en", ARABIC_NAME), ("ar", "Warehouse North"), ("ar", ARABIC_NAME)]
)
@pytest.mark.parametrize("kind", ["team", "slides", "summary", "branch"])
def test_whatever_way_a_name_runs_no_font_is_embedded_whole(kind, language, name):
    def renamed(snapshot):
        return printing.renamed(stacked(snapshot), ABOVE, name)

    pdf = handed(kind, ABOVE, material(language=language, change=renamed))
    assert printing.largest_font(pdf) < A_PART


def letters(words):
    plain = unicodedata.normalize("NFKC", words)
    return Counter(one for one in plain if unicodedata.bidirectional(one) == "AL")


def test_arabic_is_read_out_of_a_page_with_its_own_letters():
    read = printing.pages(usual("slides", printing.SMALL, language="ar"))[1]
    said = [
        say("ar", "Nobody can tell who said what"),
        say("ar", "Nobody guesses or asks who said what."),
        say("ar", "“Pass” is a full answer, today as well."),
    ]

    assert letters(" ".join(said)) <= letters(read)


def test_the_lower_end_of_a_range_stands_on_the_left_between_arabic_words():
    assert People(27, 33, 46, "ar").brief.startswith("\u200e27–33")
    assert People(27, 33, 46).brief.startswith("27–33")
