"""A large box is opened in several processes; if one of them dies, nothing has happened."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State
from teamhealth.conversations.models import Comment
from teamhealth.jobs.closing import close
from teamhealth.responses.models import SealedResponse
from teamhealth.results import batching, fanning
from teamhealth.results.fanning import CountStoppedError
from teamhealth.snapshots.models import StoredSnapshot
from tests.firms import answer_all, found, launch, survey_of


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch, at):
    """Let a few rows be what thousands are, on a machine of two cores."""
    assert at
    monkeypatch.setattr(batching, "ROWS", 3)
    monkeypatch.setattr(fanning, "FEW", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def _many(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def _kill_the_first_that_opens(stop):
    while not stop.wait(0.01):
        with suppress(OSError):  # a thread or process that is just gone
            for path in Path("/proc/self/task").glob("*/children"):
                for pid in path.read_text().split():
                    if b"teamhealth.results.hand" in Path(f"/proc/{pid}/cmdline").read_bytes():
                        os.kill(int(pid), signal.SIGKILL)
                        return


def test_a_process_that_dies_stops_the_close_and_the_next_one_counts(database, tmp_path):
    settings = found(database, tmp_path / "home")
    name = launch(database, settings)
    sent = answer_all(database, settings, name)
    stop = threading.Event()
    killer = threading.Thread(target=_kill_the_first_that_opens, args=(stop,))
    killer.start()

    with pytest.raises(CountStoppedError, match="Nothing was stored"):
        close(database, settings, name)

    stop.set()
    killer.join()
    assert survey_of(database, name).state is State.CLOSING
    assert _many(database, SealedResponse) == len(sent)
    assert _many(database, StoredSnapshot) == 0

    assert close(database, settings, name) is State.COUNTED

    assert _many(database, SealedResponse) == 0
    assert _many(database, Comment) == len(sent)
