"""The worker is killed while it sends, again and again: nobody is left out, and a kill costs at most one duplicate."""

import random
import signal
import time
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.firms import found, launch
from tests.postman import send, start
from tests.postoffice import PostOffice, opened

LATER = timedelta(minutes=11)  # when the claim of a killed worker has run out


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_moment_everybody_gets_the_letter(database, tmp_path, at, seed):
    assert at
    chance = random.Random(seed)  # noqa: S311
    settings = _unhurried(found(database, tmp_path / "home"))
    launch(database, settings)
    office, killed_holding = PostOffice(), 0

    with opened(office):
        for number in range(4):
            stage = chance.choice(["rcpt", "data"])
            worker = start(database, settings, office.url, NOON + number * LATER)
            office.kills = (worker.pid, chance.randrange(4), stage)
            worker.go()
            assert worker.end() == -signal.SIGKILL
            killed_holding += stage == "data"
        left_alone = send(database, settings, office.url, NOON + 3 * LATER)
        rest = send(database, settings, office.url, NOON + 4 * LATER)

    assert (left_alone > 0, rest) == (True, 1)  # the last killed worker's claim first runs out
    assert len(office.received) == 19
    assert sum(office.received.values()) == 19 + killed_holding
    messages = {(one["Message-ID"], str(one["To"])) for one in office.letters}
    assert len(messages) == 19  # a duplicate is known by its Message-ID


def test_killed_while_it_writes_files_everybody_has_one_whole_letter(database, tmp_path, at):
    assert at
    chance = random.Random(3)  # noqa: S311
    settings = found(database, tmp_path / "home", {"Acme": 1, "Acme/North": 80})
    launch(database, settings)
    box = tmp_path / "box"

    for number in range(3):
        worker = start(database, settings, f"file:{box}", NOON + number * LATER)
        worker.go()
        before = len(list(box.glob("*.eml")))
        while len(list(box.glob("*.eml"))) < before + chance.randrange(3, 20):
            assert worker.is_running
            time.sleep(0.002)
        worker.kill()
        assert worker.end() == -signal.SIGKILL
    send(database, settings, f"file:{box}", NOON + 3 * LATER)

    letters = [file.read_bytes() for file in box.glob("*.eml")]
    assert len(letters) == 81
    assert all(letter.rstrip().endswith(b"==--") for letter in letters)


def _unhurried(settings):
    """Let a mail server take all letters in one run."""
    return type(settings)(**{**vars(settings), "mail_rate": 6000})
