"""``content check`` lists every fault of a folder, for people and for programs."""

import shutil

import pytest

from teamhealth import content

IPNB = content.folder("surveys") / "ipnb"


@pytest.fixture
def folder(tmp_path):
    """Give a copy of the shipped content, to be broken."""
    return shutil.copytree(IPNB, tmp_path / "content")


def test_the_shipped_content_is_in_order(cli):
    told = cli.ask("content", "check")

    assert told == {"folder": str(IPNB), "faults": []}


def test_every_fault_is_listed_with_file_and_place(cli, folder):
    file = folder / "practices.yaml"
    file.write_text(file.read_text("utf-8").replace("minutes: 2\n", "minutes: two\n"), "utf-8")
    (folder / "retro.yaml").unlink()

    told = cli.run("content", "check", folder, code=1)

    *faults, summary = told.out.splitlines()
    assert faults[0].startswith("practices.yaml, line ")
    assert "practices[0].minutes: expected a whole number 1–480, found “two”" in faults[0]
    assert faults[-1] == "retro.yaml: expected this file, which is missing"
    assert summary == f"{folder}: {len(faults)} faults."


def test_a_folder_that_does_not_exist_is_wrong_use(cli, tmp_path):
    assert "does not exist" in cli.run("content", "check", tmp_path / "none", code=2).sentence
