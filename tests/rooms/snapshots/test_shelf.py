"""Parsed snapshots are kept by mark and reader, and only a few."""

import pytest
from sqlalchemy import delete, event

from teamhealth.cells.audience import HR, LEADER_THEME, Viewer
from teamhealth.errors import NotFoundError, UnavailableError
from teamhealth.snapshots import storing
from teamhealth.snapshots.models import StoredSnapshot
from teamhealth.snapshots.shelf import Shelf
from tests.conftest import NOON
from tests.makers import open_survey
from tests.rooms.cells.makers import a_snapshot, facts


@pytest.fixture
def stored(database, tmp_path):
    name = open_survey(database, tmp_path).id
    with database.write() as db:
        storing.store(db, a_snapshot(survey=facts(id=name)), at=NOON)
        mark = storing.mark(db, name)
        db.commit()
    return mark


def test_each_reader_gets_what_they_may_see(database, stored):
    shelf = Shelf()
    with database.read() as db:
        for_hr = shelf.read(db, "spring", HR)
        for_leader = shelf.read(db, "spring", Viewer(frozenset({"north"})))
        again = shelf.read(db, "spring", HR)
    assert for_hr.mark == for_leader.mark == stored
    assert all(LEADER_THEME not in group.themes for group in for_hr.snapshot.groups)
    assert [g.id for g in for_leader.snapshot.groups if LEADER_THEME in g.themes] == ["north"]
    assert again.snapshot is for_hr.snapshot


def test_a_kept_snapshot_is_not_read_from_the_database_again(database, stored):
    assert stored
    shelf, asked = Shelf(), []
    with database.read() as db:
        shelf.read(db, "spring", HR)
        event.listen(
            database.engine, "before_cursor_execute", lambda *call: asked.append(call[2])
        )
        shelf.read(db, "spring", HR)
    assert asked
    assert not any("snapshot.body" in statement for statement in asked)


def test_only_a_few_are_kept(database, stored):
    assert stored
    shelf = Shelf(surveys=1, readers=1)
    with database.read() as db:
        first = shelf.read(db, "spring", HR)
        shelf.read(db, "spring", Viewer(frozenset({"north"})))
        assert shelf.read(db, "spring", HR).snapshot is not first.snapshot


def test_what_was_changed_or_is_not_counted_is_refused(database, stored):
    assert stored
    with database.write() as db:
        row = db.get(StoredSnapshot, "spring")
        row.body = row.body.replace(b"Autumn", b"August")
        db.commit()
    with database.read() as db, pytest.raises(UnavailableError, match="digest"):
        Shelf().read(db, "spring", HR)
    with database.write() as db:
        db.execute(delete(StoredSnapshot))
        db.commit()
    with database.read() as db, pytest.raises(NotFoundError, match="not counted"):
        Shelf().read(db, "spring", HR)
