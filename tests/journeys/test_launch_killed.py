"""The worker is killed while it prepares a survey: the next one ends the same."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State, SurveyGroup
from teamhealth.credentials.codes import b64
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.launching import prepare
from teamhealth.jobs.watching import watch
from teamhealth.keys import box, issuers
from tests.conftest import NOON
from tests.dying import kill_at
from tests.firms import answer_all, ask_for, found, survey_of

LATER = NOON + timedelta(minutes=10)


@pytest.mark.parametrize("step", ["keys", "opening"])
def test_killed_before_the_commit_nobody_was_invited_and_all_keys_are_made_anew(
    database, tmp_path, at, step
):
    settings = found(database, tmp_path / "home")
    name = ask_for(database, settings)
    kill_at("prepare", database, settings, name, step=step, moment=NOON)
    stale = box.public_point(box.load(settings.keys, name))
    state, invited = survey_of(database, name).state, _rows(database, Invitation)
    (settings.keys / "issuers" / name / "gone-group.der").write_bytes(b"of an earlier tree")

    at(LATER)
    prepare(database, settings, name)

    assert (state, invited) == (State.PREPARING, 0)
    assert survey_of(database, name).state is State.OPEN
    assert _rows(database, Invitation) == 19
    assert json.loads(survey_of(database, name).manifest)["box"] != b64(stale)
    assert not (settings.keys / "issuers" / name / "gone-group.der").exists()
    assert watch(database, settings, name)
    issuers.load.cache_clear()
    assert {sent.status for sent in answer_all(database, settings, name)} == {200}


def test_killed_after_the_commit_it_is_open(database, tmp_path, at):
    settings = found(database, tmp_path / "home")
    name = ask_for(database, settings)
    kill_at("prepare", database, settings, name, step="open", moment=NOON)

    at(LATER)
    prepare(database, settings, name)

    assert survey_of(database, name).state is State.OPEN
    assert _rows(database, SurveyGroup) == 4
    assert _rows(database, Invitation) == 19
    assert watch(database, settings, name)


def test_while_the_dead_workers_lease_runs_nobody_else_begins(database, tmp_path, at):
    settings = found(database, tmp_path / "home")
    name = ask_for(database, settings)
    kill_at("prepare", database, settings, name, step="keys", moment=NOON)

    at(NOON + timedelta(minutes=4))

    assert prepare(database, settings, name) is State.PREPARING


def _rows(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))
