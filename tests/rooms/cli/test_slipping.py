"""``slips`` prints codes that are kept nowhere, for people who get no letter, and makes leftovers void."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.credentials.codes import from_code
from teamhealth.credentials.tokens import token_hash
from teamhealth.invitations.models import Invitation
from teamhealth.mail.models import Letter
from teamhealth.web.respond.app import create_app
from tests.firms import survey_of
from tests.makers import settings_of
from tests.people import Person
from tests.slips import codes_in

LAUNCH = ("survey", "launch", "--form", "pulse", "--title", "Spring", "--closes", "+14d")
ROSTER = """external_id,email,name,group,leads,answers_by
{people}"""


def _line(number, group, by=""):
    email = f"p{number}@acme.example" if by != "none" else ""
    return f"{number},{email},P{number},{group},,{'' if by == 'none' else by}"


@pytest.fixture
def paper(database, tmp_path, cli):
    """Import North (two without a mailbox, one by choice, five by mail) and West (two, rolled up); launch."""
    lines = [
        _line(n, "Acme/North", "none" if n < 2 else "paper" if n == 2 else "") for n in range(8)
    ]
    lines += [_line(n, "Acme/West", "none" if n == 8 else "") for n in (8, 9)]
    lines += [_line(n, "Acme/South") for n in range(10, 16)]
    (tmp_path / "home" / "keys").mkdir(parents=True, mode=0o700)
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER.format(people="\n".join(lines)))
    cli.run("roster", "import", file, "--yes")
    told = cli.ask(*LAUNCH, "--paper-note", "Tuesday  at two")
    return survey_of(database, told["id"]), told


def _slips(database):
    with database.read() as db:
        return db.scalars(select(Invitation).where(Invitation.paper)).all()


def _print(cli, survey, place, *words, code=0):
    return cli.run("slips", survey.id, *words, "-o", place, code=code)


def _client(database, tmp_path):
    settings = settings_of(database, tmp_path / "home")
    return create_app(database, settings).test_client(use_cookies=False)


def test_whoever_is_on_paper_gets_no_letter(database, cli, paper, tmp_path):
    survey, told = paper

    assert (told["invited"], told["sent"], told["forecast"]["on_paper"]) == (16, 12, 4)
    assert survey.paper_note == "Tuesday at two"
    letters = "".join(file.read_text() for file in (tmp_path / "home" / "outbox").glob("*.eml"))
    assert not any(f"p{n}@acme.example" in letters for n in (0, 1, 2, 8))
    with database.read() as db:
        assert db.scalars(select(Letter)).all() == []
        groups = {
            g.path: (g.invited, g.on_paper)
            for g in db.scalars(select(SurveyGroup))
            if g.invited
        }
    assert groups == {"Acme/North": (8, 3), "Acme": (2, 1), "Acme/South": (6, 0)}
    shown = cli.run("survey", "show", survey.id).out
    assert "Acme/North: 8 people, 3 on paper" in shown


def test_codes_are_stored_as_hashes_in_no_order(database, cli, paper, tmp_path):
    survey, _ = paper
    place = tmp_path / "north.pdf"

    said = _print(cli, survey, place, "--group", "Acme/North").out

    codes = codes_in(place.read_bytes(), survey.fingerprint)
    assert len(set(codes)) == 4  # three people, and the one spare seat
    assert "4 slips for Acme/North." in said
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    rows = {row.token_hash: row for row in _slips(database)}
    assert set(rows) == {token_hash(survey.id, from_code(code)) for code in codes}
    assert all(row.person_id is None and row.group_id for row in rows.values())
    kept = b"".join(
        file.read_bytes()
        for file in Path(tmp_path).rglob("*")
        if file.is_file() and file != place
    )
    assert not any(code.encode() in kept or from_code(code) in kept for code in codes)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_more_slips_than_seats_over_all_calls_and_none_twice(database, cli, paper, tmp_path):
    survey, _ = paper
    north = ("--group", "Acme/North")

    _print(cli, survey, tmp_path / "a.pdf", *north, "--count", 2)
    again = _print(cli, survey, tmp_path / "a.pdf", *north, "--count", 1, code=1).sentence
    many = _print(cli, survey, tmp_path / "b.pdf", *north, "--count", 3, code=1).sentence
    _print(cli, survey, tmp_path / "c.pdf", "--all")
    none = _print(cli, survey, tmp_path / "d.pdf", *north, code=1).sentence

    assert "is there already, and its slips may still be good" in again
    assert "2 more can be printed, and 3 were asked for" in many
    assert "no more can be printed" in none
    assert "codes are not stored" in none
    assert not (tmp_path / "b.pdf").exists()
    assert len(codes_in((tmp_path / "c.pdf").read_bytes(), survey.fingerprint)) == 4
    assert len(_slips(database)) == 6


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_group_that_is_rolled_up_is_sent_to_the_one_that_answers_for_it(cli, paper, tmp_path):
    survey, _ = paper

    west = _print(cli, survey, tmp_path / "w.pdf", "--group", "Acme/West", code=1).sentence
    moon = _print(cli, survey, tmp_path / "w.pdf", "--group", "Acme/Moon", code=1).sentence

    assert "its people answer in “Acme”" in west
    assert "no group “Acme/Moon”" in moon


def test_leftovers_are_voided_with_the_same_words_whether_or_not_they_were_used(
    database, cli, paper, tmp_path
):
    survey, _ = paper
    _print(cli, survey, tmp_path / "n.pdf", "--all")
    used, unused, *rest = codes_in((tmp_path / "n.pdf").read_bytes(), survey.fingerprint)
    client = _client(database, tmp_path)
    first = Person(client, survey, used)
    assert first.answer()

    replies = [cli.run("slips", survey.id, "--void", code).out for code in (used, unused)]
    cli.run("slips", survey.id, "--group", "Acme/North", "--void-rest")
    cli.run("slips", survey.id, "--group", "Acme", "--void-rest")

    assert replies[0] == replies[1]
    asked = {code: Person(client, survey, code).post("group", {"t": code}) for code in rest}
    assert {answer.status_code for answer in asked.values()} == {404}
    assert Person(client, survey, unused).post("group", {"t": unused}).status_code == 404
    first.seal()
    assert first.stamp().status_code == 409
    letter = cli.run("slips", survey.id, "--void", "7QFM2X9PT4RS0ABC", code=1).sentence
    assert "no code of a paper slip of this survey. Nothing was changed" in letter


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_slips_exist_only_while_the_survey_is_open(cli, paper, tmp_path):
    survey, _ = paper
    cli.run("survey", "close", survey.id)

    told = _print(cli, survey, tmp_path / "n.pdf", "--all", code=1).sentence

    assert "paper slips exist only while it is open" in told
    assert not (tmp_path / "n.pdf").exists()


WRONG = (
    (),
    ("--all", "--count", 2, "-o", "x.pdf"),
    ("--group", "A", "--all", "-o", "x.pdf"),
    ("--void-rest",),
    ("--void", "ABC"),
    ("--void", "A", "--all"),
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_meant_is_wrong_use(cli):
    for words in WRONG:
        assert cli.run("slips", "spring", *words, code=2).sentence
