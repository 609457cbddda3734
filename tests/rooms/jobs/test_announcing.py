"""Letters about a published result: to whom, when, how often, and what lies in them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from teamhealth.accounts.models import Account
from teamhealth.campaigns import releasing
from teamhealth.campaigns.models import Survey
from teamhealth.campaigns.releasing import EVERYBODY, LEADERS
from teamhealth.jobs.announcing import announce
from teamhealth.mail.models import Letter
from teamhealth.roster.models import Person
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST
from tests.rooms.jobs.announced import (
    ABOVE,
    CARLA,
    MONDAY,
    NONE,
    OLGA,
    READY,
    RITA,
    TALK,
    TALKED,
    THURSDAY,
    TOMAS,
    TUESDAY,
    Firm,
    text_of,
)  # fmt: skip
from tests.rooms.outlets.printing import text


@pytest.fixture
def firm(database, tmp_path, at):
    return Firm(database, tmp_path / "home", at)


def test_leaders_hear_first_then_those_above_and_each_once(firm):
    firm.publish()

    at_once = firm.sweep(TUESDAY)
    between = firm.sweep(THURSDAY - timedelta(seconds=1))
    later = firm.sweep(THURSDAY)
    after = firm.sweep(THURSDAY + timedelta(days=1))

    assert at_once == [(OLGA, READY), (RITA, NONE), (TOMAS, READY)]
    assert (between, later, after) == ([], [(OLGA, ABOVE)], [])


def test_the_talk_letter_goes_once_and_to_the_leader_alone(firm):
    firm.publish()
    firm.sweep(THURSDAY)

    early = firm.sweep(TALK - timedelta(seconds=1))
    due = firm.sweep(TALK)
    after = firm.sweep(TALK + timedelta(days=30))

    assert (early, after) == ([], [])
    assert due == [(who, TALKED) for who in (OLGA, RITA, TOMAS)]
    assert HR not in {address for address, _ in due}


@pytest.mark.parametrize(
    ("choices", "expected"),
    [({"talk": False}, [3, 1, 0, 0]), ({"letters": False}, [0, 0, 0, 0])],
)
def test_letters_that_are_switched_off_are_not_sent(firm, choices, expected):
    firm.publish(**choices)

    moments = (TUESDAY, THURSDAY, TALK, TALK + timedelta(days=9))
    assert [len(firm.sweep(moment)) for moment in moments] == expected


def test_where_nobody_waits_each_gets_one_letter(firm):
    firm.publish(at_once_because="The board meets tomorrow.")

    assert firm.sweep(TUESDAY) == [(OLGA, READY), (RITA, NONE), (TOMAS, READY)]
    assert firm.sweep(THURSDAY) == []
    assert "Until" not in text_of(firm.letter(TOMAS, READY))


def test_a_letter_names_the_groups_and_the_day_and_leads_to_the_desk(firm):
    firm.publish()
    firm.sweep(TUESDAY)

    ready, none = text_of(firm.letter(TOMAS, READY)), text_of(firm.letter(RITA, NONE))

    assert "ready for you: Warehouse North." in ready
    assert "Until 3 December 2026 only HR and whoever leads the group" in ready
    assert f"{firm.settings.base_url}/desk/surveys/{LATEST}/results" in ready
    assert "no result of its own (Returns)" in none
    assert "counted in Operations." in none
    assert "password" not in ready + none


def test_who_leads_several_groups_gets_one_letter_of_all(firm):
    make_accounts(firm.database, CARLA, hr=())
    firm.publish()

    assert (CARLA, READY) in firm.sweep(TUESDAY)
    assert "Service Desk and Platform" in text_of(firm.letter(CARLA, READY))


def test_a_letter_is_in_the_language_of_the_account_else_of_the_person(firm):
    with firm.database.write() as db:
        db.execute(update(Account).where(Account.email == TOMAS).values(language="ar"))
        db.execute(update(Person).where(Person.email == OLGA).values(language="de"))
        db.commit()
    firm.publish()
    firm.sweep(TUESDAY)

    assert "Warehouse North" in text_of(firm.letter(TOMAS, "تقريركم جاهز"))
    assert "3. Dezember 2026" in text_of(firm.letter(OLGA, "Ihr Bericht ist fertig"))


def test_who_has_no_password_gets_a_set_up_link_that_works(firm, tmp_path):
    with firm.database.write() as db:
        db.execute(update(Account).where(Account.email == TOMAS).values(password=""))
        db.commit()
    firm.publish()
    firm.sweep(TUESDAY)

    said = text_of(firm.letter(TOMAS, READY))

    link = re.search(r"(/desk/setup/\S+)", said)[1]
    assert "no password yet. This link lets you choose one until 8 December 2026" in said
    page = desk_of(firm.database, tmp_path / "home").test_client().get(link)
    assert page.status_code == 200
    assert "Tomas" in page.text


def test_everybody_gets_the_same_summary_whether_or_not_they_answered(firm):
    with firm.database.write() as db:
        for number in range(3):
            address = f"worker{number}@northwind.example"
            db.add(Person(email=address, name="Worker", group_id="transport"))
        db.add(Person(external_id="77", name="On paper", group_id="transport", on_paper=True))
        db.commit()
    firm.publish(summary=True, letters=False)

    early = firm.sweep(MONDAY - timedelta(seconds=1))
    due = firm.sweep(MONDAY)
    after = firm.sweep(MONDAY + timedelta(days=1))

    workers = [f"worker{number}@northwind.example" for number in range(3)]
    assert (early, after) == ([], [])
    assert [who for who, _ in due] == sorted([*workers, TOMAS, OLGA, RITA, CARLA])
    told = {text_of(firm.letter(who, "What came out")) for who in workers}
    assert len(told) == 1
    said = told.pop()
    assert "for Northwind as a whole" in said
    assert re.search(r"Answers counted: \d+ ", said)
    assert "talk about their own results by 15 December 2026" in said


@pytest.mark.parametrize("killed", range(4))
def test_two_workers_write_no_letter_twice(firm, killed, monkeypatch):
    firm.publish(summary=True)
    if killed:
        real = releasing.next_letters
        calls = iter(range(10))

        def once(*what, **more):
            if next(calls) < killed:
                raise KeyboardInterrupt  # as a kill between the letters and the commit
            return real(*what, **more)

        monkeypatch.setattr(releasing, "next_letters", once)
    written = []
    for _ in range(killed + 2):
        try:
            written.append(announce(firm.database, LATEST, now=THURSDAY))
        except KeyboardInterrupt:
            written.append(0)

    with firm.database.read() as db:
        letters = [(letter.address, letter.kind) for letter in db.scalars(select(Letter))]
    assert len(letters) == len(set(letters)) == sum(written) == 3


@pytest.mark.long
@pytest.mark.slow
def test_what_is_enclosed_holds_no_comment_and_nothing_about_the_leader(firm, tmp_path):
    firm.publish(summary=True, encloses=frozenset({LEADERS, EVERYBODY}))
    firm.sweep(TUESDAY)
    firm.sweep(MONDAY)

    ready = list(firm.letter(OLGA, READY).iter_attachments())
    none = list(firm.letter(RITA, NONE).iter_attachments())
    page = list(firm.letter(TOMAS, "What came out").iter_attachments())

    assert [one.get_filename() for one in ready] == ["operations-team.pdf"]
    assert [one.get_filename() for one in none] == ["operations-returns-talk.pdf"]
    assert [one.get_filename() for one in page] == ["northwind-summary.pdf"]
    with firm.database.read() as db:
        title = db.get(Survey, LATEST).title
    for (one,) in (ready, none, page):
        body = one.get_content()
        assert body.startswith(b"%PDF")
        told = text(body)
        assert title in told
        assert "Steady leadership" not in told
        assert "In their own words" not in told
    client = signed_in_client(firm.database, tmp_path / "home", OLGA)
    assert client.get(f"/desk/surveys/{LATEST}/groups/operations").status_code == 200
