"""``survey launch`` ends with an open survey and its invitations, or with a reason and nothing."""

import json

import pytest
from sqlalchemy import func, select

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Audience, State, Survey
from teamhealth.mail.models import Letter
from tests.firms import survey_of

LAUNCH = ("survey", "launch", "--form", "pulse", "--title", "Spring", "--closes", "+14d")


def _surveys(database):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(Survey))


def test_a_launched_survey_is_open_and_everybody_has_a_letter(database, firm, cli):
    told = cli.ask(*LAUNCH)

    survey = survey_of(database, told["id"])
    assert (told["state"], survey.state) == ("open", State.OPEN)
    assert (told["invited"], told["sent"]) == (19, 19)
    assert len(list((firm.home / "outbox").glob("*.eml"))) == 19
    assert told["fingerprint"] == survey.fingerprint
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Letter)) == 0


def test_people_read_the_forecast_first_and_then_where_to_answer(firm, cli):
    assert firm

    lines = cli.run(*LAUNCH, "--min-group", 6).out.splitlines()

    assert lines[0] == "19 people will be invited."
    assert "  Acme/West (5 people): counted in Acme" in lines
    assert any("People answer at http://localhost:8000/a/spring" in line for line in lines[2:])
    assert lines[-1] == "19 invitations were sent."


def test_programs_read_the_forecast_in_the_one_object(firm, cli):
    assert firm

    told = cli.ask(*LAUNCH, "--min-group", 6)["forecast"]

    assert (told["people"], told["possible"]) == (19, 3)
    assert told["without"] == [{"group": "Acme/West", "people": 5, "counted_in": "Acme"}]


def test_every_choice_is_pinned(database, firm, cli):
    assert firm
    name = cli.ask(
        *LAUNCH, "--group", "Acme/South", "--languages", "de, ar", "--min-group", 7,
        "--leader-theme", "agreed", "--leader-theme-reference", "Agreement 7",
        "--themes", "belonging,leader_support",
    )["id"]  # fmt: skip

    survey = survey_of(database, name)
    assert (survey.scope_id, survey.headcount, survey.k) == ("acme-south", 7, 7)
    assert survey.languages == ["de", "ar"]
    assert (survey.leader_theme, survey.leader_theme_reference) == (
        Audience.AGREED,
        "Agreement 7",
    )
    themes = [theme.id for theme in instrument_of(survey).themes]
    assert themes == ["belonging", "leader_support"]


def test_what_people_may_tell_of_themselves_is_pinned_and_told_before(database, firm, cli):
    assert firm

    ran = cli.run(*LAUNCH, "--ask", "site=Lyon; Porto", "--ask", "tenure")

    instrument = instrument_of(survey_of(database, "spring"))
    site, tenure = instrument.attributes
    assert (site.id, [option["en"] for option in site.options]) == ("site", ["Lyon", "Porto"])
    assert (tenure.id, len(tenure.options), tenure.ordered) == ("tenure", 5, True)
    told = ran.out.splitlines()
    assert told[2] == (
        "People may also tell, if they like: At which site do you mostly work? (Lyon; Porto)"
    )
    assert "across the whole survey only, for 5 people or more, never within" in told[4]
    assert "Of 19 people probably nothing can be shown" in ran.sentence
    assert cli.ask("survey", "show", "spring")["asks"] == ["site", "tenure"]


def test_nothing_is_asked_of_anybody_s_self_unless_somebody_says_so(database, firm, cli):
    assert firm

    told = cli.ask(*LAUNCH)

    assert told["asks"] == []
    assert instrument_of(survey_of(database, "spring")).attributes == ()


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--min-group", 4), (1, "must be 5 to 10")),
        (("--group", "Acme/East"), (1, "Acme/East")),
        (("--group", "Acme/West", "--min-group", 6), (1, "5 people would be invited")),
        (("--closes", "+61d"), (1, "at most 60 days")),
        (("--closes", "soon"), (2, "is no moment")),
        (("--form", "daily"), (2, "There is no form daily")),
        (("--languages", "en,tlh"), (2, "There is no language tlh")),
        (("--languages", ","), (2, "No language is chosen")),
        (("--themes", "weather"), (2, "There is no theme weather")),
        (("--ask", "age"), (2, "asked about 'age'; choose from: tenure, site, workplace")),
        (("--ask", "site=Lyon"), (2, "2 to 8 of them, and 1 came")),
        (("--ask", "site=Lyon;;Porto"), (2, "One of the names for site is empty")),
        (("--leader-theme", "all"), (2, "'all' is not one of")),
        (("--leader-theme", "agreed"), (1, "name the agreement")),
    ],
    ids=str,
)
def test_a_wish_that_cannot_be_is_refused_in_one_sentence(database, firm, cli, words, refusal):
    assert firm
    code, told = refusal

    ran = cli.run(*LAUNCH, *words, code=code)

    assert told in ran.sentence
    assert ran.out == ""
    assert _surveys(database) == 0


def test_without_people_there_is_no_survey(cli):
    assert "import the roster first" in cli.run(*LAUNCH, code=1).sentence


def test_who_cannot_write_to_people_does_not_open_a_survey(database, firm, cli, monkeypatch):
    assert firm
    monkeypatch.setenv("TEAMHEALTH_MAIL_URL", "carrier-pigeon://loft")

    assert "TEAMHEALTH_MAIL_URL" in cli.run(*LAUNCH, code=2).sentence
    assert _surveys(database) == 0


def test_a_mail_server_that_is_down_delays_letters_not_the_survey(
    database, firm, cli, monkeypatch
):
    assert firm
    monkeypatch.setenv("TEAMHEALTH_MAIL_URL", "smtp://127.0.0.1:9")

    told = cli.run(*LAUNCH)

    assert "0 invitations were sent; the worker sends the other 19." in told.out
    with database.read() as db:
        assert db.scalar(select(func.count()).select_from(Letter)) == 19


def test_where_other_machines_have_the_keys_it_is_left_to_them(database, firm, cli):
    if database.is_sqlite:
        return  # there is only one machine
    firm.keys.rmdir()

    told = cli.run(*LAUNCH)

    assert "will open as soon as the worker of the machine with the keys" in told.out
    assert survey_of(database, "spring").state is State.PREPARING


def test_a_second_survey_of_the_same_people_waits_for_the_first(firm, cli):
    assert firm
    cli.run(*LAUNCH)

    assert "“Spring” (spring) asks some of the same people" in cli.run(*LAUNCH, code=1).sentence


def test_json_is_one_object_and_nothing_else(firm, cli):
    assert firm

    printed = cli.run(*LAUNCH, "--json")

    assert printed.err == ""
    assert json.loads(printed.out)["id"] == "spring"
