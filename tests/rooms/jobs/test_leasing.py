"""Of many workers one has a survey in hand, and whoever lost it stores nothing."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import RefusedError
from teamhealth.jobs.leasing import LeaseLostError, leased
from tests.conftest import NOON
from tests.makers import open_survey, set_state


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def name(database, tmp_path):
    return open_survey(database, tmp_path).id


def test_the_second_worker_finds_the_survey_taken_and_later_free(database, name):
    with (
        leased(database, name, State.OPEN) as first,
        leased(database, name, State.OPEN) as second,
    ):
        taken = (first is not None, second is None)
    with leased(database, name, State.OPEN) as third:
        assert third is not None
    assert taken == (True, True)


def test_a_survey_in_another_state_is_not_taken(database, name):
    with leased(database, name, State.CLOSING) as lease:
        assert lease is None


def test_a_dead_workers_lease_runs_out_and_the_dead_store_nothing(database, name, at):
    with leased(database, name, State.OPEN) as slow:
        at(NOON + timedelta(minutes=6))
        with leased(database, name, State.OPEN) as quick:
            assert quick is not None
            with database.write() as db, pytest.raises(LeaseLostError):
                slow.hold(db)
            with database.write() as db:
                assert quick.hold(db).id == name


def test_a_sign_of_life_keeps_the_survey(database, name, at):
    with leased(database, name, State.OPEN) as lease:
        at(NOON + timedelta(minutes=4))
        lease.renew()
        at(NOON + timedelta(minutes=8))
        with leased(database, name, State.OPEN) as other:
            assert other is None
        with database.write() as db:
            assert lease.hold(db).id == name


def test_who_gave_a_survey_up_lets_go_of_nobody_elses_lease_of_the_same_second(database, name):
    with leased(database, name, State.OPEN), ExitStack() as both:
        with database.write() as db:  # as those do who store their result
            db.get(Survey, name).lease_until = None
            db.commit()
        other = both.enter_context(leased(database, name, State.OPEN))
        rest = both.pop_all()
    with rest, leased(database, name, State.OPEN) as third:
        assert (other is not None, third is None) == (True, True)


def test_a_decision_in_between_wins(database, name):
    with leased(database, name, State.OPEN) as lease:
        set_state(database, name, State.CANCELLED)
        with database.write() as db, pytest.raises(LeaseLostError, match="state was changed"):
            lease.hold(db)


def test_after_a_refusal_the_survey_is_free_and_after_a_fault_only_later(database, name, at):
    with pytest.raises(RefusedError), leased(database, name, State.OPEN):
        raise RefusedError("No.")
    with pytest.raises(ZeroDivisionError), leased(database, name, State.OPEN):
        raise ZeroDivisionError
    with leased(database, name, State.OPEN) as at_once:
        assert at_once is None
    at(NOON + timedelta(minutes=5))
    with leased(database, name, State.OPEN) as later:
        assert later is not None
