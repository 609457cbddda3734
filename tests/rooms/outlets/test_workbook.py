"""The spreadsheet says what the snapshot says, in words where nothing is shown."""

import io
from dataclasses import replace

import openpyxl
import pytest

from teamhealth.cells import counts
from teamhealth.cells.audience import HR, LEADER_THEME, Viewer, seen_by
from teamhealth.instruments.library import library
from teamhealth.outlets import sheets
from teamhealth.outlets import workbook as made
from teamhealth.outlets.print_facts import Source, facts_of
from tests.northwind import counted

NORTH = "warehouse-north"
PROTECTED = "Not shown, to protect anonymity."


def _source(viewer=HR, language="en"):
    seen = seen_by(counted()[-1][0], viewer)
    asked = library().instrument("quarterly", ["en"])
    return Source(seen, facts_of(seen, "m4rk", None, language), asked, library(), language)


def _book(source, groups=None, *, whole=True):
    body = made.workbook(source, source.seen.groups if groups is None else groups, whole=whole)
    return openpyxl.load_workbook(io.BytesIO(body))


def _rows(book, name):
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows(min_row=2)]


def test_the_first_sheet_tells_what_it_is_and_that_there_is_no_raw_data():
    book = _book(_source())

    told = " ".join(str(row[0].value) for row in book.worksheets[0].iter_rows() if row[0].value)
    assert book.sheetnames == ["Read me", "Groups", "Themes", "Statements"]
    assert "There is no raw data in this system" in told
    assert "m4rk" in told


def test_groups_stand_in_the_trees_order_and_a_hidden_one_says_where_it_is_counted():
    source = _source()
    rows = _rows(_book(source), "Groups")

    assert [row[0] for row in rows] == [group.path for group in source.seen.groups]
    told = {row[0]: row[2] for row in rows}
    for group in source.seen.groups:
        if group.responses is None:
            assert told[group.path] == f"{PROTECTED} Counted in Operations."
        else:
            assert told[group.path] == group.responses


def test_every_theme_has_the_snapshots_numbers_and_no_leader_is_told_of():
    source = _source()
    told = {(row[0], row[1]): row for row in _rows(_book(source), "Themes")}

    titles = source.words.themes
    for group in source.seen.groups:
        for name, cell in group.themes.items():
            row = told[group.path, titles[name]]
            assert row[2] == pytest.approx(cell.mean, abs=1e-12)
            around = cell.interval
            ends = (
                pytest.approx((around.low, around.high), abs=1e-12) if around else (None, None)
            )
            assert row[3:5] == ends
            assert row[11] == group.responses
    assert titles[LEADER_THEME] not in {theme for _, theme in told}


def test_the_leader_finds_the_leader_theme_of_the_own_group_alone():
    source = _source(Viewer(frozenset({NORTH})))
    rows = _rows(_book(source), "Themes")

    mine = [row[0] for row in rows if row[1] == source.words.themes[LEADER_THEME]]
    assert mine == [source.seen.group(NORTH).path]


def test_a_statement_is_a_word_below_ten_and_shares_from_ten():
    source = _source()
    told = {(row[0], row[2]): row for row in _rows(_book(source), "Statements")}

    words = {"almost everybody", "most", "about half", "a minority", "almost nobody"}
    for group in source.seen.groups:
        for item, cell in group.items.items():
            row = told[group.path, source.words.questions[item]]
            if cell.counts is None:
                assert row[3] in words | {PROTECTED}
                assert set(row[4:11]) == {None}
                continue
            shares = counts.shares(cell.counts)
            turned = source.instrument.question(item).reverse
            assert row[4] == pytest.approx(sum(shares[3:]))
            assert row[6:11] == pytest.approx(shares[::-1] if turned else shares)


def test_text_that_begins_like_a_formula_stays_text():
    source = _source()
    named = replace(source.seen.group(NORTH), path='=HYPERLINK("x")')

    cell = _book(source, [named], whole=False)["Groups"]["A2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_the_same_snapshot_gives_the_same_bytes():
    one, two = (made.workbook(_source(), _source().seen.groups, whole=True) for _ in range(2))

    assert one == two


def test_a_sheet_too_long_for_a_spreadsheet_goes_on_in_another(monkeypatch):
    monkeypatch.setattr(made, "_MOST_ROWS", 5)
    source = _source()
    book = _book(source)

    parts = [name for name in book.sheetnames if name.startswith("Groups")]
    assert parts == ["Groups", "Groups 2", "Groups 3"]
    assert sum(len(_rows(book, name)) for name in parts) == len(source.seen.groups)


def test_an_arabic_spreadsheet_runs_from_right_to_left():
    assert _book(_source(language="ar")).worksheets[1].sheet_view.rightToLeft


def test_heads_and_rows_have_the_same_number_of_columns():
    source = _source()
    groups = source.seen.groups
    for sheet in (
        sheets.of_groups(source, groups),
        sheets.of_themes(source, groups),
        sheets.of_statements(source, groups),
    ):
        assert {len(row) for row in sheet.rows} == {len(sheet.heads)}
