"""Opening in several processes: the same result, none left behind, and nothing of it in any file."""

import os
import random
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from teamhealth.cells.canonical import canonical
from teamhealth.cells.plain import to_plain
from teamhealth.results import batching, fanning
from teamhealth.results.batching import Batching
from teamhealth.results.count import Sealed, count, decide, tally_for
from teamhealth.results.fanning import CountStoppedError
from teamhealth.results.opening import Opener, Total
from teamhealth.results.sheets import form_of
from tests.rooms.results.boxes import Box
from tests.rooms.results.makers import SITE, instrument


@pytest.fixture(scope="module")
def box():
    return Box()


@pytest.fixture(scope="module")
def rows(box):
    """Thirty rows: counted, withdrawn, void, and some nonces more than once."""
    found = {
        f"g{v}": [
            box.sealed(
                v,
                {"s1": n % 5 + 1, "s2": 4, "s3": 2, "enps": 9, "site": n % 2 + 1},
                comment=f"c{v}-{n}",
            )
            for n in range(12)
        ]
        for v in (1, 2)
    }
    first, second, third = found["g1"][:3]
    found["g1"][2] = Sealed(third.nonce, third.signature, None)
    torn = Sealed(second.nonce, second.signature, b"torn")
    forged = Sealed(secrets.token_bytes(32), first.signature, first.envelope)
    found["g1"] = [torn, *found["g1"], first, second, second, forged]
    found["nowhere"] = [box.sealed(1, {"s1": 1})]
    return found


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    """Let a few rows be what thousands are."""
    monkeypatch.setattr(batching, "ROWS", 3)
    monkeypatch.setattr(fanning, "FEW", 1)


def _charter(box):
    return box.charter(instrument(attributes=(SITE,)))


def _count(box, groups, **how):
    return count(groups, box.key, _charter(box), shuffle=lambda _written: None, **how)


def _opener(charter, key):
    form = form_of(charter.instrument, charter.tree)
    tally = tally_for(charter, form)
    return tally, Opener("s1", key, form, tally.moments.scoring)


def _hands(of="self"):
    """Give the process ids of all processes that this one started and that still run."""
    found = (path.read_text().split() for path in Path(f"/proc/{of}/task").glob("*/children"))
    return {int(pid) for some in found for pid in some}


def _wait(until):
    patience = time.monotonic() + 30
    while not until():
        assert time.monotonic() < patience
        time.sleep(0.05)


def _core(place):
    """Give the soft and hard limit of a process's core dumps."""
    lines = (place / "limits").read_text().splitlines()
    return next(line for line in lines if line.startswith("Max core")).split()[4:6]


def _half_way(rows, act):
    """Give the rows, and do something when half of the groups were read."""
    some = iter(rows.items())
    yield next(some)
    act()
    yield from some


def test_any_number_of_processes_count_the_same_and_none_is_left_behind(box, rows):
    before = _hands()

    one, *others = (_count(box, rows.items(), processes=many) for many in (1, 2, 3))

    assert (one.snapshot.void, one.snapshot.withdrawn) == (3, 1)
    assert one.snapshot.root.responses == 23
    assert len(one.comments) == 23
    for other in others:
        assert canonical(to_plain(other.snapshot)) == canonical(to_plain(one.snapshot))
        assert other == one
    assert _hands() == before


def test_batches_add_up_to_the_same_in_whatever_order_they_come_back(box, rows):
    charter, said = _charter(box), set()
    for seed in range(5):
        tally, opener = _opener(charter, box.key)
        done = [opener.open(batch) for batch in Batching(charter).batches(rows.items())]
        random.Random(seed).shuffle(done)  # noqa: S311
        total = Total(tally)
        for some in done:
            total.add(some)

        snapshot, _ = decide(charter, tally, void=total.void, shuffle=lambda _written: None)

        said.add(canonical(to_plain(snapshot)))
    assert len(said) == 1


def test_with_another_key_every_row_is_void(box, rows):
    other = Box()
    other.key, other.issuers = ec.generate_private_key(ec.SECP256R1()), box.issuers

    found = _count(other, rows.items(), processes=2)

    assert found.nonce_hashes == ()
    assert found.snapshot.void == 29
    assert len(found.rows) == 26


def test_a_process_that_is_killed_stops_the_count(box, rows):
    before = _hands()

    def kill():
        os.kill(max(_hands() - before), signal.SIGKILL)

    with pytest.raises(CountStoppedError, match="Nothing was stored"):
        _count(box, _half_way(rows, kill), processes=2)

    assert _hands() == before


def test_a_process_that_meets_a_fault_tells_its_name_and_nothing_else(box, rows):
    charter = _charter(box)
    _, opener = _opener(charter, box.key)
    before, broken = _hands(), replace(opener, scoring=None)

    with pytest.raises(CountStoppedError, match=r"met a fault \(AttributeError\)"):
        list(fanning.opened(Batching(charter).batches(rows.items()), broken, 2))

    assert _hands() == before


def test_a_count_that_is_given_up_leaves_no_process(box, rows):
    before = _hands()

    def give_up():
        assert len(_hands() - before) == 2
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _count(box, _half_way(rows, give_up), processes=2)

    assert _hands() == before


def test_key_and_rows_come_through_pipes_and_no_core_can_be_dumped(box, rows):
    before, seen = _hands(), []

    def look():
        for pid in _hands() - before:
            place = Path(f"/proc/{pid}")
            _wait(lambda place=place: _core(place) == ["0", "0"])
            files = {str(path.readlink()) for path in (place / "fd").iterdir()}
            words = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            seen.append((files, words))

    _count(box, _half_way(rows, look), processes=2)

    secret = box.key.private_numbers().private_value
    for files, words in seen:
        assert {name.partition(":")[0] for name in files} <= {"pipe", "/dev/null"}
        assert secret.to_bytes(32, "big") not in words
        assert f"{secret:x}".encode() not in words
    assert len(seen) == 2


def test_where_no_process_can_be_started_it_is_opened_here(box, rows, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    found = _count(box, rows.items(), processes=2)

    assert found.snapshot.root.responses == 23


def test_a_process_needs_nothing_that_windows_has_not(box, rows, monkeypatch):
    without = "import os, sys; sys.modules.update(resource=None, fcntl=None, sqlalchemy=None, flask=None); "
    monkeypatch.setattr(fanning, "_START", f"{without}del os.fork, os.getuid; {fanning._START}")

    found = _count(box, rows.items(), processes=2)

    assert found.snapshot.root.responses == 23


_SLEEPER = """
import time
from tests.rooms.results.boxes import Box
from teamhealth.results import batching, fanning
from teamhealth.results.count import count
from teamhealth.results.batching import ROWS
batching.ROWS, fanning.FEW = 3, 1
box = Box()
def boxes():
    yield "g1", [box.sealed(1, {"s1": 4}) for _ in range(9)]
    print("ready", flush=True)
    time.sleep(60)
count(boxes(), box.key, box.charter(), shuffle=list.reverse, processes=2)
"""


def test_processes_end_with_the_one_that_counts_however_it_dies():
    words = [sys.executable, "-c", _SLEEPER]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as counting:
        assert counting.stdout.readline() == "ready\n"
        hands = _hands(counting.pid)

        counting.kill()

    assert len(hands) == 2
    _wait(lambda: not any(map(_runs, hands)))


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
