"""The schema itself keeps the promises made to respondents."""

import pytest
from sqlalchemy import Date, DateTime, Integer, inspect, select

from teamhealth.conversations.models import Comment
from teamhealth.db import UTCDateTime
from teamhealth.migrations.tables import metadata
from teamhealth.responses.models import SealedResponse

COLUMNS = {  # all there are; whoever adds one says here, to every reader, that it is needed
    "account": "id email name password is_hr active language",
    "api_token": "id account_id label token_hash until",
    "batch": "id survey_id language kinds comments edition total done failed asked_at ready_at lease_until",
    "comment": "id survey_id group_id question body reply_hash held",
    "counted_list": "survey_id body",
    "desk_session": "token_hash account_id until",
    "group": "id parent_id path name position",
    "invitation": "id survey_id group_id person_id token_hash blinded_hash address copied paper void quiet",
    "lead": "person_id group_id",
    "letter": "id survey_id kind address name language facts encloses invitation_id "
    "attempts not_before claimed_until",
    "participation": "survey_id group_id step refreshed_on",
    "person": "id external_id email name language group_id answers_in_id on_paper",
    "pinned_file": "survey_id name digest body",
    "release": "survey_id leaders_from above_from at_once_because everybody_from letters talk_at encloses tells_at",
    "sealed_response": "nonce_hash survey_id group_id nonce signature envelope edit_hash",
    "set_up_link": "token_hash account_id until",
    "sign_in_try": "key count until",
    "snapshot": "survey_id digest body salt counted_at",
    "spare_seat": "id survey_id group_id token_hash",
    "survey": "id title form state k languages scope_id leader_theme leader_theme_reference "
    "contacts base_url launched_by created_at opened_at closes_at closes_latest closed_at "
    "previous_id headcount paper_note reminders reminded trustee instrument instrument_digest manifest fingerprint trouble "
    "trouble_since lease_until needs_scrubbing to_tell",
    "survey_group": "survey_id group_id position parent_id path name people invited on_paper spare spent gone "
    "reportable answers_in comments_in leaf proof",
    "survey_lead": "survey_id person_id group_id",
    "trustee_tray": "survey_id rehearsal expected proof issued until told result refusal",
}
ANONYMOUS = [SealedResponse.__table__, Comment.__table__]


@pytest.mark.parametrize("table", ANONYMOUS, ids=str)
def test_an_anonymous_table_has_no_clock_and_no_counter(table):
    telling = (Date, DateTime, UTCDateTime, Integer)
    assert [c.name for c in table.columns if isinstance(c.type, telling)] == []


@pytest.mark.parametrize("table", ANONYMOUS, ids=str)
def test_an_anonymous_table_points_at_the_survey_only(table):
    assert {fk.column.table.name for fk in table.foreign_keys} == {"survey"}


def test_nothing_is_stored_but_what_stands_in_this_list(database):
    stored = inspect(database.engine)
    found = {
        table: {column["name"] for column in stored.get_columns(table)}
        for table in stored.get_table_names()
    }
    assert found == {table: set(columns.split()) for table, columns in COLUMNS.items()}


def test_an_invitation_and_a_response_share_nothing_but_survey_and_group():
    ours = {c.name for c in metadata.tables["sealed_response"].columns}
    theirs = {c.name for c in metadata.tables["invitation"].columns}
    assert ours & theirs == {"survey_id", "group_id"}


def test_every_table_can_be_made_and_read_on_both_databases(database):
    assert set(inspect(database.engine).get_table_names()) == set(metadata.tables)
    with database.read() as session:
        assert session.scalars(select(SealedResponse)).all() == []
