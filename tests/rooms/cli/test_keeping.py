"""What an operator's timer runs: sweeps, backups, and one day a restore."""

from datetime import timedelta

import pytest

from teamhealth.campaigns.models import State
from tests.conftest import NOON
from tests.firms import answer_all, ask_for, launch, survey_of


def test_a_sweep_does_what_is_due_and_says_so(database, firm, cli, at):
    at(NOON)
    name = ask_for(database, firm)

    opened = cli.run("sweep")
    at(NOON + timedelta(days=14))
    counted = cli.ask("sweep")

    assert opened.out.splitlines() == [
        f"Opened: {name}.",
        f"Participation told anew: {name}.",
        "19 letters sent.",
    ]
    assert counted["counted"] == [name]
    assert survey_of(database, name).state is State.COUNTED


def test_a_sweep_that_could_not_do_everything_fails(database, firm, cli, at):
    at(NOON)
    name = launch(database, firm)
    (firm.home / "snapshots").write_text("in the place of the folder")
    at(NOON + timedelta(days=14))

    told = cli.run("sweep", code=1)

    assert f"Failed: close of {name} (FileExistsError); it will be tried again." in told.out


def test_lost_keys_make_every_sweep_fail(database, firm, cli, at):
    at(NOON)
    name = launch(database, firm)
    (firm.keys / "links" / name).unlink()

    assert cli.ask("sweep", code=1)["without_keys"] == [name]


def test_a_backup_is_written_and_an_installation_in_use_is_not_overwritten(
    database, firm, cli, tmp_path, at
):
    at(NOON)
    answer_all(database, firm, launch(database, firm))
    file = tmp_path / "backup.zip"

    told = cli.ask("backup", file)

    assert told["file"] == str(file)
    assert told["rows"] > 19
    assert "This installation is not empty" in cli.run("restore", file, code=1).sentence


def test_a_backup_that_cannot_be_written_is_a_sentence(firm, cli, tmp_path):
    assert firm

    assert "cannot be used" in cli.run("backup", tmp_path / "no" / "b.zip", code=1).sentence


@pytest.mark.parametrize("body", [b"", b"nothing of ours"])
def test_what_is_no_backup_is_not_restored(cli, tmp_path, body):
    file = tmp_path / "holiday.zip"
    file.write_bytes(body)

    assert "it is no backup of Team Health" in cli.run("restore", file, code=1).sentence


def test_a_backup_that_does_not_exist_is_wrong_use(cli, tmp_path):
    assert "does not exist" in cli.run("restore", tmp_path / "none.zip", code=2).sentence
