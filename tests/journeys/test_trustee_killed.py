"""Killed at every step between the close and the stored result of a trustee, the end is the same."""

from datetime import timedelta

import pytest

from teamhealth.campaigns import entrusting
from teamhealth.campaigns.models import State
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.jobs.sweeping import sweep
from teamhealth.snapshots import storing
from tests.conftest import NOON
from tests.dying import kill_at
from tests.firms import answer_all, found, survey_of
from tests.trustees import Laptop, counted_here, entrusted

CLOSING = ("closing", "entrusting", "entrusted", "boxed", "destroyed", "scrubbed")


@pytest.mark.slow
def test_killed_anywhere_a_trustees_survey_ends_the_same(database, tmp_path, at, request):
    at(NOON)
    settings = found(database, tmp_path / "home")
    laptop = Laptop(tmp_path / "laptop")
    name = entrusted(database, settings, laptop)
    answer_all(database, settings, name, share=0.8)
    moment = NOON
    everything = request.config.getoption("--attack")
    for step in CLOSING if everything else ("entrusting", "boxed"):
        kill_at("close", database, settings, name, step=step, moment=moment)
        moment += timedelta(minutes=10)
    at(moment)
    sweep(database, settings)
    box = entrusting.box_place(settings, name)
    assert survey_of(database, name).state is State.AWAITING_TRUSTEE
    assert not [file for file in settings.keys.rglob("*") if file.is_file()]
    expected = digest(
        canonical(to_plain(counted_here(database, name, laptop.pair.box).snapshot))
    )
    laptop.count(box)

    for step in ("checked", "storing") if everything else ("storing",):
        kill_at("accept", database, settings, name, step=step, moment=moment)
        moment += timedelta(minutes=10)
        assert survey_of(database, name).state is State.AWAITING_TRUSTEE
    kill_at("accept", database, settings, name, step="stored", moment=moment)
    assert survey_of(database, name).state is State.COUNTED
    at(moment + timedelta(minutes=10))
    sweep(database, settings)

    survey = survey_of(database, name)
    assert (survey.state, survey.needs_scrubbing) == (State.COUNTED, False)
    assert not box.exists()
    with database.read() as db:
        assert digest(storing.body(db, name)) == expected
