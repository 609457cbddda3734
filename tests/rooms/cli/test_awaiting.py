"""A command that finds a worker at the same survey waits for what becomes of it."""

import threading
import time

from teamhealth.campaigns.models import State
from teamhealth.cli.awaiting import settled
from teamhealth.jobs import leasing
from teamhealth.jobs.launching import prepare
from tests.firms import ask_for, found, survey_of


def _prepared(database, settings, name):
    return settled(
        database, name, lambda: prepare(database, settings, name), unless=State.PREPARING
    )


def test_it_waits_until_the_worker_has_opened_the_survey(database, tmp_path, at):
    assert at
    settings = found(database, tmp_path / "home")
    name = ask_for(database, settings)
    ready, going_on = threading.Event(), threading.Event()

    def slow(step):
        if step == "keys":
            ready.set()
            going_on.wait(20)

    worker = threading.Thread(
        target=prepare, args=(database, settings, name), kwargs={"on_step": slow}
    )
    worker.start()
    assert ready.wait(20)
    threading.Timer(0.5, going_on.set).start()
    before = time.monotonic()

    state = _prepared(database, settings, name)

    worker.join()
    assert state is State.OPEN
    assert time.monotonic() - before > 0.4


def test_it_takes_over_from_a_worker_that_gave_up(database, tmp_path, at):
    assert at
    settings = found(database, tmp_path / "home")
    name = ask_for(database, settings)
    let_go = threading.Event()

    def hold():
        with leasing.leased(database, name, State.PREPARING):
            let_go.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    while survey_of(database, name).lease_until is None:
        time.sleep(0.01)
    threading.Timer(0.3, let_go.set).start()

    state = _prepared(database, settings, name)

    holder.join()
    assert state is State.OPEN
