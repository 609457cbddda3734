"""Who answers where: own group, above what one leads, or as the roster says for this person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhealth.errors import NotFoundError
from teamhealth.roster.leading import answers_in
from teamhealth.roster.models import Person
from teamhealth.roster.placing import place
from tests.rooms.roster.makers import store

FIRM = """
boss@acme.org,Boss,Acme,Acme,
head@acme.org,Head,Acme/Ops,Acme/Ops;Acme/Ops/North,
lead@acme.org,Lead,Acme/Ops/North,Acme/Ops/North,
member@acme.org,Member,Acme/Ops/North,,
night@acme.org,Night,Acme/Ops/Night,,Acme/Sales
sales@acme.org,Sales,Acme/Sales,Acme/Sales,Acme/Sales
"""


def _placed(database, scope=None):
    """Give the path in which each person answers, and the placement."""
    with database.read() as db:
        placement = place(db, scope)
        names = {person.id: person.name for person in db.query(Person)}
    paths = [group.path for group in placement.groups]
    return {names[person.id]: paths[person.group] for person in placement.people}, placement


def test_everybody_answers_in_their_group_and_leaders_above_what_they_lead(database):
    store(database, FIRM)

    answering, placement = _placed(database)

    assert answering == {
        "Boss": "Acme",
        "Head": "Acme",
        "Lead": "Acme/Ops",
        "Member": "Acme/Ops/North",
        "Night": "Acme/Sales",
        "Sales": "Acme/Sales",
    }
    assert [(group.path, group.name, group.parent) for group in placement.groups] == [
        ("Acme", "Acme", -1),
        ("Acme/Ops", "Ops", 0),
        ("Acme/Ops/North", "North", 1),
        ("Acme/Ops/Night", "Night", 1),
        ("Acme/Sales", "Sales", 0),
    ]


def test_of_a_part_only_its_people_are_asked_and_nobody_answers_above_it(database):
    store(database, FIRM)

    answering, placement = _placed(database, " Acme / Ops ")

    assert answering == {
        "Head": "Acme/Ops",
        "Lead": "Acme/Ops",
        "Member": "Acme/Ops/North",
        "Night": "Acme/Ops",
    }
    assert [group.parent for group in placement.groups] == [-1, 0, 0]


def test_a_name_that_only_begins_alike_is_another_group(database):
    store(database, "a@b.c,A,Acme/Ops,,\nb@b.c,B,Acme/Ops2,,")

    assert _placed(database, "Acme/Ops")[0] == {"A": "Acme/Ops"}


@pytest.mark.parametrize("path", ["Acme/Moon", "Ops", "", "acme"])
def test_an_unknown_group_is_told(database, path):
    store(database, FIRM)

    with database.read() as db, pytest.raises(NotFoundError, match="There is no group"):
        place(db, path)


@pytest.mark.parametrize("path", [None, "Acme"])
def test_without_people_nobody_can_be_placed(database, path):
    with database.read() as db, pytest.raises(NotFoundError, match="Import the roster first"):
        place(db, path)


@pytest.mark.parametrize(
    ("group", "leads", "place"),
    [
        ("A/B", [], "A/B"),
        ("A/B", ["A/B"], "A"),
        ("A", ["A"], "A"),
        ("A/B/C/D", ["A/B", "A/B/C", "A/X"], "A"),  # the topmost above them counts
        ("A/B/C", ["A/B/C", "A/X/Y"], "A/B"),
        ("A/B", ["A/B/C"], "A/B"),  # is above what they lead already
        ("A/B", ["A/B/C", "A/X/Y"], "A/B"),
        ("A/B", ["A/X/Y"], "A/X"),  # leads elsewhere
        ("A/B", ["A/X/Y/Z", "A/Y/Z", "A/Z/Y"], "A/Y"),
        ("A/B", ["A/X"], "A"),
    ],
)
def test_the_leader_rule(group, leads, place):
    assert answers_in(group, leads) == place


_PATHS = st.lists(st.sampled_from("xyz"), max_size=4).map(lambda names: "/".join(["A", *names]))


@given(_PATHS, st.lists(_PATHS, max_size=4))
def test_nobody_answers_in_or_below_a_group_they_lead_but_the_top(group, leads):
    home = answers_in(group, leads)

    assert home == "A" or not any(f"{home}/".startswith(f"{led}/") for led in leads)
