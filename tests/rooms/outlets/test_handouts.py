"""Slides, the page for everybody and the talk without numbers: for all eyes, and true of the snapshot."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Word
from teamhealth.i18n.languages import LANGUAGES
from tests.rooms.outlets import planting, printing
from tests.rooms.outlets.handing import ARABIC, LONG, handed, material, usual
from tests.rooms.outlets.printing import HIDDEN, LARGE, MEDIUM, SMALL, counted, text
from tests.rooms.outlets.test_pdf import OURS, title_of, written

HANDOUTS = [("slides", SMALL), ("slides", LARGE), ("summary", SMALL), ("talk", HIDDEN)]


def numbers(said):
    """Give every number of a text, but those of pages and the marks of the scale."""
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"\d+ / \d+", "", said)))


def told(snapshot, group):
    """Give every number that a snapshot tells of a group, as it is written."""
    one = snapshot.group(group)
    found = {str(one.responses), str(one.invited)}
    for theme, cell in one.themes.items():
        if theme != LEADER_THEME:
            ends = (cell.mean, cell.interval.low, cell.interval.high)
            found |= {written(end) for end in ends}
    for cell in one.items.values():
        if cell.counts:
            found.add(written(100 * sum(cell.counts[3:]) / sum(cell.counts), 0))
    return found


def themes_of(snapshot, group):
    return {name: c for name, c in snapshot.group(group).themes.items() if name != LEADER_THEME}


@pytest.mark.parametrize(
    ("group", "form", "again"),
    [
        (SMALL, "quarterly", False),
        (MEDIUM, "quarterly", True),
        (LARGE, "full", False),
        (SMALL, "pulse", False),
    ],
)
def test_slides_are_six_to_nine_sixteen_to_nine(group, form, again):
    pdf = usual("slides", group, form, again=again)

    assert 6 <= len(printing.pages(pdf)) <= 9
    with pikepdf.open(io.BytesIO(pdf)) as document:
        sides = {tuple(float(side) for side in page.mediabox[2:]) for page in document.pages}
    assert [round(wide / high, 2) for wide, high in sides] == [1.78]


@pytest.mark.parametrize("group", [SMALL, LARGE])
@pytest.mark.parametrize("kind", ["slides", "summary"])
def test_every_number_is_the_snapshots_and_every_theme_is_told(kind, group):
    snapshot, asked = counted()
    printed = text(usual(kind, group))

    for theme, cell in themes_of(snapshot, group).items():
        likely = f"{written(cell.interval.low)}–{written(cell.interval.high)}"
        assert f"{title_of(asked, theme)} 1 2 3 4 5".split(" 1 ")[0] in printed
        assert f"{written(cell.mean)} {likely}" in printed
    scale, facts = {"1", "2", "3", "4", "5"}, {"95", "21", "15", "29", "2026"}
    assert numbers(printed) - scale - facts - {"0"} <= told(snapshot, group)
    one = snapshot.group(group)
    assert f"{one.responses} of" in printed


@pytest.mark.parametrize(("kind", "group"), HANDOUTS)
def test_nothing_of_the_leader_and_no_comment_is_on_them_even_where_the_theme_is_for_all(
    kind, group
):
    _, asked = counted()
    agreed = material(
        change=lambda one: replace(one, survey=replace(one.survey, leader_theme="agreed")),
        comments=lambda _: [printing.Said("comment", "Zebras first.")],
    )
    printed = text(handed(kind, group, agreed))

    assert "Steady leadership" not in printed
    assert not [
        q for q in asked.questions if q.theme == LEADER_THEME and q.text["en"] in printed
    ]
    assert "Zebras" not in printed


def test_no_statement_below_the_middle_stands_on_a_slide():
    snapshot, asked = counted()

    def few(one):
        items = {
            name: replace(cell, word=Word.A_MINORITY if at % 2 else Word.MOST)
            for at, (name, cell) in enumerate(one.group(SMALL).items.items())
        }
        return planting.group(one, SMALL, items=items)

    cells = few(snapshot).group(SMALL).items
    printed = text(handed("slides", SMALL, material(change=few)))
    shown = [name for name in cells if asked.question(name).text["en"] in printed]

    assert "A minority" not in printed
    assert all(cells[name].word is Word.MOST for name in shown)
    low = material(
        change=lambda one: planting.group(
            one,
            MEDIUM,
            items={
                name: replace(cell, counts=(7, 7, 0, 0, 0))
                for name, cell in one.group(MEDIUM).items.items()
            },
        )
    )
    assert "to talk about" not in text(handed("slides", MEDIUM, low))


def test_where_nothing_stands_out_one_slide_says_so():
    snapshot, _ = counted()
    flat = material(
        change=lambda one: planting.cells(
            one, SMALL, mean=3.4, interval=replace(first(snapshot), low=3.0, high=3.8),
            compared=None,
        )
    )  # fmt: skip
    printed = text(handed("slides", SMALL, flat))

    assert "Nothing stands out clearly No theme stands out clearly." in printed
    assert "One thing to" not in printed


def sizes(pdf):
    """Give the sizes in which each page is set."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            {round(float(on[1]), 1) for on, what in pikepdf.parse_content_stream(page) if str(what) == "Tf"}
            for page in document.pages
        ]  # fmt: skip


def test_a_slide_that_would_run_over_is_set_smaller_and_no_other_slide_is():
    wide, long = usual("slides", SMALL, "full"), usual("slides", SMALL, "full", "de")

    pairs = list(zip(sizes(wide), sizes(long), strict=True))
    smaller = [at for at, (one, other) in enumerate(pairs) if max(other) < max(one)]

    assert smaller == [6]
    assert [at for at, (one, other) in enumerate(pairs) if one != other] == smaller
    assert "Drei Aussagen" in printing.pages(long)[6]


@pytest.mark.parametrize("language", LANGUAGES)
def test_slides_have_one_page_each_in_every_language_and_for_a_long_name(language):
    named = material("full", language, change=lambda one: printing.renamed(one, SMALL, LONG))

    assert len(printing.pages(handed("slides", SMALL, named))) == 9


def first(snapshot):
    return next(iter(snapshot.group(SMALL).themes.values())).interval


@pytest.mark.parametrize(
    ("language", "name"),
    [*((language, LONG) for language in LANGUAGES), ("en", ARABIC), ("de", "x" * 60)],
)
def test_the_page_for_everybody_is_one_page_in_every_language_and_for_every_name(
    language, name
):
    named = material(
        "full", language, again=True, change=lambda one: printing.renamed(one, MEDIUM, name)
    )

    assert len(printing.pages(handed("summary", MEDIUM, named))) == 1


def test_the_page_for_everybody_says_until_when_each_team_should_have_talked():
    snapshot, _ = counted()
    closed = date.fromisoformat(snapshot.survey.closed)
    later = closed + timedelta(days=7)

    def day(one):
        return f"by {one.day} {one:%B %Y}."

    in_two_weeks = day(closed + timedelta(days=14))
    assert in_two_weeks in text(usual("summary", SMALL))
    published = text(handed("summary", SMALL, material(published=later)))
    assert day(later + timedelta(days=14)) in published


@pytest.mark.parametrize(
    ("language", "name"), [*((language, LONG) for language in LANGUAGES), ("de", "x" * 60)]
)
def test_a_talk_without_numbers_has_two_pages_in_every_language_and_for_every_name(
    language, name
):
    named = material(language=language, change=lambda one: printing.renamed(one, HIDDEN, name))

    assert len(printing.pages(handed("talk", HIDDEN, named))) == 2


def test_a_talk_without_numbers_says_where_the_group_is_counted_and_no_number_about_it():
    snapshot, _ = counted()
    many = material(change=lambda one: planting.group(one, HIDDEN, invited=37))
    printed = text(handed("talk", HIDDEN, many))
    minutes, root = re.findall(r"(\d+) min\b", printed), snapshot.root

    assert "Not shown, to protect anonymity. Counted in g0." in printed
    assert sum(int(one) for one in minutes) == 30
    named = {"7", "0", "30"}  # g7, g0 and the talk itself
    assert numbers(printed) - set(minutes) - named == {str(root.responses), str(root.invited)}
    assert f"{root.responses} of {root.invited} people are in these figures" in printed


def test_a_reader_who_may_not_see_the_summary_above_gets_the_talk_without_it():
    snapshot, _ = counted()
    printed = text(handed("talk", HIDDEN, material(above=False)))

    assert "What people in" not in printed
    assert str(snapshot.root.responses) not in numbers(printed)
    assert "What you have instead" in printed


def test_a_group_that_is_counted_nowhere_has_its_talk_as_well():
    alone = material(change=lambda one: planting.group(one, HIDDEN, counted_in=None))

    assert "Counted in" not in text(handed("talk", HIDDEN, alone))


@pytest.mark.parametrize(("kind", "group"), HANDOUTS)
def test_they_are_tagged_titled_in_our_fonts_and_the_same_bytes_each_time(kind, group):
    pdf = usual(kind, group)

    assert {name.removesuffix("-Semi-Bold") for name in printing.fonts(pdf)} <= OURS
    assert pdf == handed(kind, group)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert group in metadata["dc:title"]
        with document.open_outline() as outline:
            assert len(outline.root) == 1


@pytest.mark.parametrize(("kind", "group"), HANDOUTS)
def test_their_templates_and_styles_have_no_fault_that_is_passed_over_in_silence(
    kind, group, caplog
):
    handed(kind, group, material("full"))

    assert [record.message for record in caplog.records] == []


@pytest.mark.parametrize("kind", ["slides", "summary"])
def test_right_to_left_pages_are_marked_so_and_stay_in_our_fonts(kind):
    named = material("quarterly", "ar", change=lambda one: printing.renamed(one, SMALL, ARABIC))
    pdf = handed(kind, SMALL, named)

    assert {name.removesuffix("-Semi-Bold") for name in printing.fonts(pdf)} <= OURS
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "ar"
