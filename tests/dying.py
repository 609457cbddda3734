"""A worker that is killed: ``python -m tests.dying JOB URL HOME SURVEY STEP MOMENT``.

Does one job of ``teamhealth.jobs`` and dies by SIGKILL at that step, as in a power cut.
"""

import os
import signal
import subprocess
import sys
from datetime import datetime

from teamhealth import clock
from teamhealth.db import open_database
from teamhealth.jobs.accepting import accept
from teamhealth.jobs.closing import close
from teamhealth.jobs.launching import prepare
from teamhealth.settings import load


def _accept(database, settings, survey, *, on_step):
    """Take the result that lies on the trustee's laptop (``tests.trustees``)."""
    result = settings.home.parent / "laptop" / "result"
    accept(database, settings, survey, result.read_bytes(), on_step=on_step)


JOBS = {"close": close, "prepare": prepare, "accept": _accept}


def kill_at(job, database, settings, survey, *, step, moment):
    """Run a job in a process of its own that dies at the step; insist that it got there."""
    url = database.engine.url.render_as_string(hide_password=False)
    words = [job, url, str(settings.home), survey, step, moment.isoformat()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.dying", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, f"did not die at {step}: {done.stderr}"


def begin(job, house, survey, *, moment):
    """Begin a job in a process of its own, and give the process when it is about to work."""
    words = [job, house.database_url, str(house.home), survey, "never", moment.isoformat()]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.dying", *words], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def _run(*words):
    job, url, home, survey, step, moment = words
    then = datetime.fromisoformat(moment)
    clock.now = lambda: then
    database = open_database(url)
    settings = load({"TEAMHEALTH_HOME": home, "TEAMHEALTH_DATABASE_URL": url})

    def die(name):
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    print("ready", flush=True)  # noqa: T201
    JOBS[job](database, settings, survey, on_step=die)


if __name__ == "__main__":
    _run(*sys.argv[1:])
