"""Invitations: one a person, known by a hash alone, and gone at once when they are forgotten."""

import pytest
from sqlalchemy import select

from teamhealth.credentials.tokens import token, token_hash
from teamhealth.invitations import inviting
from teamhealth.invitations.models import Invitation
from teamhealth.roster.models import Person
from tests.firms import found
from tests.makers import LINK_KEY, open_survey


@pytest.fixture
def invited(database, tmp_path):
    """Invite nineteen people of a roster to a survey; give their rows."""
    found(database, tmp_path / "home")
    open_survey(database, tmp_path / "other", name="autumn")
    open_survey(database, tmp_path / "other", name="spring", sizes={"none": 0})
    with database.write() as db:
        people = db.scalars(select(Person)).all()
        inviting.invite(db, "spring", LINK_KEY, ((p.id, p.group_id) for p in people))
        db.commit()
        return db.scalars(select(Invitation).where(Invitation.survey_id == "spring")).all()


def test_every_code_follows_from_the_link_key_and_only_its_hash_is_stored(invited):
    assert len(invited) == len({row.token_hash for row in invited}) == 19
    for row in invited:
        assert row.token_hash == token_hash("spring", token(LINK_KEY, "spring", str(row.id)))
        assert row.blinded_hash is None


def test_everybody_is_written_to_whether_or_not_they_have_answered(database, invited):
    with database.write() as db:
        for row in db.scalars(select(Invitation).where(Invitation.survey_id == "spring")):
            row.blinded_hash = bytes(32) if row.group_id == "acme-north" else None
        db.commit()

    with database.read() as db:
        told = list(inviting.everybody(db, "spring"))
        people = {person.email: person for person in db.scalars(select(Person))}

    assert {one.invitation for one in told} == {row.id for row in invited}
    for one in told:
        person = people[one.address]
        assert (one.name, one.language) == (person.name, person.language)


def test_a_link_key_can_be_tried_on_one_invitation(database, invited):
    with database.read() as db:
        name, hashed = inviting.any_code_hash(db, "spring")
        nobody = inviting.any_code_hash(db, "winter")

    assert hashed == {row.id: row.token_hash for row in invited}[name]
    assert nobody is None


def test_forgetting_one_survey_leaves_the_other(database, invited):
    assert invited
    with database.write() as db:
        inviting.forget(db, "spring")
        db.commit()

    with database.read() as db:
        assert {row.survey_id for row in db.scalars(select(Invitation))} == {"autumn"}
