"""Cross-cuts in the CSV and JSON exports: every class, for those alone who may open the whole."""

import csv
import io
import json
from dataclasses import replace

import pytest

from teamhealth.cells.audience import HR, LEADER_THEME
from teamhealth.outlets.document import document
from teamhealth.outlets.tables import csv_lines
from tests.crossed import SITES, YEARS, counted, without
from tests.rooms.cells.makers import a_snapshot, facts
from tests.rooms.outlets.test_tables import COLUMNS


def _table(snapshot, only=None):
    return list(csv.DictReader(io.StringIO("".join(csv_lines(snapshot, HR, only)))))


def _document(snapshot, only=None, asked=None):
    told = document(snapshot, HR, only, instrument=asked)
    return json.loads(json.dumps(told, allow_nan=False))


def _of(table, attribute, values):
    return [r for r in table if (r["attribute"], r["values"]) == (attribute, values)]


def test_rows_of_classes_come_after_the_groups_with_two_columns_more():
    snapshot, _ = counted()
    table = _table(snapshot)
    plain = _table(replace(snapshot, cross_cuts={}))

    assert list(plain[0]) == COLUMNS
    assert list(table[0]) == [*COLUMNS, "attribute", "values"]
    assert [{key: row[key] for key in COLUMNS} for row in table[: len(plain)]] == plain
    assert not any(row["attribute"] or row["values"] for row in table[: len(plain)])
    assert {row["group"] for row in table[len(plain) :]} == {""}


def test_every_class_tells_the_snapshots_cells():
    snapshot, _ = counted()
    table = _table(snapshot)
    general = [theme for theme in snapshot.themes if theme.id != LEADER_THEME]

    for attribute, classes in snapshot.cross_cuts.items():
        assert len(classes) > 1
        for one in classes:
            mine = _of(table, attribute, " ".join(map(str, one.values)))
            assert {row["state"] for row in mine} == {"shown"}
            assert {row["n"] for row in mine} == {str(one.responses), ""}
            told = {(r["theme"], r["item"], r["measure"]): r for r in mine}
            assert told["", "", "responses"]["value"] == str(one.responses)
            for theme in general:
                cell, row = one.themes[theme.id], told[theme.id, "", "mean"]
                around = (float(row["low"]), float(row["high"]))
                assert float(row["value"]) == cell.mean
                assert around == (cell.interval.low, cell.interval.high)
                assert float(told[theme.id, "", "organisation_mean"]["value"]) == cell.whole
            words = {item: r["value"] for (_, item, _), r in told.items() if item}
            assert words == {item: cell.word for item, cell in one.items.items()}


def test_the_document_tells_classes_as_the_snapshot_does_but_for_the_ns_of_items():
    snapshot, asked = counted()
    told = _document(snapshot, asked=asked)

    for attribute, classes in snapshot.cross_cuts.items():
        assert sorted(map(tuple, (one["values"] for one in told["cross_cuts"][attribute]))) == (
            sorted(one.values for one in classes)
        )
        for one in classes:
            mine = next(
                c for c in told["cross_cuts"][attribute] if c["values"] == [*one.values]
            )
            assert mine["responses"] == one.responses
            for item, cell in one.items.items():
                assert mine["items"][item] == {"state": "shown", "word": cell.word}
            for theme, cell in one.themes.items():
                assert mine["themes"][theme] == {
                    "state": "shown",
                    "items": [*cell.items],
                    "mean": cell.mean,
                    "interval": {"low": cell.interval.low, "high": cell.interval.high},
                    "full": False,
                    "whole": cell.whole,
                }
    assert told["attributes"]["tenure"] == {
        "text": "How many full years have you worked here?",
        "options": ["not said", *YEARS],
        "ordered": True,
        "state": "shown",
    }
    assert told["attributes"]["site"]["options"] == ["not said", *SITES]


def test_an_attribute_by_which_nothing_is_shown_is_protected_and_has_no_number():
    snapshot, asked = counted()
    bare = replace(snapshot, cross_cuts={**snapshot.cross_cuts, "tenure": ()})
    told = _document(bare, asked=asked)

    assert [(r["state"], r["value"], r["n"]) for r in _of(_table(bare), "tenure", "")] == [
        ("protected", "", "")
    ]
    assert told["cross_cuts"]["tenure"] == []
    assert told["attributes"]["tenure"]["sentence"] == "Not shown, to protect anonymity."


def test_what_a_class_keeps_back_is_protected():
    snapshot, _ = counted()
    first, *rest = snapshot.cross_cuts["site"]
    item, theme = next(iter(first.items)), next(iter(first.themes))
    less = replace(
        first,
        items={name: cell for name, cell in first.items.items() if name != item},
        themes={name: cell for name, cell in first.themes.items() if name != theme},
    )
    bare = replace(snapshot, cross_cuts={"site": (less, *rest)})
    hidden = [r for r in _of(_table(bare), "site", "0 1") if r["state"] == "protected"]
    told = _document(bare)["cross_cuts"]["site"][0]

    assert {(r["item"] or r["theme"], r["value"], r["n"]) for r in hidden} == {
        (item, "", ""),
        (theme, "", ""),
    }
    assert {told["items"][item]["state"], told["themes"][theme]["state"]} == {"protected"}


def test_who_may_open_a_part_gets_no_class():
    snapshot, asked = counted()
    part = {group.id for group in snapshot.groups[1:]}

    assert list(_table(snapshot, part)[0]) == COLUMNS
    assert not {"cross_cuts", "attributes"} & _document(snapshot, part, asked).keys()
    assert "cross_cuts" in _document(snapshot, {snapshot.root.id}, asked)


def test_a_survey_that_asked_nothing_of_people_tells_nothing_of_it():
    snapshot, asked = without(*counted())

    assert list(_table(snapshot)[0]) == COLUMNS
    assert not {"cross_cuts", "attributes"} & _document(snapshot, asked=asked).keys()


@pytest.mark.parametrize("audience", ["leader", "above", "agreed"])
def test_steady_leadership_is_in_no_class_whatever_the_snapshot_says(audience):
    snapshot = a_snapshot(survey=facts(leader_theme=audience))

    assert LEADER_THEME in snapshot.cross_cuts["tenure"][0].themes
    classes = [row for row in _table(snapshot) if row["attribute"]]
    assert not {"leader_support"} & {row["theme"] for row in classes}
    assert "lead_1" not in json.dumps(_document(snapshot)["cross_cuts"])
