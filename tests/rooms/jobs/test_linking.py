"""Links are made while a letter is sent; the same invitation has the same link each time."""

import pytest
from sqlalchemy import select

from teamhealth.credentials.codes import from_code
from teamhealth.credentials.links import read
from teamhealth.credentials.tokens import token_hash
from teamhealth.errors import KeysMissingError
from teamhealth.invitations.models import Invitation
from teamhealth.jobs.linking import link_facts
from tests.firms import found, launch, survey_of


@pytest.fixture
def settings(database, tmp_path, at):
    assert at
    return found(database, tmp_path / "home")


@pytest.fixture
def name(database, settings):
    return launch(database, settings, languages=["de", "en"])


@pytest.fixture
def invitation(database, name):
    assert name
    with database.read() as db:
        return db.scalars(select(Invitation)).first()


@pytest.fixture
def facts(database, settings, name, invitation):
    """Give what a letter in a language would be given."""

    def of(language="de"):
        return link_facts(
            database, settings, survey_id=name, invitation=invitation.id, language=language
        )

    return of


def test_link_and_code_lead_to_the_invitation(database, name, invitation, facts):
    told = facts()

    found = read(told["url"])
    assert token_hash(name, found.token) == invitation.token_hash
    assert found.fingerprint == from_code(survey_of(database, name).fingerprint)
    assert from_code(told["code"]) == found.token
    assert told["code"].count("-") == 3
    assert told["address"] == "http://localhost:8000/a/spring"


@pytest.mark.parametrize(
    ("language", "page"), [("de", "/a/spring#"), ("en", "/a/spring/en#"), ("fr", "/a/spring#")]
)
def test_the_link_names_a_language_only_where_it_is_not_the_first(facts, language, page):
    assert page in facts(language)["url"]


def test_a_reminder_repeats_the_link(facts):
    assert facts() == facts()


def test_without_the_link_key_there_is_no_link(settings, name, facts):
    (settings.keys / "links" / name).unlink()

    with pytest.raises(KeysMissingError):
        facts()
