"""The whole count, from sealed rows: signatures and envelopes are checked one by one."""

import hashlib
import secrets

import pytest

from teamhealth.credentials.receipts import comment_mark
from teamhealth.responses.boxes import Row
from teamhealth.results.auditing import audit_snapshot
from teamhealth.results.count import Sealed, count
from tests.rooms.results.boxes import Box
from tests.rooms.results.makers import SITE, instrument


@pytest.fixture(scope="module")
def box():
    return Box()


def _counted(box, rows):
    return count(rows.items(), box.key, box.charter(), shuffle=list.reverse)


def _rows(box, many=(10, 11)):
    return {
        f"g{v}": [
            box.sealed(v, {"s1": 4, "s2": 4, "s3": 2, "enps": 9}, comment=f"c{n}")
            for n in range(n_)
        ]
        for v, n_ in zip((1, 2), many, strict=True)
    }


def test_sealed_answers_become_a_snapshot_and_detached_comments(box):
    rows = _rows(box)

    found = _counted(box, rows)

    assert [group.responses for group in found.snapshot.groups] == [21, 10, 11]
    assert found.snapshot.group("g1").items["s1"].counts == (0, 0, 0, 10, 0)
    assert found.snapshot.group("g2").themes["safety"].mean == 4.0  # s3 is turned: 2 is 4
    assert found.snapshot.root.enps.counts == (0, 0, 21)
    assert found.snapshot.void == 0
    assert audit_snapshot(found.snapshot) == []
    hashes = sorted(hashlib.sha256(r.nonce).digest() for some in rows.values() for r in some)
    assert list(found.nonce_hashes) == list(found.rows) == hashes
    assert sorted(c.body for c in found.comments) == sorted(
        [f"c{n}" for n in range(10)] + [f"c{n}" for n in range(11)]
    )
    assert {c.reply_hash for c in found.comments} == {
        comment_mark(one, c.question) for one in hashes for c in found.comments
    }


def test_what_people_told_of_themselves_becomes_classes(box):
    rows = {
        f"g{v}": [
            box.sealed(v, {"s1": 4, "s2": 5, "s3": 2, "site": n % 2 + 1}) for n in range(10)
        ]
        for v in (1, 2)
    }
    rows["g2"].append(box.sealed(2, {"s1": 4, "s2": 5, "s3": 2}))

    found = count(
        rows.items(), box.key, box.charter(instrument(attributes=(SITE,))), shuffle=list.reverse
    )

    site = found.snapshot.cross_cuts["site"]
    assert [(one.values, one.responses) for one in site] == [((0, 1), 11), ((2,), 10)]
    assert {one.themes["safety"].mean for one in site} == {4.3}


def test_a_withdrawn_row_is_neither_counted_nor_void_but_is_to_be_deleted(box):
    rows = _rows(box)
    gone = rows["g1"][0]
    rows["g1"][0] = Sealed(gone.nonce, gone.signature, None)

    found = _counted(box, rows)

    assert found.snapshot.root.responses == 20
    assert (found.snapshot.void, found.snapshot.withdrawn) == (0, 1)
    assert hashlib.sha256(gone.nonce).digest() in found.rows
    assert hashlib.sha256(gone.nonce).digest() not in found.nonce_hashes


def test_a_nonce_that_comes_twice_is_counted_once(box):
    rows = _rows(box)
    rows["g1"] += rows["g1"][:3]

    found = _counted(box, rows)

    assert found.snapshot.group("g1").responses == 10
    assert len(found.rows) == 21


def test_what_was_slipped_in_is_void(box):
    rows = _rows(box)
    first, second = rows["g1"][:2]
    forged = Sealed(secrets.token_bytes(32), first.signature, first.envelope)
    copied = Sealed(second.nonce, second.signature, first.envelope)
    moved = box.sealed(1, {"s1": 1})
    elsewhere = box.sealed(1, {"s1": 1}, survey="s2")
    other_label = box.sealed(1, {"s1": 1}, claims=2)
    no_letter = box.sealed(1, {}, letter=b"{}".ljust(4096))
    torn = Sealed(
        *[getattr(box.sealed(1, {"s1": 1}), n) for n in ("nonce", "signature")], b"torn"
    )
    rows["g1"][1] = copied
    rows["g1"] += [forged, elsewhere, other_label, no_letter, torn]
    rows["g2"] += [moved]
    rows["nowhere"] = [box.sealed(1, {"s1": 1})]

    found = _counted(box, rows)

    assert found.snapshot.void == 8
    assert [group.responses for group in found.snapshot.groups] == [20, 9, 11]


def test_nobody_answered(box):
    found = _counted(box, {})

    assert found.snapshot.root.responses is None
    assert (found.comments, found.nonce_hashes, found.rows) == ((), (), ())


def test_a_row_under_another_hash_than_its_nonce_s_is_void_and_goes_with_the_others(box):
    rows = _rows(box)
    moved = rows["g1"][0]
    rows["g1"][0] = Row(b"\7" * 32, moved.nonce, moved.signature, moved.envelope)

    found = _counted(box, rows)

    assert found.snapshot.void == 1
    assert b"\7" * 32 in found.rows


def test_two_comments_of_one_person_do_not_show_that_they_are():
    assert comment_mark(bytes(32), "keep") != comment_mark(bytes(32), "change")
