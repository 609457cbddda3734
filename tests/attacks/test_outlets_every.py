"""Nothing is told that the attack on all outlets has not read: every page, every kind of PDF, every file, every document.

``test_outlets`` shows that nothing follows for one to four people from what the files tell. Here
every other outlet is read, and each number of people on it is one of those: so the union of all
that is told is what the files tell, and no more follows from it.
"""

import pytest

from teamhealth.outlets.kinds import Kind
from tests.attacks import outlets_every as every
from tests.attacks import outlets_solving as solving
from tests.attacks.outlets_numbers import Numbers
from tests.attacks.outlets_reading import Told, read_all
from tests.attacks.test_outlets import _naively, finished, shelf
from tests.desk import HR
from tests.shelf import leader

__all__ = ["shelf"]

SEEDS, MANY = (1,), 12
"""Organisations in ``make test``, and how many in ``make attack``."""


def _put(shelf, one, name):
    shelf.put(one.snapshot, one.instrument, one.comments, name)
    leaders = [group.id for group in one.snapshot.groups[:3]]
    return read_all(shelf, name, leaders=leaders, pages=[], reports=None)


def test_every_address_and_every_kind_is_read(shelf):
    rules = {
        rule.endpoint
        for rule in shelf.app.url_map.iter_rules()
        if "survey_id" in rule.arguments
    }
    rules |= {
        r.endpoint for r in shelf.app.url_map.iter_rules() if r.endpoint.startswith("api.")
    }

    known = every.addresses(finished(1, 60).snapshot)

    assert rules - every.NO_RESULT - every.READ == {
        endpoint for endpoint in rules if "POST" in _methods(shelf, endpoint) and "GET" not in _methods(shelf, endpoint)
    }  # fmt: skip
    assert set(every.KINDS) == set(Kind)
    assert set(known) == {e for e in every.READ if not e.startswith(("api.", "reports."))} | {
        *Kind,
        "reports.attestation",
    }


def _methods(shelf, endpoint):
    return {
        m
        for rule in shelf.app.url_map.iter_rules()
        if rule.endpoint == endpoint
        for m in rule.methods
    }


def test_every_outlet_tells_of_people_what_the_files_tell_and_no_more(shelf, request):
    attack = request.config.getoption("--attack")
    many = MANY if attack else 1
    for seed in range(SEEDS[0], SEEDS[0] + many):
        one, name = finished(seed, 60 if attack else 40), f"every-{seed}"
        told = _put(shelf, one, name)
        numbers = Numbers(told, one.snapshot, one.instrument, one.comments)
        for where, some in every.addresses(one.snapshot).items():
            for address, path in some:
                for email in (HR, leader("g0")):
                    answer = shelf.get(name, address, email)
                    if email == HR or answer.status_code == 200:
                        assert answer.status_code == 200, (where, address)
                        _read(told, numbers, answer, one, path)
                    if answer.mimetype == "application/pdf":
                        break
        every.read_interface(told, shelf.app, shelf.database, name)

        assert solving.outside(told) == []


def _read(told, numbers, answer, one, path):
    if "spreadsheet" in answer.mimetype:
        every.read_workbook(told, answer.data, one.instrument)
    elif answer.mimetype in {"application/pdf", "text/html"} or "data" in (answer.json or ()):
        numbers.read(every.said(answer), path=path)


LEAKS = [
    "3 of 4 people answered.",
    "Not shown, to protect anonymity. 4 answers.",
    "Too few: 3 people are in these figures.",
    "Asked: 4 in this group.",
    "One of the 4 who were asked is not in these figures.",
    "Counted with 2 others.",
    "7 of 8 people are in these figures.",
]


@pytest.mark.parametrize("leak", LEAKS)
def test_a_page_that_tells_one_number_of_people_more_is_caught(shelf, leak):
    one = finished(1, 60)
    numbers = _numbers(shelf, one)
    numbers.read("6 of 8 people are in these figures.")

    with pytest.raises(AssertionError):
        numbers.read(f"The themes at a glance. {leak} Where bars overlap a good deal.")


_KNOWN = {}


def _numbers(shelf, one):
    if "told" not in _KNOWN:
        _KNOWN["told"] = _put(shelf, one, "leaking")
    return Numbers(_KNOWN["told"], one.snapshot, one.instrument, one.comments)


def test_a_product_that_hides_groups_below_five_only_is_caught_by_its_spreadsheet_or_its_documents(
    shelf,
):
    one = _naively(finished(1, 120))
    full = _put(shelf, one, "naive")

    documents, book = Told(), Told(parent=full.parent, names=full.names)
    every.read_interface(documents, shelf.app, shelf.database, "naive")
    every.read_workbook(book, shelf.get("naive", "export.xlsx").data, one.instrument)

    assert any(leak.answers for leak in solving.outside(documents))
    assert solving.outside(book)
