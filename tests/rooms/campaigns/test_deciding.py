"""What HR may decide after the launch, and what no decision may do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhealth.campaigns import deciding
from teamhealth.campaigns.models import Participation, State
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.mail.models import Letter
from tests.conftest import NOON
from tests.firms import survey_of
from tests.makers import open_survey, set_state


@pytest.fixture
def name(database, tmp_path):
    return open_survey(database, tmp_path).id


def _decide(database, decision, *args, **more):
    with database.write() as db:
        decision(db, *args, **more)
        db.commit()


def test_a_closing_date_can_be_put_off_and_everybody_will_be_told(database, name):
    later = survey_of(database, name).closes_at + timedelta(days=3)

    _decide(database, deciding.extend, name, later, now=NOON)

    survey = survey_of(database, name)
    assert (survey.closes_at, survey.to_tell) == (later, "extended")


@pytest.mark.parametrize(
    ("days", "told"), [(0, "must be later"), (-1, "must be later"), (15, "promised")]
)
def test_a_date_is_never_earlier_than_announced_nor_later_than_promised(
    database, name, days, told
):
    closes = survey_of(database, name).closes_at

    with pytest.raises(RefusedError, match=told):
        _decide(database, deciding.extend, name, closes + timedelta(days=days), now=NOON)

    assert survey_of(database, name).closes_at == closes


def test_an_overdue_survey_is_not_extended_into_the_past(database, name):
    closes = survey_of(database, name).closes_at

    with pytest.raises(RefusedError, match="later"):
        _decide(
            database,
            deciding.extend,
            name,
            closes + timedelta(hours=1),
            now=closes + timedelta(hours=2),
        )


def test_closing_deletes_participation_and_letters_that_were_not_sent(database, name):
    with database.write() as db:
        db.add(Participation(survey_id=name, group_id="north", step="most", refreshed_on=NOON))
        for survey in (name, None):
            db.add(
                Letter(
                    survey_id=survey,
                    kind="reminder",
                    address="a@b.example",
                    language="en",
                    facts={},
                    not_before=NOON,
                )
            )
        db.commit()

    _decide(database, deciding.close_now, name, now=NOON)

    survey = survey_of(database, name)
    assert (survey.state, survey.closed_at) == (State.CLOSING, NOON)
    with database.read() as db:
        assert db.scalars(select(Participation)).all() == []
        assert [letter.survey_id for letter in db.scalars(select(Letter))] == [None]


def test_a_decision_taken_twice_is_one(database, name):
    for _ in range(2):
        _decide(database, deciding.close_now, name, now=NOON)
    for _ in range(2):
        _decide(database, deciding.cancel, name, reason="A pause.", now=NOON)

    survey = survey_of(database, name)
    assert (survey.state, survey.trouble) == (State.CANCELLED, "A pause.")
    assert survey.needs_scrubbing


@pytest.mark.parametrize(
    ("state", "decision"),
    [
        (State.PREPARING, deciding.close_now),
        (State.COUNTED, deciding.close_now),
        (State.CANCELLED, deciding.close_now),
        (State.COUNTED, deciding.cancel),
        (State.PUBLISHED, deciding.cancel),
    ],
)
def test_no_state_is_entered_twice_or_skipped(database, name, state, decision):
    set_state(database, name, state)

    with pytest.raises(RefusedError, match="nothing was changed"):
        _decide(database, decision, name, now=NOON)


def test_only_a_counted_survey_is_published(database, name):
    with pytest.raises(RefusedError, match="Only a counted survey"):
        _decide(database, deciding.publish, name, now=NOON)

    set_state(database, name, State.COUNTED)
    for _ in range(2):
        _decide(database, deciding.publish, name, now=NOON)

    assert survey_of(database, name).state is State.PUBLISHED


def test_only_an_open_survey_is_extended(database, name):
    set_state(database, name, State.CLOSING)

    with pytest.raises(RefusedError, match="Only an open survey"):
        _decide(database, deciding.extend, name, NOON + timedelta(days=20), now=NOON)


def test_a_survey_that_is_none_is_not_decided_about(database, name):
    assert name
    with pytest.raises(NotFoundError, match="autumn"):
        _decide(database, deciding.publish, "autumn", now=NOON)
