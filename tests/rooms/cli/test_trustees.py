"""``teamhealth trustee …``: what a server hands over and takes back, and every command of a trustee's own."""

import pytest

from tests.firms import answer_all
from tests.trustees import COUNCIL

LAUNCH = ("survey", "launch", "--form", "pulse", "--title", "Spring", "--closes", "+14d")
BARE = "--no-passphrase"


@pytest.fixture
def public(firm, cli, tmp_path):
    """Give the public file of a trustee, whose keys lie beside it."""
    assert firm
    cli.run("trustee", "keygen", "-o", tmp_path / "keys", "--name", COUNCIL, BARE)
    return tmp_path / "keys" / "trustee.public.json"


def test_from_keygen_to_a_published_result(database, firm, cli, public, tmp_path):
    keys, box, result = public.parent, tmp_path / "box", tmp_path / "result"
    launched = cli.run(*LAUNCH, "--trustee", public).out
    waiting = cli.ask("survey", "show", "spring")
    cli.run("trustee", "rehearsal", "spring", "-o", tmp_path / "rehearsal")
    cli.run(
        "trustee",
        "rehearse",
        tmp_path / "rehearsal",
        "-o",
        tmp_path / "proof",
        "--key",
        keys,
        BARE,
    )
    opened = cli.ask("trustee", "prove", "spring", tmp_path / "proof")
    answer_all(database, firm, "spring")
    told = cli.run("survey", "close").out
    cli.run("trustee", "box", "spring", "-o", box)
    again = cli.run(
        "trustee", "rehearse", box, "-o", tmp_path / "p", "--key", keys, BARE, code=1
    )
    count = ("trustee", "count", box, "--key", keys, "--yes", BARE)
    counted = cli.run(*count, "-o", result, "--fingerprint", opened["fingerprint"].lower()).out
    twice = cli.run(*count, "-o", tmp_path / "again", code=1)
    taken = cli.ask("trustee", "upload", "spring", result)
    late = cli.run("trustee", "upload", "spring", result, code=1)
    cli.run("survey", "publish", "spring")

    assert "waits for Works council to prove that it can count" in launched
    assert (waiting["state"], waiting["trustee"]) == ("preparing", COUNCIL)
    assert (opened["state"], opened["sent"]) == ("open", 19)
    assert "only Works council can open them" in told
    assert "holds real answers, not a rehearsal" in again.sentence
    assert "Acme/North: 6 of 6 people" in counted
    assert "a key counts once" in twice.sentence
    assert taken["state"] == "counted"
    assert "nothing passes between it and its trustee any more" in late.sentence
    assert cli.ask("audit", "spring")["faults"] == []


def test_nothing_is_handed_over_or_taken_before_its_time(cli, public, tmp_path):
    cli.run(*LAUNCH, "--trustee", public)
    for words in (
        ("box", "spring", "-o", tmp_path / "box"),
        ("upload", "spring", public),
        ("prove", "spring", public),
    ):
        assert "othing was" in cli.run("trustee", *words, code=1).sentence
    assert not (tmp_path / "box").exists()
    cli.run("survey", "cancel", "spring")
    assert (
        "nothing passes"
        in cli.run("trustee", "rehearsal", "spring", "-o", tmp_path / "r", code=1).sentence
    )


def test_a_survey_that_is_counted_here_has_no_trustee(firm, cli, tmp_path):
    assert firm
    cli.run(*LAUNCH)
    for words in (
        ("rehearsal", "spring", "-o", tmp_path / "r"),
        ("box", "spring", "-o", tmp_path / "b"),
    ):
        assert "has no trustee" in cli.run("trustee", *words, code=1).sentence
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    assert "not the public file" in cli.run(*LAUNCH, "--trustee", wrong, code=2).sentence
