"""From a wish to an open survey: everything pinned and everybody invited, or nothing at all."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.lookup import groups_of
from teamhealth.campaigns.models import PinnedFile, State, Survey
from teamhealth.credentials import blindsign
from teamhealth.credentials.codes import b64, unb64
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.tree import check_leaf
from teamhealth.errors import NotOpenError, RefusedError
from teamhealth.invitations.models import Invitation
from teamhealth.invitations.redeeming import seat_of
from teamhealth.jobs import leasing
from teamhealth.jobs.launching import prepare
from teamhealth.keys import box, issuers
from teamhealth.mail.models import Letter
from teamhealth.roster.models import Group, Person
from tests.conftest import NOON
from tests.firms import answer_all, ask_for, found, launch, survey_of


@pytest.fixture(autouse=True)
def _noon(at):
    assert at


@pytest.fixture
def settings(database, tmp_path):
    return found(database, tmp_path / "home")


def _pinned(database, name):
    with database.read() as db:
        return {g.group_id: g for g in groups_of(db, db.get(Survey, name))}


def _count(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def test_everybody_is_invited_and_can_answer_once_it_is_open(database, settings):
    name = launch(database, settings)

    survey = survey_of(database, name)
    assert (survey.state, survey.opened_at, survey.lease_until) == (State.OPEN, NOON, None)
    assert _count(database, Invitation) == survey.headcount == 19
    assert {sent.status for sent in answer_all(database, settings, name)} == {200}


def test_each_letter_is_in_a_language_of_the_survey_and_holds_no_code(database, settings):
    launch(database, settings, languages=["de", "en"])

    with database.read() as db:
        letters = db.scalars(select(Letter)).all()
        known = {invitation.id: invitation for invitation in db.scalars(select(Invitation))}
        people = {person.email: person for person in db.scalars(select(Person))}
    assert len(letters) == 19
    for letter in letters:
        person = people[letter.address]
        assert letter.language == (person.language or "de")
        assert known[letter.invitation_id].person_id == person.id
        assert "#" not in json.dumps(letter.facts)


def test_the_manifest_pins_wording_keys_scripts_and_sizes(database, settings):
    name = launch(database, settings, k=6)

    survey, groups = survey_of(database, name), _pinned(database, name)
    told = json.loads(survey.manifest)
    leaves = [json.loads(group.leaf) for group in groups.values() if group.leaf]
    assert survey.fingerprint == fingerprint(survey.manifest)
    assert told["instrument"] == hashlib.sha256(survey.instrument).hexdigest()
    assert told["closes_latest"] == "2026-03-30"
    assert (told["k"], told["groups"], told["headcount"]) == (6, 3, 19)
    assert sum(leaf["size"] for leaf in leaves) == 19
    assert told["box"] == b64(box.public_point(box.load(settings.keys, name)))
    for group in groups.values():
        if group.leaf:
            check_leaf(group.leaf.encode(), group.proof, unb64(told["root"]))
            key = issuers.load(settings.keys, name, group.group_id)
            assert json.loads(group.leaf)["key"] == b64(blindsign.modulus(key))


def test_every_file_of_the_page_is_pinned_under_the_fingerprint(database, settings):
    name = launch(database, settings)

    scripts = json.loads(survey_of(database, name).manifest)["scripts"]
    with database.read() as db:
        files = {file.name: file for file in db.scalars(select(PinnedFile))}
    assert {name: file.digest for name, file in files.items()} == scripts
    assert {"answer.js", "respond.css", "seal.js"} <= scripts.keys()
    for file in files.values():
        assert hashlib.sha256(file.body).hexdigest() == file.digest


def test_small_groups_answer_further_up_and_no_key_stands_for_fewer_than_k(database, settings):
    groups = _pinned(database, launch(database, settings, k=6))

    assert {name: (g.people, g.invited, g.answers_in) for name, g in groups.items()} == {
        "acme": (1, 6, "acme"),
        "acme-north": (6, 6, "acme-north"),
        "acme-south": (7, 7, "acme-south"),
        "acme-west": (5, 0, "acme"),
    }
    assert not groups["acme-west"].reportable
    assert [g.position for g in groups.values()] == [0, 1, 2, 3]


def test_a_firm_of_twelve_answers_as_one_group(database, tmp_path):
    firm = {"Acme": 2, "Acme/A": 4, "Acme/B": 3, "Acme/C": 3}
    settings = found(database, tmp_path / "firm", firm)

    groups = _pinned(database, launch(database, settings))

    assert {name: g.invited for name, g in groups.items() if g.leaf} == {"acme": 12}
    assert {g.comments_in for g in groups.values()} == {"acme"}


def test_a_survey_of_one_department_knows_nobody_else(database, settings):
    name = launch(database, settings, scope_path="Acme/South")

    assert list(_pinned(database, name)) == ["acme-south"]
    assert _count(database, Invitation) == 7


def test_preparing_again_changes_nothing(database, settings):
    name = launch(database, settings)
    before = survey_of(database, name).manifest

    assert prepare(database, settings, name) is State.OPEN

    assert survey_of(database, name).manifest == before
    assert _count(database, Letter) == 19


def test_another_worker_leaves_a_survey_alone_that_is_being_prepared(database, settings):
    name = ask_for(database, settings)

    with leasing.leased(database, name, State.PREPARING):
        state = prepare(database, settings, name)

    assert state is State.PREPARING
    assert not settings.keys.joinpath("issuers").exists()


def test_a_roster_that_changes_meanwhile_is_invited_as_it_is_then(database, settings):
    name = ask_for(database, settings)
    changes = iter([_leave, lambda _database: None])

    prepare(
        database,
        settings,
        name,
        on_step=lambda step: next(changes)(database) if step == "keys" else None,
    )

    groups = _pinned(database, name)
    assert survey_of(database, name).headcount == 18
    assert (groups["acme-west"].invited, groups["acme"].invited) == (0, 5)


def _leave(database):
    with database.write() as db:
        person = db.scalars(select(Person).where(Person.group_id == "acme-west")).first()
        db.delete(person)
        db.commit()


def test_a_roster_that_no_longer_suffices_cancels_before_anybody_heard_of_it(
    database, settings
):
    name = ask_for(database, settings, scope_path="Acme/West")
    _leave(database)

    with pytest.raises(RefusedError, match="at least 5"):
        prepare(database, settings, name)

    survey = survey_of(database, name)
    assert survey.state is State.CANCELLED
    assert "at least 5" in survey.trouble
    assert _count(database, Letter) == 0


def test_a_group_that_left_the_roster_cannot_be_asked(database, settings):
    name = ask_for(database, settings, scope_path="Acme/West")
    with database.write() as db:
        for person in db.scalars(select(Person).where(Person.group_id == "acme-west")):
            db.delete(person)
        db.flush()
        db.delete(db.get(Group, "acme-west"))
        db.commit()

    with pytest.raises(RefusedError, match="no longer in the roster"):
        prepare(database, settings, name)


def test_a_survey_is_not_opened_after_its_closing_date(database, settings, at):
    name = ask_for(database, settings)
    at(NOON + timedelta(days=15))

    with pytest.raises(RefusedError, match="has passed"):
        prepare(database, settings, name)

    assert survey_of(database, name).state is State.CANCELLED


def test_before_it_is_open_nobody_can_answer(database, settings):
    name = ask_for(database, settings)

    with database.read() as db, pytest.raises(NotOpenError, match="not open yet"):
        seat_of(db, name, bytes(10))
