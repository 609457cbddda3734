"""What an import shows is what it does: people and groups that stay keep their identity."""

import json

import pytest
from sqlalchemy import select

from teamhealth.campaigns import lookup
from teamhealth.errors import RefusedError
from teamhealth.invitations.models import Invitation
from teamhealth.roster import importing
from teamhealth.roster.choices import Wish
from teamhealth.roster.models import Group, Lead, Person
from tests.makers import open_survey
from tests.rooms.roster.makers import group_ids, roster, store, stored, suffix

FIRM = """
ann@acme.org,Ann,Acme,Acme,
bob@acme.org,Bob,Acme/Ops,Acme/Ops,
cy@acme.org,Cy,Acme/Ops/North,Acme/Ops/North,
di@acme.org,Di,Acme/Ops/North,,
ed@acme.org,Ed,Acme/Sales,,Acme
"""
IDS = "external_id,email,name,group"


def _lines(diff):
    return [line.strip() for line in diff.lines()]


def test_a_first_import_tells_all_that_is_new_and_where_leaders_answer(database):
    diff = store(database, FIRM)

    assert _lines(diff) == [
        "New groups: 4",
        "Acme",
        "Acme/Ops",
        "Acme/Ops/North",
        "Acme/Sales",
        "People who join: 5",
        "Ann <ann@acme.org> in Acme",
        "Bob <bob@acme.org> in Acme/Ops",
        "Cy <cy@acme.org> in Acme/Ops/North",
        "Di <di@acme.org> in Acme/Ops/North",
        "Ed <ed@acme.org> in Acme/Sales",
        "Who leads, and where that makes them answer: 4",
        "Ann <ann@acme.org> leads Acme and answers there: nothing is above Acme",
        "Bob <bob@acme.org> leads Acme/Ops, so answers in Acme",
        "Cy <cy@acme.org> leads Acme/Ops/North, so answers in Acme/Ops",
        "Ed <ed@acme.org> leads no group and answers in Acme, as the file says",
        "That makes 5 people in 4 groups.",
    ]


def test_what_is_stored_is_the_file(database):
    store(database, FIRM)

    kept, wanted = stored(database).roster, roster(FIRM)
    assert kept.groups == wanted.groups
    assert kept.people == wanted.people


def test_the_same_file_twice_changes_nothing(database):
    store(database, FIRM)
    before = stored(database)

    diff = store(database, FIRM)

    assert not diff
    assert _lines(diff) == ["Nothing changes: 5 people in 4 groups."]
    assert stored(database) == before


def test_who_is_not_in_the_file_leaves_and_their_groups_go(database):
    store(database, FIRM)

    diff = store(database, "ann@acme.org,Ann,Acme,,\nbob@acme.org,Bob,Acme/Ops,Acme/Ops,")

    assert _lines(diff) == [
        "Groups that go: 2",
        "Acme/Ops/North",
        "Acme/Sales",
        "People who leave: 3",
        "Cy <cy@acme.org> in Acme/Ops/North",
        "Di <di@acme.org> in Acme/Ops/North",
        "Ed <ed@acme.org> in Acme/Sales",
        "Who leads, and where that makes them answer: 1",
        "Ann <ann@acme.org> leads no group and answers in Acme",
        "That makes 2 people in 2 groups.",
    ]
    assert stored(database).roster.groups == ("Acme", "Acme/Ops")


def test_who_moves_or_leads_something_else_stays_the_same_person(database):
    store(database, FIRM)
    before = stored(database).people

    diff = store(
        database, FIRM.replace("Di,Acme/Ops/North,,", "Diana,Acme/Ops,Acme/Sales,Acme/Ops")
    )

    assert _lines(diff) == [
        "People who move: 1",
        "Diana <di@acme.org>: from Acme/Ops/North to Acme/Ops",
        "Details that change: 1",
        "Diana <di@acme.org>: name was Di, is Diana",
        "Who leads, and where that makes them answer: 1",
        "Diana <di@acme.org> leads Acme/Sales and answers in Acme/Ops, as the file says",
        "That makes 5 people in 4 groups.",
    ]
    assert stored(database).people == before


def test_an_external_id_finds_a_person_under_a_new_address(database):
    store(database, "1,ann@acme.org,Ann,Acme\n2,bob@acme.org,Bob,Acme", columns=IDS)
    before = stored(database).people

    diff = store(database, "1,ann@new.org,Ann,Acme\n2,bob@acme.org,Bob,Acme", columns=IDS)

    assert _lines(diff)[:2] == [
        "Details that change: 1",
        "Ann <ann@new.org>: address was ann@acme.org, is ann@new.org",
    ]
    assert stored(database).people["ann@new.org"] == before["ann@acme.org"]


def test_two_people_may_exchange_their_addresses(database):
    store(database, "1,ann@acme.org,Ann,Acme\n2,bob@acme.org,Bob,Acme", columns=IDS)
    before = stored(database).people

    store(database, "1,bob@acme.org,Ann,Acme\n2,ann@acme.org,Bob,Acme", columns=IDS)

    after = stored(database).people
    assert after["bob@acme.org"] == before["ann@acme.org"]
    assert after["ann@acme.org"] == before["bob@acme.org"]


def test_an_address_given_to_somebody_with_another_external_id_is_a_new_person(database):
    store(database, "1,info@acme.org,Ann,Acme\n2,bob@acme.org,Bob,Acme", columns=IDS)
    before = stored(database).people

    diff = store(database, "3,info@acme.org,Zoe,Acme\n,bob@acme.org,Bob,Acme", columns=IDS)

    assert [who.name for who in diff.left] == ["Ann"]
    assert [who.name for who in diff.joined] == ["Zoe"]
    after = stored(database).people
    assert after["info@acme.org"] != before["info@acme.org"]
    assert after["bob@acme.org"] == before["bob@acme.org"]


def test_a_renamed_group_keeps_its_id_and_so_do_those_below(database):
    store(database, FIRM)
    before = group_ids(database)

    diff = store(database, FIRM.replace("Acme/Ops", "Acme/Operations"))

    assert _lines(diff) == [
        "Groups with another name or place, which stay the same group: 1",
        "Acme/Ops is now Acme/Operations",
        "That makes 5 people in 4 groups.",
    ]
    assert group_ids(database) == {
        path.replace("Ops", "Operations"): group for path, group in before.items()
    }


def test_a_group_that_moves_keeps_its_id_and_its_leader_answers_above_the_new_place(database):
    store(database, FIRM)
    before = group_ids(database)

    diff = store(database, FIRM.replace("Acme/Ops/North", "Acme/Sales/North"))

    assert _lines(diff)[1] == "Acme/Ops/North is now Acme/Sales/North"
    assert "Cy <cy@acme.org> leads Acme/Sales/North, so answers in Acme/Sales" in _lines(diff)
    assert not diff.moved
    assert group_ids(database)["Acme/Sales/North"] == before["Acme/Ops/North"]


def test_a_group_without_people_of_its_own_is_renamed_with_those_below(database):
    store(database, "a@b.c,A,Acme/Ops/North,,\nb@b.c,B,Acme/Ops/South,,\nc@b.c,C,Acme/X,,")
    before = group_ids(database)

    store(database, "a@b.c,A,Beta/Op/North,,\nb@b.c,B,Beta/Op/South,,\nc@b.c,C,Beta/X,,")

    assert list(group_ids(database).values()) == list(before.values())


@pytest.mark.parametrize(
    ("teams", "now"),
    [
        (("X", "X", "X", "X"), ("Y", "Y", "Z", "Z")),  # split evenly
        (("X", "X", "Y", "Y"), ("Z", "Z", "Z", "Z")),  # merged as equals
        (("X", "X", "Y", "Y"), ("Y", "Y", "Y", "Y")),  # went into one that exists
    ],
)
def test_a_group_that_was_split_or_merged_is_not_continued(database, teams, now):
    def firm(names):
        return "\n".join(f"p{n}@b.c,P,Acme/{name},," for n, name in enumerate(names))

    store(database, firm(teams))

    diff = store(database, firm(now))

    assert not diff.renamed_groups
    assert "Acme/X" in diff.gone_groups
    assert diff.moved


def test_two_groups_may_exchange_their_places(database):
    store(database, "a@b.c,A,Acme/X/In,,\nb@b.c,B,Acme/Y/Out,,\nc@b.c,C,Acme/Z,,")
    before = group_ids(database)

    diff = store(database, "a@b.c,A,Acme/Z/In,,\nb@b.c,B,Acme/X/Out,,\nc@b.c,C,Acme/Q,,")

    after = group_ids(database)
    assert after["Acme/Z/In"] == before["Acme/X/In"]
    assert after["Acme/X/Out"] == before["Acme/Y/Out"]
    assert after["Acme/Q"] not in before.values()  # Z stays Z; its people moved
    assert [moved.who.name for moved in diff.moved] == ["C"]


def test_ids_are_readable_and_a_new_group_never_gets_one_that_was_used_before(database):
    store(
        database,
        "a@b.c,A,Acme GmbH/Büro & Straße,,\nb@b.c,B,Acme GmbH/المخزن,,\nc@b.c,C,Acme GmbH/X,,\n"
        f"d@b.c,D,Acme GmbH/X/X,,\ne@b.c,E,Acme GmbH/{'very long ' * 9},,",
    )
    ids = list(group_ids(database).values())
    assert ids[:2] == ["acme-gmbh", "buro-strasse"]
    assert ids[2].startswith("group-")
    assert ids[3] == "x"
    assert ids[4].startswith("x-")
    assert all(0 < len(group) <= 40 for group in ids)

    store(database, "b@b.c,B,Acme GmbH,,")
    store(database, "b@b.c,B,Acme GmbH,,\nc@b.c,C,Acme GmbH/X,,")

    assert group_ids(database)["Acme GmbH/X"].startswith("x-")
    assert group_ids(database)["Acme GmbH/X"] not in ids


def test_another_order_is_told_and_stored(database):
    store(database, FIRM)
    upside_down = "\n".join(reversed(FIRM.strip().splitlines()))

    diff = store(database, upside_down)

    assert _lines(diff)[0] == "Groups are listed in another order."
    assert list(group_ids(database)) == ["Acme", "Acme/Sales", "Acme/Ops", "Acme/Ops/North"]


def test_what_was_shown_is_stored_or_nothing(database):
    store(database, FIRM)
    wanted = roster(FIRM.replace("Di,", "Diana,"))
    with database.read() as db:
        shown = importing.preview(db, wanted)
    store(database, FIRM.replace("ed@acme.org,Ed,Acme/Sales,,Acme", ""))
    before = stored(database)

    with database.write() as db, pytest.raises(RefusedError, match="Nothing was stored"):
        importing.apply(db, wanted, shown, suffix)

    assert stored(database) == before


def test_who_leaves_during_a_survey_is_forgotten_by_their_invitation(database, tmp_path):
    store(database, FIRM)
    open_survey(database, tmp_path / "home", sizes={"north": 1})
    with database.write() as db:
        di = db.scalars(select(Person).where(Person.name == "Di")).one()
        db.scalars(select(Invitation)).one().person_id = di.id
        db.commit()

    store(database, FIRM.replace("di@acme.org,Di,Acme/Ops/North,,", ""))

    with database.read() as db:
        assert db.scalars(select(Invitation)).one().person_id is None


def test_a_whole_firm_can_be_replaced_by_another(database):
    store(database, FIRM)

    diff = store(database, "zoe@beta.org,Zoe,Beta/Lab,Beta,")

    assert (len(diff.left), len(diff.gone_groups)) == (5, 4)
    with database.read() as db:
        assert [group.path for group in db.scalars(select(Group).order_by(Group.position))] == [
            "Beta",
            "Beta/Lab",
        ]
        assert db.scalars(select(Person.name)).all() == ["Zoe"]
        assert len(db.scalars(select(Lead)).all()) == 1


def test_programs_are_told_everything_and_people_the_first_of_many(database):
    diff = store(database, "\n".join(f"p{n}@b.c,P{n},Acme/T{n},," for n in range(70)))

    assert "… and 20 more" in _lines(diff)
    facts = json.loads(json.dumps(diff.facts()))
    assert len(facts["joined"]) == facts["people"] == 70
    known = {"email": "p69@b.c", "external_id": None}
    assert facts["joined"][69] == {**known, "name": "P69", "group": "Acme/T69"}


ON_PAPER = "external_id,email,name,group,leads,answers_by"


def test_people_without_a_mailbox_are_known_by_their_id_and_get_slips(database):
    lines = "1,ann@acme.org,Ann,Acme,,\n2,,Bob,Acme,Acme,\n3,cy@acme.org,Cy,Acme,,paper"

    first = store(database, lines, columns=ON_PAPER)
    again = store(database, lines, columns=ON_PAPER)

    assert "Bob (2) in Acme" in _lines(first)
    assert "Bob (2) leads Acme and answers there: nothing is above Acme" in _lines(first)
    assert _lines(first)[-1] == "That makes 3 people in 1 group; 2 people get paper slips."
    assert not again
    ann, bob, cy = roster(lines, columns=ON_PAPER).people
    assert stored(database).roster.people == (ann, cy, bob)


def test_who_gets_or_gives_up_a_mailbox_stays_the_same_person(database):
    store(database, "1,ann@acme.org,Ann,Acme\n2,,Bob,Acme", columns=IDS)
    before = stored(database).people

    diff = store(database, "1,,Ann,Acme\n2,bob@acme.org,Bob,Acme", columns=IDS)

    assert _lines(diff)[1:5] == [
        "Ann (1): address was ann@acme.org, is empty",
        "Ann (1): answers by was mail, is paper",
        "Bob <bob@acme.org>: address was empty, is bob@acme.org",
        "Bob <bob@acme.org>: answers by was paper, is mail",
    ]
    after = stored(database).people
    assert set(after.values()) == set(before.values())
    assert after["bob@acme.org"] != before["ann@acme.org"]


def _firm(groups):
    people = (
        (name, f"Acme/{path}" if path else "Acme")
        for path, names in groups.items()
        for name in names
    )
    return "\n".join(f"{name}@acme.org,{name.upper()},{path},," for name, path in people)


def test_groups_that_exchange_names_take_their_ids_along(database):
    store(database, _firm({"North": "abc", "South": "def"}))
    before = group_ids(database)

    diff = store(database, _firm({"South": "abc", "North": "def"}))

    after = group_ids(database)
    assert after["Acme/South"] == before["Acme/North"]
    assert after["Acme/North"] == before["Acme/South"]
    assert not diff.moved
    assert diff.facts()["history"][0]["what"] == "exchanged"


def test_a_group_begins_anew_under_the_same_name_if_whoever_imports_says_so(database):
    store(database, _firm({"North": "abc", "South": "def", "South/Dock": "gh"}))
    before, people = group_ids(database), stored(database).people
    firm = _firm({"North": "abc", "South": "def", "South/Dock": "gh"})

    diff = store(database, firm, wish=Wish(new=["Acme/South"]))

    after = group_ids(database)
    assert after["Acme/South"] not in before.values()
    assert {**after, "Acme/South": ""} == {**before, "Acme/South": ""}
    assert stored(database).people == people
    assert (diff.new_groups, diff.gone_groups, diff.moved) == (
        ("Acme/South",),
        ("Acme/South",),
        (),
    )
    assert not store(database, firm)


def test_a_group_that_was_gone_comes_back_with_its_id_only_if_whoever_imports_says_so(database):
    firm = _firm({"North": "abc", "South": "def"})
    store(database, firm)
    before = group_ids(database)
    store(database, _firm({"North": "abc"}))
    former = {"Acme/South": before["Acme/South"]}

    with database.read() as db:
        [told] = importing.preview(db, roster(firm), Wish(former=former)).history
    store(database, firm, wish=Wish(same=["Acme/South=Acme/South"], former=former))

    assert told.sentence.startswith("A group Acme/South that is gone has results;")
    assert group_ids(database) == before


def test_who_comes_back_meanwhile_is_not_stored_twice(database):
    firm = _firm({"North": "abc", "South": "def"})
    store(database, firm)
    former = {"Acme/South": group_ids(database)["Acme/South"]}
    wish = Wish(same=["Acme/South=Acme/South"], former=former)
    store(database, _firm({"North": "abc"}))
    with database.read() as db:
        shown = importing.preview(db, roster(firm), wish)
    store(database, firm.replace("South", "East"),
          wish=Wish(same=["Acme/South=Acme/East"], former=former))  # fmt: skip

    with database.write() as db, pytest.raises(RefusedError, match="Nothing was stored"):
        importing.apply(db, roster(firm), shown, suffix, wish)


def test_an_open_survey_keeps_its_groups_whatever_is_imported(database, tmp_path):
    store(database, FIRM)
    survey = open_survey(database, tmp_path / "home", sizes={"north": 1})
    with database.read() as db:
        pinned = [(g.group_id, g.path, g.parent_id) for g in lookup.groups_of(db, survey)]

    store(database, FIRM.replace("Acme/Ops", "Acme/Operations"), wish=Wish(new=["Acme/Sales"]))

    with database.read() as db:
        assert [
            (g.group_id, g.path, g.parent_id) for g in lookup.groups_of(db, survey)
        ] == pinned
