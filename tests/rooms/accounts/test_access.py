"""Who may open which group's results."""

import pytest

from teamhealth.accounts.access import Access, Branch, access_of
from teamhealth.roster.models import Group, Lead, Person
from tests.desk import HR, account, make_accounts

TREE = (
    Branch("acme", None),
    Branch("ops", "acme"),
    Branch("north", "ops"),
    Branch("dock", "north"),
    Branch("sales", "acme"),
)
LEA = "lea@acme.example"


@pytest.fixture
def roster(database):
    """Let Lea lead Operations, with a warehouse and its dock below and Sales beside it."""
    with database.write() as db:
        for position, branch in enumerate(TREE):
            db.add(
                Group(
                    id=branch.id,
                    parent_id=branch.parent,
                    path=f"Acme/{branch.id}",
                    name=branch.id.title(),
                    position=position,
                )
            )
            db.flush()
        lea = Person(email=LEA, name="Lea", group_id="ops")
        db.add(lea)
        db.flush()
        db.add(Lead(person_id=lea.id, group_id="ops"))
        db.commit()
    make_accounts(database, LEA, "bo@acme.example")
    return database


def _access(database, email):
    with database.read() as db:
        return access_of(db, account(database, email))


def test_a_leader_opens_the_groups_they_lead_and_those_below(roster):
    access = _access(roster, LEA)

    assert access.opened(TREE) == {"ops", "north", "dock"}
    assert access.leads == {"ops"}
    assert not access.is_hr


def test_hr_opens_every_group_of_the_survey_and_leads_none(roster):
    access = _access(roster, HR)

    assert access.opened(TREE) == {branch.id for branch in TREE}
    assert not access.opens(TREE, "another")
    assert access.leads == frozenset()


def test_an_account_that_leads_nothing_opens_nothing(roster):
    assert _access(roster, "bo@acme.example").opened(TREE) == frozenset()


def test_a_leader_opens_a_survey_of_a_part_of_what_they_lead(roster):
    alone = (Branch("dock", None),)  # the survey's tree does not know of Operations

    assert _access(roster, LEA).opens(alone, "dock")


def test_a_group_that_was_below_when_the_survey_was_made_stays_open():
    access = Access(LEA, "Lea", is_hr=False, leads=frozenset({"ops"}))

    assert access.opens((Branch("closed", "ops"), Branch("ops", None)), "closed")


def test_who_loses_a_group_in_the_roster_loses_it_here_at_once(roster):
    with roster.write() as db:
        db.delete(db.query(Lead).one())
        db.commit()

    assert _access(roster, LEA).opened(TREE) == frozenset()


def test_results_of_a_group_that_is_gone_are_for_those_above_it_then_and_not_for_who_took_it_in(
    roster,
):
    with roster.write() as db:
        db.delete(db.get(Group, "dock"))
        bo = Person(email="bo@acme.example", name="Bo", group_id="sales")
        db.add(bo)
        db.flush()
        db.add(Lead(person_id=bo.id, group_id="sales"))
        db.commit()

    assert _access(roster, LEA).opens(TREE, "dock")
    assert _access(roster, HR).opens(TREE, "dock")
    assert not _access(roster, "bo@acme.example").opens(TREE, "dock")


def test_a_survey_of_a_group_alone_that_is_gone_is_for_hr(roster):
    with roster.write() as db:
        db.delete(db.get(Group, "dock"))
        db.commit()

    assert not _access(roster, LEA).opens((Branch("dock", None),), "dock")
    assert _access(roster, HR).opens((Branch("dock", None),), "dock")
