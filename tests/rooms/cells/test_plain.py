"""The snapshot's schema: round trip, one spelling, and strict reading."""

import copy
import json
from dataclasses import replace

import pytest

from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import from_plain, to_plain, written
from tests.rooms.cells.makers import a_snapshot


def test_a_snapshot_survives_writing_and_reading_unchanged():
    snapshot = a_snapshot()

    body = canonical(to_plain(snapshot))

    assert from_plain(json.loads(body)) == snapshot


def test_written_group_by_group_it_is_the_same_bytes():
    snapshot = a_snapshot()
    empty = replace(snapshot, groups=())

    assert written(snapshot) == canonical(to_plain(snapshot))
    assert written(empty) == canonical(to_plain(empty))


def test_the_digest_is_the_same_whatever_order_the_cells_were_made_in():
    snapshot = a_snapshot()
    turned = replace(
        snapshot,
        groups=tuple(
            replace(group, items=dict(reversed(list(group.items.items()))))
            for group in snapshot.groups
        ),
    )

    assert digest(canonical(to_plain(turned))) == digest(canonical(to_plain(snapshot)))


def test_a_hidden_cell_is_null_and_nothing_else():
    snapshot = a_snapshot()
    plain = json.loads(canonical(to_plain(snapshot)))

    assert plain["groups"][2]["enps"] is None
    assert plain["groups"][0]["themes"]["co_regulation"] is None


def _set(plain, path, value):
    *way, last = path
    for step in way:
        plain = plain[step]
    plain[last] = value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 0),
        (["version"], 3),
        (["version"], 1),
        (["colour"], "red"),
        (["void"], -1),
        (["void"], True),
        (["cross_cuts"], {"tenure": 1}),
        (["cross_cuts"], []),
        (["cross_cuts", "tenure", 1, "values"], [1, 2]),
        (["cross_cuts", "tenure", 0, "values"], ["one"]),
        (["cross_cuts", "tenure", 0, "responses"], None),
        (["cross_cuts", "tenure", 0, "items", "lead_1"], {"n": 12, "counts": [0, 1, 2, 7, 2]}),
        (["cross_cuts", "tenure", 0, "themes", "leader_support", "full"], True),
        (["cross_cuts", "site"], [{}]),
        (["survey", "k"], "5"),
        (["survey", "languages"], ["en", "en"]),
        (["themes", 0, "correlation"], "high"),
        (["groups", 0, "parent"], "acme"),
        (["groups", 1, "parent"], "nowhere"),
        (["groups", 1, "counted_in"], "nowhere"),
        (["groups", 1, "id"], "acme"),
        (["groups", 1, "responses"], None),
        (["groups", 0, "enps"], [1, 2]),
        (["groups", 0, "items", "lead_1"], {"n": 30, "counts": [1, 2, 3]}),
        (["groups", 0, "items", "lead_1"], {"n": 30, "word": "some"}),
        (["groups", 0, "items", "lead_1"], {"n": 30, "word": "most", "counts": [6] * 5}),
        (["groups", 0, "items", "foreign"], None),
        (["groups", 0, "themes", "leader_support", "mean"], float("nan")),
        (["groups", 0, "themes", "leader_support", "items"], ["calm_1"]),
        (["groups", 0, "themes", "leader_support", "interval"], [4.0, 3.0]),
        (["groups", 0, "themes", "leader_support", "full"], 1),
        (["groups", 0, "themes", "leader_support", "change"], "up"),
    ],
)
def test_reading_refuses_what_the_schema_does_not_know(path, value):
    plain = copy.deepcopy(to_plain(a_snapshot()))
    _set(plain, path, value)

    with pytest.raises(ValueError, match=r"\w"):
        from_plain(plain)


def test_one_class_alone_is_refused():
    plain = to_plain(a_snapshot())
    del plain["cross_cuts"]["tenure"][0]

    with pytest.raises(ValueError, match="alone"):
        from_plain(plain)


def test_a_snapshot_from_before_there_were_cross_cuts_has_none_and_keeps_its_digest():
    plain = to_plain(a_snapshot())
    plain["cross_cuts"] = {}

    old = from_plain(plain)

    assert old.cross_cuts == {}
    assert canonical(to_plain(old)) == canonical(plain)


def test_reading_refuses_a_missing_key():
    plain = to_plain(a_snapshot())
    del plain["void"]

    with pytest.raises(ValueError, match="void"):
        from_plain(plain)


def test_canonical_json_has_no_nan_and_no_foreign_types():
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})
    with pytest.raises(ValueError, match="not plain data"):
        canonical({"a": {1, 2}})
