"""A survey lives from launch to result by sweeps alone, however many of them there are."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import Participation, State
from teamhealth.conversations.models import Comment
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.sweeping import sweep
from teamhealth.keys import destroying
from teamhealth.snapshots.models import StoredSnapshot
from tests.conftest import NOON
from tests.firms import answer_all, ask_for, found, launch, survey_of

DUE = NOON + timedelta(days=14)


@pytest.fixture
def settings(database, tmp_path, at):
    at(NOON)
    return found(database, tmp_path / "home")


def _count(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def test_sweeps_alone_open_watch_close_and_count(database, settings, at):
    name = ask_for(database, settings)

    first = sweep(database, settings)
    answer_all(database, settings, name)
    at(DUE - timedelta(seconds=1))
    early = sweep(database, settings)
    state_before = survey_of(database, name).state
    at(DUE)
    last = sweep(database, settings)

    assert (first.opened, first.refreshed, early.counted) == ([name], [name], [])
    assert state_before is State.OPEN
    assert last.counted == [name]
    survey = survey_of(database, name)
    assert (survey.state, survey.needs_scrubbing) == (State.COUNTED, False)
    assert _count(database, Participation) == 0
    assert destroying.surveys(settings.keys) == frozenset()
    assert first.problems + early.problems + last.problems == []


def test_a_further_sweep_finds_nothing_to_do(database, settings, at):
    name = launch(database, settings)
    answer_all(database, settings, name)
    at(DUE)
    sweep(database, settings)

    again = sweep(database, settings)

    assert (again.opened, again.counted, again.refreshed, again.problems) == ([], [], [], [])


def test_two_sweeps_at_once_open_once_and_count_once(database, settings, at):
    name = ask_for(database, settings)
    _both(database, settings)
    invited = _count(database, Invitation)
    answer_all(database, settings, name)
    at(DUE)
    _both(database, settings)
    sweep(database, settings)

    assert invited == 19
    assert _count(database, StoredSnapshot) == 1
    assert _count(database, Comment) == 19
    assert not survey_of(database, name).needs_scrubbing


def _both(database, settings):
    ready = threading.Barrier(2)

    def work():
        ready.wait()
        return sweep(database, settings)

    with ThreadPoolExecutor(2) as pool:
        reports = [one.result() for one in [pool.submit(work), pool.submit(work)]]
    assert [report.problems for report in reports] == [[], []]


def test_the_fault_of_one_survey_stops_no_other_and_is_logged_by_its_class(
    database, settings, at, caplog
):
    north = launch(database, settings, scope_path="Acme/North", title="North")
    south = launch(
        database,
        settings,
        scope_path="Acme/South",
        title="South",
        closes_at=DUE + timedelta(days=1),
    )
    (settings.home / "snapshots").write_text("in the place of the folder")
    at(DUE)

    report = sweep(database, settings)
    watched = survey_of(database, south).trouble

    assert ("close", north, "FileExistsError") in report.problems
    assert "FileExistsError" in caplog.text
    assert "in the place" not in caplog.text
    assert watched == ""
    assert north in destroying.surveys(settings.keys)  # not before the file is written
    (settings.home / "snapshots").unlink()
    at(DUE + timedelta(minutes=6))
    assert sweep(database, settings).problems == []
    assert north not in destroying.surveys(settings.keys)
    assert not survey_of(database, north).needs_scrubbing


def test_lost_keys_are_reported_by_every_sweep(database, settings):
    name = launch(database, settings)
    (settings.keys / "links" / name).unlink()

    reports = [sweep(database, settings) for _ in range(2)]

    assert [report.without_keys for report in reports] == [[name], [name]]


def test_a_machine_without_keys_closes_but_leaves_the_count_to_the_one_with_keys(
    database, settings, tmp_path, at
):
    if database.is_sqlite:
        return  # there is only one machine
    name = launch(database, settings)
    answer_all(database, settings, name)
    elsewhere = type(settings)(**{**vars(settings), "home": tmp_path / "elsewhere"})
    at(DUE)

    other = sweep(database, elsewhere)
    state = survey_of(database, name).state
    ours = sweep(database, settings)

    assert (other.counted, other.problems, state) == ([], [], State.CLOSING)
    assert ours.counted == [name]


def test_keys_of_a_survey_that_another_machine_finished_are_destroyed_here(
    database, settings, tmp_path, at
):
    if database.is_sqlite:
        return  # there is only one machine
    name = launch(database, settings)
    elsewhere = type(settings)(**{**vars(settings), "home": tmp_path / "elsewhere"})
    at(DUE)
    sweep(database, elsewhere)
    at(DUE + timedelta(days=14))
    sweep(database, elsewhere)  # nobody counted it for fourteen days
    left = destroying.surveys(settings.keys)

    sweep(database, settings)

    assert survey_of(database, name).state is State.CANCELLED
    assert (left, destroying.surveys(settings.keys)) == ({name}, frozenset())
