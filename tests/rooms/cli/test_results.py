"""``export`` and ``audit`` read what was counted, and nothing before."""

import csv
import json

import openpyxl
import pytest

from tests.firms import answer_all, launch


@pytest.fixture
def counted(database, firm, cli, at):
    """Give the id of a counted survey."""
    assert at
    name = launch(database, firm)
    answer_all(database, firm, name)
    cli.run("survey", "close", name)
    return name


def test_results_are_exported_for_spreadsheets_and_for_programs(counted, cli, tmp_path):
    cli.run("export", counted, "--format", "csv", "-o", tmp_path / "results.csv")
    document = json.loads(cli.run("export", counted, "--format", "json", "-o", "-").out)

    with (tmp_path / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [group["path"] for group in document["groups"]][:2] == ["Acme", "Acme/North"]
    assert {row["survey"] for row in rows} == {counted}
    assert "leader_support" not in {row["theme"] for row in rows}


def test_results_are_exported_as_a_spreadsheet_but_not_to_the_terminal(counted, cli, tmp_path):
    target = tmp_path / "results.xlsx"
    cli.run("export", counted, "--format", "xlsx", "-o", target)

    book = openpyxl.load_workbook(target)
    assert [row[0] for row in book["Groups"].values][:3] == ["Group", "Acme", "Acme/North"]
    refusal = cli.run("export", counted, "--format", "xlsx", "-o", "-", code=2)
    assert "nothing was written" in refusal.sentence


def test_before_the_count_there_is_nothing_to_export_or_audit(
    database, firm, cli, at, tmp_path
):
    assert at
    name = launch(database, firm)
    target = tmp_path / "results.csv"

    refusal = cli.run("export", name, "--format", "csv", "-o", target, code=1)

    assert "has no results before it is counted" in refusal.sentence
    assert not target.exists()
    assert "before it is counted" in cli.run("audit", name, code=1).sentence


def test_a_file_is_replaced_whole_or_not_at_all(counted, cli, tmp_path):
    target = tmp_path / "results.csv"
    target.write_text("of last year")

    cli.run("export", counted, "--format", "csv", "-o", tmp_path / "no" / "x.csv", code=1)
    cli.run("export", counted, "--format", "csv", "-o", target)

    assert target.read_text(encoding="utf-8").startswith("survey,group,theme")
    assert [file.name for file in tmp_path.glob("*.part")] == []


@pytest.mark.parametrize(
    "words", [("--format", "pdf", "-o", "-"), ("--format", "csv"), ("-o", "-")], ids=str
)
def test_an_export_needs_a_format_and_a_target(cli, words):
    assert "Nothing was changed" in cli.run("export", "spring", *words, code=2).sentence


def test_a_sound_snapshot_passes_the_audit(counted, cli):
    told = cli.ask("audit", counted)

    assert told["faults"] == []
    assert len(told["digest"]) == 64
    assert "Nothing published covers fewer people" in cli.run("audit", counted).out
