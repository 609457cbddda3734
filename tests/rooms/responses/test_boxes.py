"""The count gets every row, by group; exactly what it read is deleted."""

import hashlib

import pytest
from sqlalchemy import func, select

from teamhealth.errors import ConflictError
from teamhealth.responses.boxes import Row, boxes, delete_exactly, destroy
from teamhealth.responses.models import SealedResponse
from tests.makers import open_survey


@pytest.fixture
def survey(database, tmp_path):
    name = open_survey(database, tmp_path).id
    with database.write() as db:
        db.add_all(_row(name, number) for number in range(600))
        db.commit()
    return name


def _row(survey, number):
    raw = hashlib.sha256(str(number).encode()).digest()
    return SealedResponse(
        nonce_hash=hashlib.sha256(raw).digest(),
        survey_id=survey,
        group_id=("north", "south")[number % 2],
        nonce=raw,
        signature=b"s" * 256,
        envelope=b"x" * 4177 if number % 5 else None,
        edit_hash=hashlib.sha256(raw + raw).digest(),
    )


def _left(database):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(SealedResponse))


def test_rows_come_by_group_and_in_no_order_of_arrival(database, survey):
    with database.read() as db:
        found = {group: list(rows) for group, rows in boxes(db, survey)}

    assert list(found) == ["north", "south"]
    assert [len(rows) for rows in found.values()] == [300, 300]
    first = found["north"][0]
    assert first == Row(
        hashlib.sha256(first.nonce).digest(), first.nonce, b"s" * 256, first.envelope
    )
    for rows in found.values():
        hashes = [row.nonce_hash for row in rows]
        assert hashes == sorted(hashes)


def test_exactly_what_was_read_is_deleted(database, survey):
    with database.read() as db:
        read = [
            row.nonce_hash
            for group, rows in boxes(db, survey)
            if group == "north"
            for row in rows
        ]

    with database.write() as db:
        delete_exactly(db, survey, read)
        db.commit()

    assert _left(database) == 300
    with pytest.raises(ConflictError, match="another worker"), database.write() as db:
        delete_exactly(db, survey, read[:3])


def test_a_cancelled_survey_is_destroyed_unopened(database, survey):
    with database.write() as db:
        assert destroy(db, survey) == 600
        db.commit()

    assert _left(database) == 0
