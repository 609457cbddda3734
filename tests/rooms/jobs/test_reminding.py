"""One reminder, to everybody alike; who does not want it says so, and that says nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from teamhealth.campaigns.deciding import extend
from teamhealth.jobs.sweeping import sweep
from teamhealth.mail.models import Letter
from teamhealth.roster.models import Person
from tests.conftest import NOON
from tests.rooms.invitations.putting_right import SMALL, office_of, person, posted

DUE = NOON + timedelta(days=11)  # the usual survey closes after fourteen


@pytest.fixture
def office(database, tmp_path, at):
    at(NOON)
    return office_of(database, tmp_path / "home", SMALL)


def _reminded(office):
    """Sweep, and give the reminders that went out, by address."""
    sweep(office.database, office.settings)
    with office.database.read() as db:
        assert db.scalars(select(Letter)).all() == []
    return posted(office.settings, "Still open")


def test_everybody_gets_one_reminder_with_the_same_words(office, at):
    _speak(office, "en")
    for number in (0, 2):
        office.answer(person(number, "acme-five"))
    at(DUE - timedelta(seconds=1))
    early = _reminded(office)
    at(DUE)
    first = _reminded(office)
    at(DUE + timedelta(days=2))
    again = _reminded(office)

    assert (early, len(first), again) == ({}, 11, first)
    told = set()
    for address, letter in first.items():
        who = office.seats(address)[0]
        name = f"Person {address.removeprefix('person').partition('@')[0]}"
        for own in (office.code(who), _spaced(office.code(who)), name):
            assert own in letter
            letter = letter.replace(own, "")  # noqa: PLW2901
        told.add(letter)
    assert len(told) == 1
    assert "Everybody invited by letter gets this reminder, with the same words" in told.pop()


def test_reminders_are_switched_off_whether_or_not_the_link_was_used(office, at):
    codes = {n: office.code(office.seats(person(n, "acme-six"))[0]) for n in range(3)}
    office.answer(person(0, "acme-six"))
    office.act("void", person(2, "acme-six"))

    replies = [
        office.client.post(f"/a/{office.name}/quiet", json={"t": code})
        for code in codes.values()
    ]

    assert [reply.status_code for reply in replies] == [200, 200, 404]
    assert replies[0].data == replies[1].data == b'{"ok":true}'
    at(DUE)
    quiet = {person(n, "acme-six") for n in range(3)}
    assert quiet.isdisjoint(_reminded(office))
    assert len(_reminded(office)) == 8


def test_a_reminder_goes_to_whoever_has_a_seat_where_their_link_went(office, at):
    office.act("void", person(0, "acme-five"))
    office.act("readdress", person(1, "acme-five"), "new@acme.example")
    office.act("move", person(2, "acme-five"), "Acme/Six")
    with office.database.write() as db:
        other = db.scalars(select(Person).where(Person.email == person(3, "acme-five"))).one()
        other.email = "elsewhere@acme.example"  # by an import of the roster
        db.commit()
    at(DUE)

    reminded = _reminded(office)

    assert person(0, "acme-five") not in reminded
    assert person(1, "acme-five") not in reminded
    assert "elsewhere@acme.example" not in reminded
    assert office.code(office.seats("new@acme.example")[-1]) in reminded["new@acme.example"]
    moved = office.seats(person(2, "acme-five"))
    assert office.code(moved[-1]) in reminded[person(2, "acme-five")]
    assert person(3, "acme-five") in reminded
    assert len(reminded) == 10


@pytest.mark.parametrize(
    "wish", [{"reminders": False}, {"closes_at": NOON + timedelta(days=5, seconds=-1)}]
)
def test_none_is_sent_where_none_is_wanted_or_the_survey_is_short(database, tmp_path, at, wish):
    at(NOON)
    office = office_of(database, tmp_path / "home", SMALL, **wish)
    at(wish.get("closes_at", NOON + timedelta(days=14)) - timedelta(hours=2))

    assert _reminded(office) == {}
    invitation = posted(office.settings, "Your invitation")[person(0, "acme-five")]
    assert "reminder" not in invitation


def test_an_extended_survey_reminds_three_days_before_its_new_close(office, at):
    with office.database.write() as db:
        extend(db, office.name, NOON + timedelta(days=20), now=NOON)
        db.commit()
    at(DUE)
    before = _reminded(office)
    at(NOON + timedelta(days=17))

    assert (before, len(_reminded(office))) == ({}, 11)
    invitation = posted(office.settings, "Your invitation")[person(0, "acme-five")]
    assert "one reminder, on 13 March 2026 or, if the survey is extended, later" in invitation


def _spaced(code):
    return "-".join(code[at : at + 4] for at in range(0, 16, 4))


def _speak(office, language):
    with office.database.write() as db:
        for one in db.scalars(select(Person)):
            one.language = language
        db.commit()
