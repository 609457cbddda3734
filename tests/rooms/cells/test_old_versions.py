"""Snapshots that older versions of the program stored stay readable. ``old/`` holds what they wrote."""

import json
from pathlib import Path

import pytest

from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.model import Change
from teamhealth.cells.plain import from_plain, to_plain

OLD = Path(__file__).parent / "old"
FIRST = OLD / "version_1.json"  # two surveys of made-up people, counted by commit 7d46aefc


def test_the_first_version_is_read_as_it_was_stored():
    body = FIRST.read_bytes()
    snapshot = from_plain(json.loads(body))

    assert digest(body) == "f5568d0927d5e1afc78bf914266f1e45ac3ac777cef3f2f89d0d2adbbaa24655"
    assert snapshot.version == 1
    assert (snapshot.survey.previous, snapshot.void, len(snapshot.groups)) == ("s1", 2, 13)
    assert [len(one) for one in snapshot.cross_cuts.values()] == [2, 2]
    assert snapshot.root.responses == 65
    assert snapshot.root.themes["safety"].change is Change.VERY_LIKELY_HIGHER
    assert snapshot.root.enps.score is not None


def test_what_the_first_version_did_not_say_is_not_known():
    snapshot = from_plain(json.loads(FIRST.read_bytes()))
    theme = snapshot.root.themes["safety"]

    assert (snapshot.withdrawn, snapshot.settings, snapshot.drivers) == (None, None, None)
    assert (snapshot.root.response, snapshot.root.history) == (None, None)
    assert (theme.silent, theme.moved, theme.agreement) == (None, None, None)


def test_an_old_snapshot_is_written_anew_in_the_present_version():
    snapshot = from_plain(json.loads(FIRST.read_bytes()))
    again = from_plain(json.loads(canonical(to_plain(snapshot))))

    assert again.version == 2
    assert again.groups == snapshot.groups
    assert again.cross_cuts == snapshot.cross_cuts


def test_what_only_a_later_version_knows_is_refused_in_an_older_one():
    plain = json.loads(FIRST.read_bytes())
    plain["drivers"] = None

    with pytest.raises(ValueError, match="drivers"):
        from_plain(plain)
