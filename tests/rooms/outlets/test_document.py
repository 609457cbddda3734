"""The JSON export is the snapshot's document for a reader, in words where a cell is hidden."""

import json
from dataclasses import replace

from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.model import EnpsCell, ItemCell, Word
from teamhealth.outlets.document import document
from tests.rooms.cells.makers import a_snapshot, facts
from tests.rooms.outlets.makers import hide

AGREED = facts(leader_theme="agreed")


def _group(snapshot, name, viewer=HR):
    told = json.loads(json.dumps(document(snapshot, viewer), allow_nan=False))
    return next(group for group in told["groups"] if group["id"] == name)


def _with(snapshot, changed):
    groups = tuple(changed if g.id == changed.id else g for g in snapshot.groups)
    return replace(snapshot, groups=groups)


def test_a_shown_group_tells_its_responses_words_and_numbers():
    north = _group(a_snapshot(survey=AGREED), "north")
    sales = _group(a_snapshot(survey=AGREED), "sales")

    assert (north["state"], north["responses"]) == ("shown", 7)
    assert north["items"]["calm_1"] == {"state": "shown", "word": "most"}
    assert sales["items"]["calm_1"]["counts"] == [0, 1, 2, 10, 2]
    assert sales["items"]["calm_1"]["n"] == 15
    assert north["themes"]["leader_support"]["interval"] == {"low": 3.4, "high": 4.4}
    assert north["themes"]["leader_support"]["change"] == "unclear"


def test_a_hidden_group_says_one_neutral_sentence_and_where_it_was_counted():
    snapshot = a_snapshot(survey=AGREED)
    hidden = hide(snapshot.group("north"))

    north = _group(_with(snapshot, hidden), "north")

    assert north["state"] == "protected"
    assert north["sentence"] == "Not shown, to protect anonymity. Counted in Sales."
    assert "responses" not in north
    cells = [*north["items"].values(), *north["themes"].values(), north["enps"]]
    assert {cell["state"] for cell in cells} == {"protected"}
    assert {tuple(cell) for cell in cells} == {("state", "sentence")}


def test_no_number_of_answers_to_a_small_groups_item_is_in_it():
    snapshot = a_snapshot(survey=AGREED)
    south = replace(snapshot.group("south"), items={"calm_1": ItemCell(n=6, word=Word.MOST)})

    assert _group(_with(snapshot, south), "south")["items"]["calm_1"] == {
        "state": "shown",
        "word": "most",
    }


def test_the_recommendation_is_scored_from_twenty():
    assert "score" in _group(a_snapshot(), "acme")["enps"]
    fifteen = _group(a_snapshot(), "sales")["enps"]
    assert fifteen == {"state": "shown", "n": 15, "counts": [2, 3, 10]}
    root = replace(a_snapshot().root, enps=EnpsCell((20, 0, 0)))
    assert _group(_with(a_snapshot(), root), "acme")["enps"]["score"] == -100


def test_the_leaders_theme_goes_through_the_one_filter():
    assert "leader_support" not in json.dumps(document(a_snapshot(), HR)["groups"])
    north = Viewer(frozenset({"north"}))
    assert _group(a_snapshot(), "north", north)["themes"]["leader_support"]["state"] == "shown"
    other = _group(a_snapshot(), "south", north)["themes"]["leader_support"]
    assert other["state"] == "protected"
