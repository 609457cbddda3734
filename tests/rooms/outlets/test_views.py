"""What pages and print share: numbers as written, places on drawings, the tree a branch at a time, the past."""

from dataclasses import replace

import pytest

from teamhealth.cells.model import GroupResult, Range, ThemeCell
from teamhealth.instruments.library import library
from teamhealth.outlets import numbers, spreads, strips
from teamhealth.outlets.branches import ROOM, Tree, heat
from teamhealth.outlets.print_statements import StatementRow, bar
from teamhealth.outlets.trends import trend
from teamhealth.outlets.wording import wording_of
from tests.northwind import counted
from tests.rooms.cells.makers import a_snapshot


@pytest.mark.parametrize(
    ("value", "written"), [(3.65, "3.7"), (3.75, "3.8"), (3.0, "3.0"), (1 / 3, "0.3")]
)
def test_a_number_is_rounded_half_up_as_its_shortest_form_reads(value, written):
    assert numbers.decimal(value, "en") == written


@pytest.mark.parametrize(
    ("value", "written"), [(17.4, "+17"), (-4.2, "−4"), (0.4, "0"), (-0.4, "0"), (-0.5, "−1")]
)
def test_a_score_has_a_sign_but_for_nought(value, written):
    assert numbers.signed(value, "en") == written


def test_only_a_mean_in_words_is_told_as_or_higher():
    cell = ThemeCell(("a", "b"), 4.8, None, full=False)
    assert numbers.mean(cell, "en") == "≥\u00a04.8"
    assert numbers.mean(replace(cell, full=True), "en") == "4.8"
    assert numbers.mean(replace(cell, mean=4.7), "en") == "4.7"


def test_a_strip_lies_between_one_and_five():
    drawn = strips.strip(
        ThemeCell(("a",), 3.0, Range(1.0, 5.0), full=True, usual=Range(2.0, 4.0))
    )
    assert (drawn.dot, drawn.interval.start, drawn.interval.end) == (50.0, 0.0, 100.0)
    assert (drawn.usual.start, drawn.usual.width) == (25.0, 50.0)


def test_all_bars_of_a_table_share_one_scale_and_stay_inside():
    rows = [
        StatementRow("a", "", turned=False, bar=bar((0, 0, 0, 0, 100), "en")),
        StatementRow("b", "", turned=False, bar=bar((100, 0, 0, 0, 0), "en")),
        StatementRow("c", "", turned=False, bar=bar((20, 20, 20, 20, 20), "en")),
        StatementRow("d", "", turned=False, word="most"),
    ]
    drawn = spreads.spread(rows)
    parts = [part for some in drawn.bars.values() for part in some]
    assert set(drawn.bars) == {"a", "b", "c"}
    assert min(part.start for part in parts) >= 0
    assert max(part.start + part.width for part in parts) <= 100
    middle = next(part for part in drawn.bars["c"] if part.answer == 3)
    assert middle.middle == pytest.approx(drawn.mark, abs=0.2)
    assert drawn.bars["a"][0].width == pytest.approx(5 * drawn.bars["c"][4].width, rel=0.05)


def test_a_page_of_the_tree_is_in_its_order_and_says_how_deep():
    tree = Tree(a_snapshot(), {group.id for group in a_snapshot().groups})
    page = tree.page()
    assert [(row.group.id, row.depth) for row in page.rows] == [
        ("acme", 0), ("sales", 1), ("north", 2), ("south", 2),
        ("bakery", 1), ("ovens", 2), ("shop", 2),
    ]  # fmt: skip
    assert (page.number, page.of, page.above) == (1, 1, ())


def test_a_leader_sees_the_tree_from_their_own_groups_down():
    tree = Tree(a_snapshot(), {"bakery", "ovens", "shop", "north"})
    assert [row.group.id for row in tree.page().rows] == ["north", "bakery", "ovens", "shop"]
    assert [group.id for group in tree.tops] == ["north", "bakery"]
    assert [group.id for group in tree.above(a_snapshot().group("ovens"))] == ["bakery"]
    assert "sales" not in tree


def _large(children, grandchildren):
    def group(name, parent):
        return GroupResult(name, parent, name, name, 9, 7, None, None)

    groups = [group("top", None)]
    for child in range(children):
        groups.append(group(f"c{child}", "top"))
        groups += [group(f"c{child}g{one}", f"c{child}") for one in range(grandchildren)]
    snapshot = replace(a_snapshot(), groups=tuple(groups))
    return snapshot, Tree(snapshot, {one.id for one in groups})


def test_levels_that_do_not_fit_on_a_page_are_folded_and_counted():
    snapshot, tree = _large(10, 20)
    page = tree.page()
    assert [row.folded for row in page.rows] == [0] + [20] * 10
    inside = tree.page(snapshot.group("c3"))
    assert len(inside.rows) == 21
    assert [group.id for group in inside.above] == ["top"]


def test_more_groups_side_by_side_than_fit_come_page_by_page():
    _, tree = _large(3 * ROOM, 0)
    pages = [tree.page(number=number) for number in (1, 2, 3, 4, 99)]
    seen = [row.group.id for page in pages[:4] for row in page.rows]
    assert len(seen) == len(set(seen)) == 3 * ROOM + 1
    assert all(len(page.rows) <= ROOM for page in pages)
    assert pages[4].number == 4


@pytest.mark.parametrize(
    ("mean", "shade"),
    [(2.94, 1), (2.96, 2), (3.34, 2), (3.35, 3), (3.65, 4), (3.94, 4), (3.95, 5)],
)
def test_colours_follow_the_number_as_written(mean, shade):
    group = replace(
        a_snapshot().group("north"), themes={"calm": ThemeCell(("a",), mean, None, full=True)}
    )
    assert heat(group, ["calm", "joy"], "en") == (heat(group, ["calm"], "en")[0], None)
    assert heat(group, ["calm"], "en")[0].shade == shade


def _history(change=lambda snapshot: snapshot):
    first, second, latest = (snapshot for snapshot, _ in counted())
    words = wording_of(library().instrument("quarterly", ["en"]))
    return trend(latest, [change(second), first], "warehouse-north", words), (
        first,
        second,
        latest,
    )


def test_the_past_is_told_oldest_first_without_the_leaders_theme():
    over, snapshots = _history()
    assert [facts.id for facts in over.surveys] == [s.survey.id for s in snapshots]
    assert "leader_support" not in {row.id for row in over.rows}
    for row in over.rows:
        cells = [s.group("warehouse-north").themes[row.id] for s in snapshots]
        assert [point.value for point in row.points] == [cell.mean for cell in cells]
        assert row.change is cells[-1].change


def test_what_rested_on_other_statements_is_left_out_of_the_past():
    def other(snapshot):
        north = snapshot.group("warehouse-north")
        cell = replace(north.themes["listening"], items=("listening_1", "listening_3"))
        changed = replace(north, themes={**north.themes, "listening": cell})
        groups = tuple(changed if g.id == north.id else g for g in snapshot.groups)
        return replace(snapshot, groups=groups)

    over, _ = _history(other)
    row = next(row for row in over.rows if row.id == "listening")
    assert [point is None for point in row.points] == [False, True, False]
    assert row.joins == ()


def test_without_a_survey_before_there_is_no_past():
    latest = counted()[-1][0]
    words = wording_of(library().instrument("quarterly", ["en"]))
    assert trend(latest, [], "warehouse-north", words) is None
    assert trend(latest, [counted()[0][0]], "returns", words) is None
