"""``report`` writes PDFs of what was counted, one file a group, and nothing before."""

import io
import json
import zipfile

import pypdf
import pytest

from teamhealth.cells.canonical import digest
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words
from tests.firms import answer_all, launch, survey_of
from tests.rooms.outlets.printing import text


@pytest.fixture
def counted(database, firm, cli, at):
    """Give the id of a counted survey."""
    assert at
    name = launch(database, firm)
    answer_all(database, firm, name)
    cli.run("survey", "close", name)
    return name


def first_page(file):
    return pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()


def _names(folder):
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


TEAMS = ["acme-team.pdf", "north-team.pdf", "south-team.pdf", "west-team.pdf"]
KINDS = ("--kind", "organisation", "--kind", "summary")  # few, where the number does not matter
FILES = ["acme-organisation.pdf", "acme-summary.pdf"]


@pytest.mark.slow
def test_all_reports_are_written_into_a_folder_that_need_not_exist(counted, cli, tmp_path):
    folder = tmp_path / "reports" / "spring"

    told = cli.run("report", counted, "--all", "-o", folder)

    files = _names(folder)
    slides = [name.replace("-team", "-slides") for name in TEAMS]
    assert files == sorted([*FILES, *TEAMS, *slides])
    assert sorted(told.out.split()) == sorted(str(folder / name) for name in files)
    assert "The whole organisation" in first_page(folder / "acme-organisation.pdf")
    assert "It is nobody’s business who" in first_page(folder / "north-team.pdf")


@pytest.mark.long
def test_what_is_there_is_not_printed_again_and_the_rest_is(counted, cli, tmp_path):
    cli.run("report", counted, "--all", *KINDS, "-o", tmp_path / "out", "--jobs", "1")
    before = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in FILES}
    (tmp_path / "out" / "acme-summary.pdf").unlink()

    cli.run("report", counted, "--all", *KINDS, "-o", tmp_path / "out")
    after = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in FILES}
    cli.run("report", counted, "--all", *KINDS, "--no-comments", "-o", tmp_path / "out")
    anew = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in FILES}

    assert [name for name in FILES if before[name] != after[name]] == ["acme-summary.pdf"]
    assert [name for name in FILES if after[name] == anew[name]] == []


@pytest.mark.long
def test_all_reports_fit_into_one_file(counted, cli, tmp_path):
    target = tmp_path / "spring.zip"

    told = cli.run("report", counted, "--all", *KINDS, "-o", target)

    assert told.out.split() == [str(target)]
    with zipfile.ZipFile(target) as pack:
        assert sorted(pack.namelist()) == FILES
        assert all(pack.read(name).startswith(b"%PDF") for name in FILES)
    assert [file.name for file in tmp_path.iterdir() if "spring" in file.name] == ["spring.zip"]


@pytest.mark.long
def test_one_report_is_written_to_a_file_or_into_a_folder(counted, cli, tmp_path):
    cli.run("report", counted, "-o", tmp_path / "all.pdf")
    cli.run("report", counted, "--group", "Acme/North", "--leader", "-o", tmp_path)
    cli.run("report", counted, "--group", "Acme/North", "--kind", "slides", "-o", tmp_path)

    assert "The whole organisation" in first_page(tmp_path / "all.pdf")
    assert "North" in first_page(tmp_path / "north-team.pdf")
    assert "North" in first_page(tmp_path / "north-slides.pdf")


@pytest.mark.long
def test_sections_are_left_out_of_one_report_and_of_all(counted, cli, tmp_path):
    without = ("--leave-out", "talk,practices")
    cli.run("report", counted, "--group", "Acme/North", *without, "-o", tmp_path / "one.pdf")
    cli.run(
        "report", counted, "--all", "--kind", "team", *without, "-o", tmp_path / "all",
        "--jobs", "1",
    )  # fmt: skip

    for path in (tmp_path / "one.pdf", *(tmp_path / "all").glob("*.pdf")):
        words = text(path.read_bytes())
        assert "The themes at a glance" in words
        assert "Rules for everybody" not in words
        assert "Suggestions to choose from" not in words
    strange = ("--leave-out", "page-one", "-o", tmp_path / "never.pdf")
    assert "no section page-one" in cli.run("report", counted, *strange, code=2).sentence


def test_before_the_count_there_is_nothing_to_report(database, firm, cli, at, tmp_path):
    assert at
    name = launch(database, firm)

    refusal = cli.run("report", name, "--all", "-o", tmp_path / "reports", code=1)
    too_early = cli.run("attest", name, "-o", tmp_path / "reports", code=1)

    assert "has no results before it is counted" in refusal.sentence
    assert "has no results before it is counted" in too_early.sentence
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--group", "Acme/North", "--all"], "not both; nothing was written"),
        (["--leader"], "--leader needs --group or --all; nothing was written"),
        (
            ["--kind", "team", "--kind", "slides"],
            "Several --kind need --all; nothing was written",
        ),
    ],
    ids=["one and all", "whose leader", "one of several"],
)
def test_a_wish_that_makes_no_sense_is_refused(cli, tmp_path, words, sentence):
    target = tmp_path / "report.pdf"

    assert sentence in cli.run("report", "spring", *words, "-o", target, code=2).sentence
    assert not target.exists()


def test_a_group_that_the_survey_does_not_have_is_not_reported(counted, cli, tmp_path):
    target = tmp_path / "report.pdf"

    refusal = cli.run("report", counted, "--group", "Acme/East", "-o", target, code=1)

    assert "has no group 'Acme/East'; nothing was written" in refusal.sentence
    assert not target.exists()


def test_the_attestation_says_what_was_pinned_and_what_is_published(
    counted, database, cli, tmp_path
):
    cli.run("attest", counted, "-o", tmp_path)
    cli.run("attest", counted, "-o", tmp_path / "de.pdf", "--language", "de")

    survey = survey_of(database, counted)
    audit = cli.ask("audit", counted)
    text = first_page(tmp_path / f"{counted}-attestation.pdf")
    told = " ".join(text.split())
    pinned = json.loads(survey.manifest)["scripts"]
    for said in (
        spaced(survey.fingerprint),
        " ".join(words(survey.fingerprint)),
        survey.instrument_digest,
        digest(survey.manifest),
        f"answer.js {pinned['answer.js'][:16]}",
        f"seal.js {pinned['seal.js'][:16]}",
        audit["mark"],
        "Acme. People invited: 19, of them on paper: 0. Groups with a key of their own: 4. Spare seats: 4.",
        "Answers in the result 18",
        "Unreadable envelopes 0",
        "5 people. Every published figure",
        "Sealed answers, invitations and keys are destroyed.",
    ):
        assert said in told, said
    assert audit["digest"] not in told
    assert "Was diese Seite nicht beweist" in first_page(tmp_path / "de.pdf")
    target = tmp_path / "xx.pdf"
    wrong = cli.run("attest", counted, "-o", target, "--language", "xx", code=2)
    assert "only in en, de, fr, es, pt, ar. Nothing was written." in wrong.sentence
    assert not target.exists()
