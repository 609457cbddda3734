"""A roster file is shown, asked about where somebody can answer, and stored whole or not at all."""

import os
import sys

import pytest
from sqlalchemy import select

from teamhealth.roster.models import Person

FILE = """email,name,group,leads
ann@acme.org,Ann,Acme,Acme
bob@acme.org,Bob,Acme/Ops,Acme/Ops
"""


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "people.csv"
    place.write_text(FILE)
    return place


@pytest.fixture
def terminal(monkeypatch):
    """Put a terminal in front of the command; ``terminal(text)`` types."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield lambda text: os.write(ours, text.encode())
    os.close(ours)


def _names(database):
    with database.read() as db:
        return db.scalars(select(Person.name).order_by(Person.name)).all()


def test_an_import_shows_what_changes_and_stores_it(database, cli, file):
    told = cli.run("roster", "import", file).out

    assert "New groups: 2\n  Acme\n  Acme/Ops\n" in told
    assert "  Bob <bob@acme.org> leads Acme/Ops, so answers in Acme\n" in told
    assert told.endswith("That makes 2 people in 2 groups.\nStored.\n")
    assert _names(database) == ["Ann", "Bob"]


def test_imported_again_nothing_is_stored(cli, file):
    cli.run("roster", "import", file)

    told = cli.run("roster", "import", file).out

    assert told == "Nothing changes: 2 people in 2 groups.\nNothing was stored.\n"


def test_a_dry_run_only_shows(database, cli, file):
    told = cli.run("roster", "import", file, "--dry-run", "--yes").out

    assert "People who join: 2" in told
    assert told.endswith("Nothing was stored.\n")
    assert _names(database) == []


def test_programs_get_one_object(cli, file):
    planned = cli.ask("roster", "import", file, "--dry-run")
    done = cli.ask("roster", "import", file)

    assert (planned["stored"], done["stored"]) == (False, True)
    assert {**planned, "stored": True} == done
    assert (done["people"], done["new_groups"]) == (2, ["Acme", "Acme/Ops"])
    assert done["answering"][1] == {
        "email": "bob@acme.org",
        "external_id": None,
        "name": "Bob",
        "group": "Acme/Ops",
        "leads": ["Acme/Ops"],
        "answers_in": "Acme",
        "exception": False,
    }


def test_at_a_terminal_one_is_asked(database, cli, file, terminal):
    terminal("y\n")

    ran = cli.run("roster", "import", file)

    assert "People who join: 2" in ran.out
    assert "Store this?" in ran.err
    assert _names(database) == ["Ann", "Bob"]


@pytest.mark.parametrize("typed", ["n\n", "\n"])
def test_whoever_does_not_say_yes_stores_nothing(database, cli, file, terminal, typed):
    terminal(typed)

    ran = cli.run("roster", "import", file, code=1)

    assert "was not stored" in ran.err
    assert _names(database) == []


def test_asked_with_json_one_still_sees_what_changes(cli, file, terminal):
    terminal("y\n")

    ran = cli.run("roster", "import", file, "--json")

    assert ran.out.startswith('{"stored": true')
    assert "People who join: 2" in ran.err


@pytest.mark.parametrize("words", [["--yes"], ["--dry-run"]])
def test_at_a_terminal_yes_and_a_dry_run_are_not_asked_about(cli, file, terminal, words):
    assert terminal

    assert cli.run("roster", "import", file, *words).err == ""


def test_a_broken_file_is_told_line_by_line_and_nothing_is_stored(database, cli, file):
    cli.run("roster", "import", file)
    file.write_text(FILE + "bob@acme.org,Bobby,Acme,\ncy,Cy,Acme,\n")

    ran = cli.run("roster", "import", file, "--json", code=1)

    assert ran.out == ""
    told = ran.err.splitlines()
    assert told[0].startswith("The roster has 2 problems; nothing was stored.")
    assert told[1].startswith("  line 4: bob@acme.org is the address of line 3 too")
    assert told[2].startswith("  line 5: 'cy' is no e-mail address")
    assert _names(database) == ["Ann", "Bob"]


def test_a_file_that_is_not_there_is_one_sentence(cli, tmp_path):
    assert "No such file" in cli.run("roster", "import", tmp_path / "no.csv", code=1).sentence


TEAMS = "email,name,group\n" + "".join(
    f"{name}@acme.org,{name},Acme/{team}\n"
    for team, names in (("Warehouse", "abcdefg"), ("Sales", "hij"))
    for name in names
)
SPLIT = "".join(
    line.replace("Warehouse", "North" if line[0] in "abcd" else "South")
    for line in TEAMS.splitlines(keepends=True)
)


def test_a_split_is_told_and_decided_otherwise_on_the_same_line(cli, file):
    file.write_text(TEAMS)
    cli.run("roster", "import", file)
    file.write_text(SPLIT)

    seen = cli.run("roster", "import", file, "--dry-run").out
    other = cli.ask(
        "roster", "import", file, "--same", "Acme/Warehouse=Acme/South", "--new", "Acme/Sales"
    )

    assert (
        "  Acme/Warehouse was split: Acme/North keeps its history, Acme/South begins anew."
        in seen
    )
    assert other["renamed_groups"] == [{"before": "Acme/Warehouse", "now": "Acme/South"}]
    assert (other["new_groups"], other["gone_groups"]) == (
        ["Acme/North", "Acme/Sales"],
        ["Acme/Sales"],
    )
    assert [(fate["what"], fate["now"]) for fate in other["history"]] == [
        ("split", ["Acme/South", "Acme/North"]),
        ("decided", ["Acme/South"]),
        ("decided", ["Acme/Sales"]),
    ]


def test_a_decision_that_cannot_hold_is_one_sentence_and_nothing_is_stored(cli, file):
    file.write_text(TEAMS)
    cli.run("roster", "import", file)
    file.write_text(SPLIT)

    ran = cli.run("roster", "import", file, "--same", "Acme/Sales=Acme/North", code=2)

    assert "“Acme/Sales” stays where it is in the file" in ran.sentence
    assert ran.sentence.endswith("Nothing was stored.")
    assert "People who move: 3" in cli.run("roster", "import", file, "--dry-run").out
