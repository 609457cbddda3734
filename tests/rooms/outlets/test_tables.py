"""The CSV export says what the snapshot says, and nothing where it says nothing."""

import csv
import io
from dataclasses import replace

import pytest

from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.model import EnpsCell, ItemCell, Word
from teamhealth.outlets.tables import csv_lines
from tests.rooms.cells.makers import a_snapshot, facts
from tests.rooms.outlets.makers import hide

COLUMNS = ["survey", "group", "theme", "item", "measure", "state", "value", "low", "high", "n"]
AGREED = facts(leader_theme="agreed")


def _rows(snapshot, viewer=HR):
    return list(csv.DictReader(io.StringIO("".join(csv_lines(snapshot, viewer)), newline="")))


def _find(rows, **wanted):
    found = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    assert len(found) == 1, found
    return found[0]


def test_the_columns_are_the_promised_ones_in_order():
    assert next(iter(csv_lines(a_snapshot(cross_cuts={}), HR))).strip().split(",") == COLUMNS


def test_a_small_groups_item_is_a_word_beside_its_responses():
    row = _find(_rows(a_snapshot(survey=AGREED)), group="north", item="lead_1")

    assert (row["measure"], row["state"], row["value"]) == ("favourable", "shown", "most")
    assert (row["theme"], row["low"], row["high"], row["n"]) == ("leader_support", "", "", "7")


def test_from_ten_an_item_has_mean_favourable_and_shares_over_the_people_they_cover():
    rows = [r for r in _rows(a_snapshot(survey=AGREED)) if r["group"] == "sales"]
    told = {r["measure"]: float(r["value"]) for r in rows if r["item"] == "calm_1"}

    assert told == pytest.approx(
        {
            "mean": (2 + 6 + 40 + 10) / 15,
            "favourable": 80,
            "share_1": 0,
            "share_2": 100 / 15,
            "share_3": 200 / 15,
            "share_4": 1000 / 15,
            "share_5": 200 / 15,
            "favourable_people": 12,
        },
        abs=1e-12,
    )
    assert {r["n"] for r in rows if r["item"] == "calm_1"} == {"15"}


def test_numbers_are_written_at_full_precision():
    row = _find(_rows(a_snapshot()), group="sales", item="calm_1", measure="mean")

    assert float(row["value"]) == 58 / 15


def test_a_theme_has_its_interval_its_comparison_and_its_change():
    rows = _rows(a_snapshot(survey=AGREED))
    told = {
        r["measure"]: (r["value"], r["low"], r["high"], r["n"])
        for r in rows
        if r["group"] == "north" and r["theme"] == "leader_support" and not r["item"]
    }

    assert told == {
        "mean": ("3.9", "3.4", "4.4", "7"),
        "organisation_mean": ("3.8", "", "", ""),
        "label": ("usual", "3.5", "4.1", "7"),
        "change": ("unclear", "", "", "7"),
        "mean_if_silent": ("3.3", "", "", "7"),
    }


def test_a_hidden_cell_is_one_protected_row_without_any_number():
    snapshot = a_snapshot(survey=AGREED)
    hidden = hide(snapshot.group("north"))
    groups = tuple(hidden if g.id == "north" else g for g in snapshot.groups)
    rows = [r for r in _rows(replace(snapshot, groups=groups)) if r["group"] == "north"]

    assert len(rows) == 8  # responses, two themes, four items, eNPS
    for row in rows:
        assert row["state"] == "protected"
        assert not any(row[key] for key in ("value", "low", "high", "n"))


def test_the_recommendation_is_scored_from_twenty_and_shared_out_from_ten():
    rows = _rows(a_snapshot())
    enps = {(r["group"], r["measure"]): r for r in rows if not r["theme"] and not r["item"]}

    assert float(enps["acme", "enps"]["value"]) == 100 * (25 - 2) / 30
    assert enps["acme", "enps"]["n"] == "30"
    assert enps["sales", "enps"]["state"] == "protected"
    assert enps["sales", "enps"]["n"] == ""
    assert float(enps["sales", "promoters"]["value"]) == 100 * 10 / 15
    assert enps["north", "enps"]["state"] == "protected"
    assert ("north", "promoters") not in enps


def test_a_negative_score_stays_a_number():
    snapshot = a_snapshot()
    root = replace(snapshot.root, enps=EnpsCell((20, 5, 5)))
    rows = _rows(replace(snapshot, groups=(root, *snapshot.groups[1:])))

    assert float(_find(rows, group="acme", measure="enps")["value"]) == -50


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx"])
def test_text_never_begins_a_formula(name):
    snapshot = a_snapshot()
    root = replace(snapshot.root, path=name)
    rows = _rows(replace(snapshot, groups=(root, *snapshot.groups[1:])))

    assert rows[0]["group"] == f"'{name}"


def test_no_formula_begins_where_a_spreadsheet_splits_at_semicolons():
    snapshot = a_snapshot()
    root = replace(snapshot.root, path="Acme;=1+1;-2;x")
    text = "".join(csv_lines(replace(snapshot, groups=(root, *snapshot.groups[1:])), HR))

    assert "Acme;'=1+1;'-2;x," in text


def test_commas_quotes_and_line_breaks_in_a_path_survive():
    snapshot = a_snapshot()
    path = 'Acme "North", and\nSouth/Ünits'
    root = replace(snapshot.root, path=path)

    assert _rows(replace(snapshot, groups=(root, *snapshot.groups[1:])))[0]["group"] == path


def test_what_hr_may_not_see_of_the_leader_is_nowhere_in_the_export():
    text = "".join(csv_lines(a_snapshot(), HR))

    assert "lead_1" not in text
    assert "leader_support" not in text


def test_a_leader_sees_their_own_and_protected_rows_elsewhere():
    rows = _rows(a_snapshot(), Viewer(frozenset({"north"})))

    assert _find(rows, group="north", item="lead_1")["value"] == "most"
    assert _find(rows, group="south", item="lead_1")["state"] == "protected"


def test_how_many_answered_one_item_of_a_small_group_is_not_told():
    snapshot = a_snapshot(survey=AGREED)
    seven = replace(
        snapshot.group("south"), items={"calm_1": ItemCell(n=6, word=Word.ABOUT_HALF)}
    )
    groups = tuple(seven if g.id == "south" else g for g in snapshot.groups)

    row = _find(_rows(replace(snapshot, groups=groups)), group="south", item="calm_1")

    assert row["n"] == "8"
