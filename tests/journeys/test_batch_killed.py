"""Reports printed in the background: killed anywhere they go on where they were, and two workers print none twice."""

import os
import random
import time
import uuid
import zipfile

import pytest

from teamhealth import clock
from teamhealth.campaigns import batches
from teamhealth.campaigns.released import Batch
from teamhealth.db import open_database
from teamhealth.jobs import batching, printing
from teamhealth.jobs.printing import Run
from teamhealth.outlets import kinds
from teamhealth.settings import load
from teamhealth.snapshots import storing
from tests.makers import settings_of
from tests.northwind import LATEST, settle
from tests.own_process import OwnProcess

CHOSEN = ("summary", "talk", "organisation")


class House:
    """Northwind, with a wish for its reports."""

    def __init__(self, database, home):
        self.database, self.settings = database, settings_of(database, home)
        self.snapshot = settle(database)
        self.wanted = batching.wanted_of(self.snapshot, CHOSEN)
        with database.write() as db:
            mark = storing.mark(db, LATEST)
            self.name = batches.ask(
                db,
                LATEST,
                language="en",
                kinds=CHOSEN,
                comments=False,
                edition=batches.edition(mark, None),
                total=len(self.wanted),
                now=clock.now(),
            ).id
            db.commit()

    @property
    def batch(self):
        with self.database.read() as db:
            return db.get(Batch, self.name)

    @property
    def folder(self):
        return batches.folder(self.settings.home, LATEST) / str(self.name)

    def worker(self):
        url = self.database.engine.url.render_as_string(hide_password=False)
        process = OwnProcess(_work, url, str(self.settings.home))
        process.go()
        return process

    def let_the_lease_run_out(self):
        with self.database.write() as db:
            db.get(Batch, self.name).lease_until = None
            db.commit()

    def is_whole(self):
        """Insist that the zip holds each report once and that nothing else is left."""
        place = batches.zip_of(self.settings.home, self.batch)
        with zipfile.ZipFile(place) as pack:
            assert pack.namelist() == [one.file_name for one in self.wanted]
            assert all(pack.read(name).startswith(b"%PDF") for name in pack.namelist())
        assert sorted(path.name for path in place.parent.iterdir()) == [place.name]
        batch = self.batch
        assert (batch.done, batch.failed, batch.total) == (
            len(self.wanted),
            0,
            len(self.wanted),
        )


def _work(url, home):
    database = open_database(url)
    settings = load({"TEAMHEALTH_HOME": home, "TEAMHEALTH_DATABASE_URL": url})
    batching.print_due(database, settings)


@pytest.fixture
def house(database, tmp_path):
    return House(database, tmp_path / "home")


@pytest.mark.slow
def test_a_batch_that_was_killed_goes_on_where_it_was(house, request):
    rounds = 6 if request.config.getoption("--attack") else 1
    for _ in range(rounds):
        worker = house.worker()
        before = set(house.folder.glob("*.pdf"))
        wait = time.monotonic() + 20
        while set(house.folder.glob("*.pdf")) == before and time.monotonic() < wait:
            time.sleep(0.02)
        time.sleep(random.random() * 0.3)  # noqa: S311
        worker.kill()
        worker.end()
        house.let_the_lease_run_out()
    finished = house.batch.ready_at is not None
    there = len(house.wanted) if finished else len(list(house.folder.glob("*.pdf")))

    printed = batching.print_due(house.database, house.settings, batching.How(seconds=600))

    assert printed == len(house.wanted) - there
    assert there >= 1
    house.is_whole()


@pytest.mark.slow
def test_two_workers_at_once_print_each_report_once(house):
    one, other = house.worker(), house.worker()
    one.end()
    other.end()
    batching.print_due(house.database, house.settings)

    house.is_whole()


@pytest.mark.long
def test_what_takes_longer_than_a_run_is_gone_on_with_in_the_next(house):
    counts = []
    while house.batch.ready_at is None:
        counts.append(
            batching.print_due(
                house.database, house.settings, batching.How(hands=1, seconds=0.01)
            )
        )
        assert len(counts) < 9

    assert sum(counts) >= len(house.wanted)
    house.is_whole()


@pytest.mark.long
def test_a_report_that_cannot_be_printed_keeps_no_other_back(house, monkeypatch):
    real = kinds.wanted

    def with_one_too_many(snapshot):
        ghost = kinds.Wanted(kinds.Kind.TALK, "no-such-group", "ghost")
        return (ghost, *real(snapshot))

    monkeypatch.setattr(kinds, "wanted", with_one_too_many)
    batching.print_due(house.database, house.settings, batching.How(seconds=600))

    batch = house.batch
    assert batch.ready_at is not None
    assert (batch.done, batch.failed) == (len(house.wanted), 1)


@pytest.mark.long
def test_a_process_makes_room_for_another_after_so_many_reports(house, monkeypatch):
    pids = []
    real = printing.Hand

    class Noted(real):
        def __init__(self, run):
            super().__init__(run)
            pids.append(self.pid)

    monkeypatch.setattr(printing, "Hand", Noted)
    run = Run.of(house.database, LATEST, house.folder, "en")
    done = list(printing.printing(run, house.wanted, hands=1, recycled=1))

    assert len(pids) == len(set(pids)) == len(done) == len(house.wanted)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_when_the_worker_dies_its_processes_end_by_themselves(house, tmp_path):
    run = Run.of(house.database, LATEST, tmp_path / "out", "en")
    (tmp_path / "out").mkdir()
    hand = printing.Hand(run)
    assert hand.print_one(house.wanted[0]) == ""

    hand._process.stdin.close()  # what the system does with our end when we die

    assert hand._process.wait(10) == 0
    hand.end()


def test_files_of_no_batch_are_deleted(house):
    stray = house.folder.parent / str(uuid.uuid4())
    stray.mkdir(parents=True)
    (stray / "x.pdf").write_bytes(b"%PDF")
    house.folder.mkdir()

    batching.tidy(house.database, house.settings, now=clock.now())

    assert (stray.exists(), house.folder.exists()) == (False, True)
