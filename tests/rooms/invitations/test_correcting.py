"""Putting right who is invited tells nobody who has answered, and lets nobody answer twice or for others."""

import random
import secrets
from collections import Counter
from http import HTTPStatus

import pytest
from sqlalchemy import func, select, update

from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.invitations.models import SpareSeat
from teamhealth.jobs.closing import close
from teamhealth.mail.models import Letter
from teamhealth.responses.models import SealedResponse
from teamhealth.roster.models import Group, Person
from tests.rooms.invitations.putting_right import SMALL, office_of, person, touched


@pytest.fixture
def office(database, tmp_path, at):
    assert at
    return office_of(database, tmp_path / "home")


def _seen(office, kind, email, *what):
    """Do an act; give all that it tells, does and changes, with the person's own names taken out."""
    before, letters = office.rows(), office.letters()
    with office.listening() as heard:
        told = office.act(kind, email, *what)
    news = [letter for letter in office.letters() if letter not in letters]
    own = str(news).replace(email, "EMAIL").replace(_name(email), "NAME")
    for new in what:
        own = own.replace(new, "NEW")
    return told, own, touched(before, office.rows()), heard


def _name(email):
    return f"Person {email.removeprefix('person').partition('@')[0]}"


def test_an_act_says_and_changes_the_same_whether_or_not_the_person_has_answered(office):
    pairs = {"void": (0, 3), "readdress": (6, 9), "move": (12, 15)}
    for used, _ in pairs.values():
        office.answer(person(used))

    for kind, (used, unused) in pairs.items():
        more = {
            "void": [(), ()],
            "readdress": [("new1@acme.example",), ("new2@acme.example",)],
            "move": [("Acme/South",), ("Acme/South",)],
        }[kind]
        told, other = (
            _seen(office, kind, person(who), *what)
            for who, what in zip((used, unused), more, strict=True)
        )
        assert told[1] != "[]", kind
        assert len(told[3]) > 5, kind  # statements
        assert told == other, kind
    assert _seen(office, "join", person(0)) == _seen(office, "join", person(3))


def test_a_void_link_is_unknown_if_unused_and_used_if_used(office):
    used, unused = office.answer(person(0)), office.code(office.seats(person(1))[0])

    office.act("void", person(0))
    office.act("void", person(1))

    assert (office.stamp(used), office.ask("group", unused)) == (409, 404)
    assert office.stamp(unused) == 404
    assert _answers(office) == {"acme-north": 1}  # the answer given stays


def test_whoever_has_answered_cannot_answer_again_after_any_act(office):
    first = {number: office.answer(person(number)) for number in range(4)}
    office.act("void", person(0))
    office.act("join", person(0))
    office.act("move", person(1), "Acme/South")
    office.act("move", person(2), "Acme/South")
    office.act("move", person(2), "Acme/North")
    office.act("readdress", person(3), "new@acme.example")

    new = {n: office.code(office.seats(person(n))[-1]) for n in range(3)}
    new[3] = office.code(office.seats("new@acme.example")[-1])
    assert {office.stamp(code) for code in (*first.values(), *new.values())} == {409}
    assert [n for n, code in new.items() if code == first[n]] == [3]
    assert _answers(office) == {"acme-north": 4}


def test_a_moved_person_answers_in_the_new_group_with_the_new_link_alone(office):
    old = office.code(office.seats(person(0))[0])

    assert office.act("move", person(0), " Acme / South") == "Acme/South"
    office.answer(person(0))

    assert office.stamp(old) == 404
    assert _answers(office) == {"acme-south": 1}


def test_a_late_person_answers_where_the_roster_places_them(office):
    with office.database.write() as db:
        db.add(
            Group(id="g", parent_id="acme-south", path="Acme/South/New", name="New", position=9)
        )
        db.add(Person(email="late@acme.example", name="Late", group_id="g", external_id="7"))
        db.commit()

    assert office.act("join", "7") == "Acme/South"  # the nearest group that was asked
    office.answer("late@acme.example")

    assert _answers(office) == {"acme-south": 1}
    ((kind, address, _, facts, has_link),) = office.letters()
    assert (kind, address, facts["group"], has_link) == (
        "joined", "late@acme.example", "South", True,
    )  # fmt: skip


def test_whoever_had_the_link_before_is_told_when_it_goes_elsewhere(office):
    office.act("readdress", person(0), "New@acme.example ")
    office.act("void", person(1))
    _correct_roster(office, person(1), "other@acme.example")
    office.act("join", "other@acme.example")

    told = [(kind, address) for kind, address, *_ in office.letters()]
    assert sorted(told) == [
        ("joined", "other@acme.example"),
        ("readdressed", "new@acme.example"),
        ("redirected", person(0)),
        ("redirected", person(1)),
        ("void", person(1)),
    ]
    assert office.seats("new@acme.example")[0].address == "new@acme.example"


def test_a_letter_that_has_not_gone_out_yet_does_not_go_to_the_wrong_address(office):
    seat = office.seats(person(0))[0]

    office.act("readdress", person(0), "new@acme.example")

    with office.database.read() as db:
        waiting = db.scalars(select(Letter).where(Letter.invitation_id == seat.id)).all()
    assert [(one.kind, one.address) for one in waiting] == [("readdressed", "new@acme.example")]


def test_nobody_can_redirect_four_of_five_links(database, tmp_path, at):
    assert at
    office = office_of(database, tmp_path / "home", SMALL)
    office.act("readdress", person(0, "acme-five"), "hr1@acme.example")
    before = office.rows()

    for kind, *what in (
        ("readdress", person(1, "acme-five"), "hr2@acme.example"),
        ("move", person(1, "acme-six"), "Acme/Five"),
    ):
        with pytest.raises(RefusedError, match="Five has none of its 1 spare seat left"):
            office.act(kind, *what)
    assert office.rows() == before
    office.act("void", person(1, "acme-five"))
    with pytest.raises(RefusedError, match="none of its 1 spare seat"):
        office.act("join", person(1, "acme-five"))
    assert (office.group("acme-five").spent, office.group("acme-five").spare) == (1, 1)


def test_a_new_address_in_the_roster_redirects_no_link(office):
    _correct_roster(office, person(0), "hr@acme.example")
    office.act("void", "hr@acme.example")

    assert [(kind, address) for kind, address, *_ in office.letters()] == [("void", person(0))]


def test_what_cannot_be_is_refused_and_changes_nothing(office):
    before = office.rows()

    for kind, who, *what, why in (
        ("void", "nobody@acme.example", "nobody “nobody@acme.example” in the roster"),
        ("void", "person 1", "Several people are called person 1"),
        ("join", person(0), "has a valid invitation"),
        ("move", person(0), "Acme/North", "already answers in Acme/North"),
        ("move", person(0), "Acme/East", "asks no group “Acme/East”"),
        ("move", person(0), "Acme", "Nobody answers in Acme or above"),
        ("readdress", person(0), "somewhere", "is no e-mail address"),
        ("readdress", person(0), person(1), "is the address of Person 1"),
        ("readdress", person(0), person(0), "go to that address already"),
    ):
        with pytest.raises((RefusedError, NotFoundError), match=why):
            office.act(kind, who, *what)

    assert office.rows() == before


def test_people_on_paper_and_outside_the_survey_get_no_seat(office):
    with office.database.write() as db:
        db.add(Group(id="other", parent_id=None, path="Other", name="Other", position=9))
        db.add(Person(email="out@acme.example", name="Out", group_id="other"))
        db.add(Person(name="Pat", external_id="8", group_id="acme-north", on_paper=True))
        db.commit()

    for who, why in (("out@acme.example", "belongs to no group"), ("Pat", "paper slip")):
        with pytest.raises(RefusedError, match=why):
            office.act("join", who)
        with pytest.raises(RefusedError, match="no valid invitation"):
            office.act("void", who)


def test_a_survey_with_people_put_right_is_counted(office):
    for number in range(8):
        office.answer(person(number))
    office.act("void", person(0))
    office.act("move", person(1), "Acme/South")
    office.act("move", person(20), "Acme/South")
    office.answer(person(20))

    assert close(office.database, office.settings, office.name) == "counted"

    with office.database.read() as db:
        assert db.scalar(select(func.count()).select_from(SpareSeat)) == 0


def test_whatever_happens_nobody_answers_twice_and_no_group_gets_more_than_its_seats(
    office, request
):
    rounds = 25 if request.config.getoption("--attack") else 1
    answered = []
    for seed in range(rounds):
        answered += _muddle(office, random.Random(seed))  # noqa: S311

    people, groups = zip(*answered, strict=True)
    assert max(Counter(people).values()) == 1
    for name, given in Counter(groups).items():
        group = office.group(name)
        assert group.spent <= group.spare
        assert given <= group.invited + group.spare


def _muddle(office, lots):
    """Do sixty acts and answers in any order, with every link anybody ever had; give who answered where."""
    with office.database.read() as db:
        people = list(db.scalars(select(Person.email).order_by(Person.name, Person.email)))[:12]
    answered = []
    for _ in range(60):
        at = lots.randrange(len(people))
        kind = lots.choice(["void", "join", "move", "readdress", "answer", "answer"])
        if kind == "answer":
            seats = office.seats(people[at])
            taken = [seat for seat in seats if office.stamp(office.code(seat)) == HTTPStatus.OK]
            answered += [(seat.person_id, seat.group_id) for seat in taken]
            continue
        what = {
            "move": [lots.choice(["Acme/North", "Acme/South"])],
            "readdress": [f"{secrets.token_hex(4)}@acme.example"],
        }.get(kind, [])
        try:
            office.act(kind, people[at], *what)
        except RefusedError:
            continue
        if kind == "readdress":
            (people[at],) = what
    return answered


def _answers(office):
    with office.database.read() as db:
        rows = db.execute(
            select(SealedResponse.group_id, func.count()).group_by(SealedResponse.group_id)
        ).all()
    return dict(map(tuple, rows))


def _correct_roster(office, email, new):
    """Change an address as an import of the roster does."""
    with office.database.write() as db:
        db.execute(update(Person).where(Person.email == email).values(email=new))
        db.commit()
