"""A snapshot is stored once, and read only if it is what was stored."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.conversations import listing
from teamhealth.conversations import storing as comments
from teamhealth.conversations.models import Comment
from teamhealth.errors import NotFoundError, UnavailableError
from teamhealth.results.count import CountedComment
from teamhealth.snapshots import storing
from teamhealth.snapshots.models import StoredSnapshot
from tests.conftest import NOON
from tests.makers import open_survey
from tests.rooms.cells.makers import a_snapshot, facts


@pytest.fixture
def snapshot(database, tmp_path):
    return a_snapshot(survey=facts(id=open_survey(database, tmp_path).id))


def test_a_snapshot_is_read_back_as_it_was_stored(database, snapshot):
    with database.write() as db:
        stored = storing.store(db, snapshot, at=NOON)
        db.commit()

    with database.read() as db:
        assert storing.load(db, "spring") == snapshot
        assert storing.body(db, "spring") == canonical(to_plain(snapshot))
    assert stored == digest(canonical(to_plain(snapshot)))


def test_a_second_snapshot_of_a_survey_is_refused(database, snapshot):
    with database.write() as db:
        storing.store(db, snapshot, at=NOON)
        db.commit()

    with database.write() as db, pytest.raises(IntegrityError):
        storing.store(db, snapshot, at=NOON)


def test_a_changed_snapshot_is_not_shown(database, snapshot):
    with database.write() as db:
        storing.store(db, snapshot, at=NOON)
        db.commit()
    with database.write() as db:
        stored = db.get(StoredSnapshot, "spring")
        stored.body = stored.body.replace(b"Autumn", b"August")
        db.commit()

    with database.read() as db, pytest.raises(UnavailableError, match="digest"):
        storing.load(db, "spring")


def test_a_survey_that_is_not_counted_has_no_snapshot(database, snapshot):
    assert snapshot
    with database.read() as db, pytest.raises(NotFoundError, match="not counted"):
        storing.load(db, "spring")


def _comments(count):
    return [
        CountedComment("acme", "comment", f"Words {number}", bytes(32))
        for number in range(count)
    ]


def test_comments_lie_in_an_order_that_means_nothing(database, snapshot):
    assert snapshot
    written = _comments(40)
    with database.write() as db:
        comments.store(db, "spring", written)
        db.commit()

    with database.read() as db:
        lying = [row.body for row in db.execute(select(Comment.body))]
        listed = [comment.body for comment in listing.listed(db, "spring", "acme")]
    told = [comment.body for comment in written]
    assert sorted(lying) == sorted(listed) == sorted(told)
    assert lying != told
    assert listed != told


def test_a_comment_that_is_held_back_is_not_listed(database, snapshot):
    assert snapshot
    with database.write() as db:
        comments.store(db, "spring", _comments(2))
        held = db.scalars(select(Comment)).first()
        held.held = True
        held_id: uuid.UUID = held.id
        db.commit()

    with database.read() as db:
        listed = listing.listed(db, "spring", "acme")
        assert [c.id for c in listed] != []
        assert held_id not in [c.id for c in listed]
        assert listing.listed(db, "spring", "north") == []
