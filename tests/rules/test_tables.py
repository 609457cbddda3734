"""The schema itself keeps the promises made to respondents."""

import pytest
from sqlalchemy import Date, DateTime, Integer, inspect, select

from teamhealth.db import UTCDateTime
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import SealedResponse
from teamhealth.snapshots.models import Comment

ANONYMOUS = [SealedResponse.__table__, Comment.__table__]


@pytest.mark.parametrize("table", ANONYMOUS, ids=str)
def test_an_anonymous_table_has_no_clock_and_no_counter(table):
    telling = (Date, DateTime, UTCDateTime, Integer)
    assert [c.name for c in table.columns if isinstance(c.type, telling)] == []


@pytest.mark.parametrize("table", ANONYMOUS, ids=str)
def test_an_anonymous_table_points_at_the_survey_only(table):
    assert {fk.column.table.name for fk in table.foreign_keys} == {"survey"}


def test_an_invitation_and_a_response_share_nothing_but_survey_and_group():
    ours = {c.name for c in metadata.tables["sealed_response"].columns}
    theirs = {c.name for c in metadata.tables["invitation"].columns}
    assert ours & theirs == {"survey_id", "group_id"}


def test_every_table_can_be_made_and_read_on_both_databases(database):
    assert set(inspect(database.engine).get_table_names()) == set(metadata.tables)
    with database.read() as session:
        assert session.scalars(select(SealedResponse)).all() == []
