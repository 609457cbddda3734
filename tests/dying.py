"""A worker that does one job of ``teamhealth.jobs`` and dies by SIGKILL at a step of it, as in a power cut."""

import os
import signal

from teamhealth import clock
from teamhealth.db import open_database
from teamhealth.jobs.accepting import accept
from teamhealth.jobs.closing import close
from teamhealth.jobs.launching import prepare
from teamhealth.settings import load
from tests.own_process import OwnProcess


def _accept(database, settings, survey, *, on_step):
    """Take the result that lies on the trustee's laptop (``tests.trustees``)."""
    result = settings.home.parent / "laptop" / "result"
    accept(database, settings, survey, result.read_bytes(), on_step=on_step)


JOBS = {"close": close, "prepare": prepare, "accept": _accept}


def kill_at(job, database, settings, survey, *, step, moment):
    """Run a job in a process of its own that dies at the step; insist that it got there."""
    url = database.engine.url.render_as_string(hide_password=False)
    worker = OwnProcess(_run, job, url, str(settings.home), survey, step, moment)
    worker.go()
    assert worker.end() == -signal.SIGKILL, f"did not die at {step}"


def begin(job, house, survey, *, moment):
    """Begin a job in a process of its own, and give the process as it sets to work."""
    words = [job, house.database_url, str(house.home), survey, "never", moment]
    worker = OwnProcess(_run, *words)
    worker.go()
    return worker


def _run(*words):
    job, url, home, survey, step, moment = words
    clock.now = lambda: moment
    database = open_database(url)
    settings = load({"TEAMHEALTH_HOME": home, "TEAMHEALTH_DATABASE_URL": url})

    def die(name):
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    JOBS[job](database, settings, survey, on_step=die)
