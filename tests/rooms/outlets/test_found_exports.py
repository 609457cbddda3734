"""What statistics found is in CSV and JSON where the snapshot tells it, and evidence only beside numbers."""

import csv
import io
import json
from dataclasses import replace

import pytest

from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.findings import Response
from teamhealth.outlets.document import document
from teamhealth.outlets.tables import csv_lines
from tests.rooms.cells.makers import a_snapshot, facts
from tests.rooms.outlets import planting
from tests.rooms.outlets.planting import DIVIDED

AGREED = a_snapshot(survey=facts(leader_theme="agreed"))
FOUND = {
    "response", "favourable_people", "mean_if_silent", "agreement", "divided", "rwg_uniform",
    "rwg_skewed", "deviation", "polarisation", "reliability", "reliability_kind",
    "reliability_band", "turned", "icc1", "icc2", "drivers", "drivers_r2", "driver_share",
    "driver_correlation", "driver_top_three",
}  # fmt: skip


def _rows(snapshot, viewer=HR, only=None):
    text = "".join(csv_lines(snapshot, viewer, only))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _told(rows, group, *columns):
    keys = ("theme", "item", "measure")
    return {
        tuple(row[key] for key in keys): tuple(row[column] for column in columns)
        for row in rows
        if row["group"] == group and row["measure"] in FOUND
    }


def _document(snapshot, viewer=HR, only=None):
    return json.loads(json.dumps(document(snapshot, viewer, only), allow_nan=False))


def _group(told, name):
    return next(group for group in told["groups"] if group["id"] == name)


def test_a_small_groups_rows_tell_who_is_missing_and_the_whisker_but_no_evidence():
    assert _told(_rows(AGREED), "north", "value", "low", "high", "n") == {
        ("", "", "response"): ("normal", "", "", "7"),
        ("leader_support", "", "mean_if_silent"): ("3.3", "", "", "7"),
    }


def test_from_ten_the_rows_tell_agreement_and_the_range_of_people():
    told = _told(_rows(AGREED), "sales", "value", "low", "high", "n")
    theme, item = "leader_support", "lead_1"
    assert told[theme, item, "favourable_people"] == ("12", "12", "14", "15")
    assert told[theme, "", "agreement"] == ("partly", "", "", "15")
    assert told[theme, "", "divided"] == ("no", "", "", "15")
    assert told[theme, "", "rwg_skewed"] == ("0.55", "", "", "15")
    assert "icc1" not in {measure for _, _, measure in told}


def test_a_divided_theme_is_told_so():
    split = planting.cell(AGREED, "sales", "leader_support", agreement=DIVIDED)
    told = _told(_rows(split), "sales", "value")
    assert told["leader_support", "", "divided"] == ("yes",)
    assert told["leader_support", "", "agreement"] == ("little",)


def test_what_is_found_of_the_whole_stands_at_the_root_once():
    told = _told(_rows(AGREED), "acme", "value", "low", "high")
    theme = "leader_support"
    assert told[theme, "", "reliability"] == ("0.71", "", "")
    assert told[theme, "", "reliability_kind"] == ("alpha", "", "")
    assert told[theme, "", "reliability_band"] == ("fine", "", "")
    assert told[theme, "lead_2", "turned"] == ("likely", "", "")
    assert told[theme, "", "icc1"] == ("0.09", "", "")
    assert told[theme, "", "icc2"] == ("0.44", "", "")
    assert told["", "engagement", "drivers"] == ("early", "", "")
    assert told["", "engagement", "drivers_r2"] == ("0.4", "", "")
    assert told["co_regulation", "", "driver_share"] == ("0.4", "0.2", "0.7")
    assert told["co_regulation", "", "driver_correlation"] == ("-0.1", "", "")
    others = {row["measure"] for row in _rows(AGREED) if row["group"] != "acme"}
    assert not others & {"reliability", "icc1", "turned", "drivers", "driver_share"}


def test_the_recommendation_has_its_range_where_it_has_a_score():
    rows = [row for row in _rows(AGREED) if row["measure"] == "enps"]
    told = {row["group"]: (row["low"], row["high"]) for row in rows}
    assert told["acme"] == ("20.0", "60.0")
    assert told["sales"] == ("", "")
    assert _group(_document(AGREED), "acme")["enps"]["interval"] == {"low": 20, "high": 60}
    assert "interval" not in _group(_document(AGREED), "sales")["enps"]


def test_the_evidence_behind_a_word_is_in_json_only_beside_numbers():
    told = _document(AGREED)
    north = _group(told, "north")["themes"]["leader_support"]
    sales = _group(told, "sales")["themes"]["leader_support"]
    assert not {"error", "above", "moved"} & north.keys()
    assert (north["silent"], north["agreement"]) == (3.3, None)
    assert (sales["error"], sales["above"]) == (0.21, 0.61)
    assert sales["moved"] == {"before": 3.8, "difference": 0.04, "above": 0.62}
    assert sales["agreement"]["word"] == "partly"
    for evidence in ("0.62", "0.61", "0.04"):
        rows = csv_lines(AGREED, HR)
        assert not [line for line in rows if f",{evidence}," in line]


def test_json_tells_who_is_missing_and_the_range_of_people_from_ten():
    told = _document(planting.group(AGREED, "sales", response=Response.SOME_SILENT))
    assert _group(told, "sales")["response"] == "some_silent"
    assert _group(told, "north")["items"]["calm_1"] == {"state": "shown", "word": "most"}
    people = _group(told, "sales")["items"]["calm_1"]["favourable_people"]
    assert people == {"low": 12, "high": 14}


def test_json_tells_what_is_found_of_the_whole_only_to_who_may_open_all_of_it():
    told = _document(AGREED)
    assert told["themes"][0]["reliability"] == {
        "value": 0.71, "by": "alpha", "band": "fine", "turned": ["lead_2"],
    }  # fmt: skip
    assert (told["themes"][0]["icc1"], told["themes"][0]["icc2"]) == (0.09, 0.44)
    assert (told["void"], told["withdrawn"]) == (0, 1)
    assert told["settings"]["numbers_from"] == 10
    assert [one["theme"] for one in told["drivers"]["themes"]] == [
        "leader_support", "co_regulation",
    ]  # fmt: skip
    part = _document(AGREED, only={"north"})
    assert not {"drivers", "settings", "withdrawn"} & part.keys()
    assert not {"reliability", "icc1", "icc2"} & part["themes"][0].keys()
    rows = _rows(AGREED, only={"north"})
    assert {row["measure"] for row in rows} & FOUND == {"response", "mean_if_silent"}


def test_of_the_leaders_theme_nothing_is_found_for_the_whole_unless_it_is_for_everybody():
    own = Viewer(frozenset({"north"}))
    assert not {"reliability", "icc1"} & {row["measure"] for row in _rows(a_snapshot(), own)}
    assert "reliability" not in _document(a_snapshot(), own)["themes"][0]
    assert [one["theme"] for one in _document(a_snapshot(), own)["drivers"]["themes"]] == [
        "co_regulation"
    ]


@pytest.mark.parametrize("response", [Response.HALF_SILENT, Response.TOO_SILENT])
def test_what_too_few_answers_do_not_carry_is_in_no_export(response):
    snapshot = planting.group(AGREED, "sales", response=response)
    measures = {row["measure"] for row in _rows(snapshot) if row["group"] == "sales"}
    cell = _group(_document(snapshot), "sales")["themes"]["leader_support"]
    assert "change" not in measures
    assert (cell["change"], cell["moved"]) == (None, None)
    compares = response is Response.HALF_SILENT
    assert ({"label", "organisation_mean"} <= measures) == compares
    assert (cell["compared"] is not None) == compares


def test_a_snapshot_that_knows_nothing_of_this_has_the_rows_it_always_had():
    bare = planting.unknown(AGREED)
    assert not {row["measure"] for row in _rows(bare)} & FOUND
    told = _document(bare)
    assert (told["drivers"], told["settings"], told["withdrawn"]) == (None, None, None)
    assert "favourable_people" not in json.dumps(told)


def test_what_is_not_a_number_does_not_come_from_a_hidden_group():
    hidden = replace(
        AGREED.group("north"), responses=None, items={}, themes={}, response=None,
        counted_in="sales",
    )  # fmt: skip
    groups = tuple(hidden if g.id == "north" else g for g in AGREED.groups)
    assert not _told(_rows(replace(AGREED, groups=groups)), "north", "value")
