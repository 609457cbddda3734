"""Somebody is put right from the command line: the same words and the same JSON, whatever they did."""

import pytest

from teamhealth.web.respond.app import create_app
from tests.firms import launch
from tests.rooms.invitations.putting_right import Office, person, posted


@pytest.fixture
def office(database, firm, at):
    assert at
    door = create_app(database, firm).test_client()
    return Office(database, firm, launch(database, firm), door)


def test_an_act_prints_the_same_whether_or_not_the_person_has_answered(office, cli):
    office.answer(person(0))

    used, unused = (cli.run("survey", "void", office.name, person(n)) for n in (0, 3))
    told, other = (cli.ask("survey", "void", office.name, person(n)) for n in (1, 2))

    assert used == unused
    assert told == other == {
        "survey": office.name,
        "act": "void",
        "group": None,
        "told": used.out.strip(),
    }  # fmt: skip
    assert set(posted(office.settings, "Your invitation was taken back")) == {
        person(n) for n in range(4)
    }


def test_a_late_person_gets_a_letter_and_somebody_moved_another_link(office, cli):
    moved = cli.run("survey", "move", office.name, person(0), "Acme/South").out
    cli.run("survey", "void", office.name, person(1))
    joined = cli.ask("survey", "join", office.name, person(1))
    cli.run("survey", "readdress", office.name, person(0, "acme-west"), "new@acme.example")

    assert moved.endswith("The link is for Acme/South.\n")
    assert joined["group"] == "Acme/North"
    letters = posted(office.settings, "You now answer in South")
    assert office.code(office.seats(person(0))[-1]) in letters[person(0)]
    assert list(posted(office.settings, "Your letters now come here")) == ["new@acme.example"]
    assert list(posted(office.settings, "Your letters now go elsewhere")) == [
        person(0, "acme-west")
    ]


def test_a_refusal_is_one_sentence_and_leaves_everything(office, cli):
    before = office.rows()

    told = cli.run("survey", "move", office.name, person(0), "Acme/East", code=1).sentence

    assert told.startswith("Survey spring asks no group “Acme/East”. Nothing was changed;")
    assert office.rows() == before
