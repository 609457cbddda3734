"""A survey is looked at, put off, ended and released; nothing tells how many have answered."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.models import State
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words
from teamhealth.invitations.models import Invitation
from teamhealth.jobs import participation
from teamhealth.keys import destroying
from teamhealth.responses.models import SealedResponse
from tests.conftest import NOON
from tests.firms import answer_all, found, launch, survey_of


@pytest.fixture
def survey(database, firm, at):
    """Give the id of an open survey."""
    assert at
    return launch(database, firm)


def _count(database, kind):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(kind))


def test_surveys_are_listed_the_newest_first(database, firm, cli, at):
    assert "no survey yet" in cli.run("survey", "list").out
    at(NOON)
    launch(database, firm, scope_path="Acme/North", title="North")
    at(NOON + timedelta(hours=1))
    launch(database, firm, scope_path="Acme/South", title="South", at=NOON + timedelta(hours=1))

    told = cli.ask("survey", "list")["surveys"]

    assert [(each["id"], each["state"]) for each in told] == [
        ("south", "open"),
        ("north", "open"),
    ]
    assert cli.run("survey", "list").out.startswith("south ")


def test_a_survey_is_shown_with_dates_fingerprint_and_groups(database, survey, cli):
    told = cli.ask("survey", "show", survey)

    assert (told["state"], told["opened"]) == ("open", NOON.isoformat())
    assert told["closes_latest"] == (NOON + timedelta(days=28)).isoformat()
    assert told["fingerprint"] == survey_of(database, survey).fingerprint
    assert [(g["path"], g["people"], g["participation"]) for g in told["groups"]] == [
        ("Acme", 19, None),
        ("Acme/North", 6, None),
        ("Acme/South", 7, None),
        ("Acme/West", 5, None),
    ]
    assert told["fingerprint_words"] == " ".join(words(told["fingerprint"]))
    shown = cli.run("survey", "show").out
    assert f"fingerprint    {spaced(told['fingerprint'])}" in shown
    assert f"fingerprint words {told['fingerprint_words']}" in shown


def test_taking_part_is_told_in_steps_only(database, firm, survey, cli):
    answer_all(database, firm, survey, share=0.75)
    participation.refresh(database, survey, now=NOON)

    told = {g["path"]: g["participation"] for g in cli.ask("survey", "show")["groups"]}

    assert told == {
        "Acme": "enough for a result",
        "Acme/North": "not enough yet",
        "Acme/South": "enough for a result",
        "Acme/West": None,  # five people, of whom "enough" would say all
    }
    assert "Acme/South: 7 people, enough for a result" in cli.run("survey", "show").out


def test_large_groups_are_told_in_tenths(database, tmp_path, cli, at):
    at(NOON)
    settings = found(database, tmp_path / "home", {"Acme": 30})
    name = launch(database, settings)
    participation.refresh(database, name, now=NOON)
    none_yet = cli.ask("survey", "show")["groups"][0]["participation"]
    answer_all(database, settings, name, share=0.5)
    participation.refresh(database, name, now=NOON + timedelta(days=1))

    half = cli.ask("survey", "show")["groups"][0]["participation"]

    assert (none_yet, half) == ("fewer than 10 %", "50 % or more")


def test_the_closing_date_is_put_off(database, survey, cli):
    told = cli.ask("survey", "extend", survey, "--closes", "+20d")

    assert told["closes"] == (NOON + timedelta(days=20)).isoformat()
    assert survey_of(database, survey).closes_at == NOON + timedelta(days=20)


@pytest.mark.parametrize("closes", ["+13d", "+29d"])
def test_a_closing_date_is_never_earlier_or_beyond_the_promise(database, survey, cli, closes):
    refusal = cli.run("survey", "extend", survey, "--closes", closes, code=1)

    assert "nothing was changed" in refusal.sentence
    assert survey_of(database, survey).closes_at == NOON + timedelta(days=14)


def test_a_closed_survey_is_counted_before_the_command_ends(database, firm, survey, cli):
    answer_all(database, firm, survey)

    told = cli.ask("survey", "close", survey)

    assert told["state"] == "counted"
    assert (_count(database, SealedResponse), _count(database, Invitation)) == (0, 0)
    assert destroying.surveys(firm.keys) == frozenset()
    assert not survey_of(database, survey).needs_scrubbing


def test_a_survey_is_closed_once(survey, cli):
    cli.run("survey", "close", survey)

    assert (
        "is counted; nothing was changed" in cli.run("survey", "close", survey, code=1).sentence
    )


def test_where_other_machines_have_the_keys_closing_leaves_them_the_count(
    database, firm, survey, cli
):
    if database.is_sqlite:
        return  # there is only one machine
    firm.keys.rename(firm.home / "elsewhere")

    told = cli.run("survey", "close")

    assert "takes no more answers, but is not counted" in told.out
    assert survey_of(database, survey).state is State.CLOSING


def test_a_survey_whose_keys_are_lost_is_cancelled_and_the_command_fails(
    database, firm, survey, cli
):
    for file in firm.keys.rglob("*"):
        if file.is_file():
            file.unlink()

    told = cli.run("survey", "close", code=1)

    assert "had to be cancelled" in told.out
    assert survey_of(database, survey).state is State.CANCELLED


def test_a_cancelled_survey_is_destroyed_unread_and_everybody_is_told(
    database, firm, survey, cli
):
    answer_all(database, firm, survey)

    told = cli.ask("survey", "cancel", survey, "--reason", "We move offices.")

    assert (told["state"], told["sent"]) == ("cancelled", 19)
    assert _count(database, SealedResponse) == 0
    assert destroying.surveys(firm.keys) == frozenset()
    letters = [file.read_bytes() for file in (firm.home / "outbox").glob("*.eml")]
    assert len(letters) == 19
    assert "already cancelled" not in cli.run("survey", "cancel", survey).out


def test_a_counted_survey_is_released_and_can_no_longer_be_cancelled(survey, cli):
    too_early = cli.run("survey", "publish", survey, code=1)
    cli.run("survey", "close")

    told = cli.ask("survey", "publish")

    assert "Only a counted survey can be published" in too_early.sentence
    assert told["state"] == "published"
    assert "cannot be cancelled" in cli.run("survey", "cancel", survey, code=1).sentence


@pytest.mark.parametrize("decision", ["extend", "close", "cancel", "publish"])
def test_without_a_survey_in_a_fitting_state_none_is_guessed(cli, firm, decision):
    assert firm
    words = ("--closes", "+1d") if decision == "extend" else ()

    assert "nothing was changed" in cli.run("survey", decision, *words, code=1).sentence


def test_where_several_could_be_meant_none_is_guessed(database, firm, cli, at):
    assert at
    launch(database, firm, scope_path="Acme/North", title="North")
    launch(database, firm, scope_path="Acme/South", title="South")

    refusal = cli.run("survey", "close", code=2)

    assert "north" in refusal.sentence
    assert "south" in refusal.sentence
    assert {survey_of(database, n).state for n in ("north", "south")} == {State.OPEN}


@pytest.mark.parametrize("decision", ["show", "close", "cancel", "publish"])
def test_an_unknown_survey_is_said_to_be_unknown(cli, firm, decision):
    assert firm

    assert (
        "There is no survey 'winter'" in cli.run("survey", decision, "winter", code=1).sentence
    )
