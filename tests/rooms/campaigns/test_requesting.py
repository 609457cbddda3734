"""A survey is asked for: what is refused, and what is pinned at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Audience, State, Survey, SurveyGroup
from teamhealth.cells.canonical import digest
from teamhealth.errors import NotFoundError, RefusedError, WrongUseError
from teamhealth.roster.models import Group
from tests.conftest import NOON
from tests.firms import ask_for, found, launch, survey_of
from tests.makers import settings_of


@pytest.fixture
def settings(database, tmp_path):
    return found(database, tmp_path / "home")


def test_a_wish_becomes_a_survey_to_be_prepared(database, settings):
    name = ask_for(database, settings, title="  Spring   2026 ", languages=["de", "en"])

    survey = survey_of(database, name)
    assert (survey.id, survey.title, survey.state) == (
        "spring-2026",
        "Spring 2026",
        State.PREPARING,
    )
    assert (survey.scope_id, survey.headcount, survey.k) == ("acme", 19, 5)
    assert survey.languages == ["de", "en"]
    assert survey.closes_latest == survey.closes_at + timedelta(days=14)
    assert survey.instrument_digest == digest(survey.instrument)
    assert instrument_of(survey).languages == ("de", "en")


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"k": 4}, "must be 5 to 10"),
        ({"k": 11}, "must be 5 to 10"),
        ({"title": "  "}, "needs a title"),
        ({"title": "x" * 121}, "needs a title"),
        ({"closes_at": NOON}, "not in the future"),
        ({"closes_at": NOON + timedelta(days=60, minutes=1)}, "at most 60 days"),
        ({"scope_path": "Acme/West", "k": 6}, "5 people would be invited"),
        ({"leader_theme": Audience.AGREED}, "name the agreement"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wish_against_the_rules_is_refused_in_words(database, settings, wish, told):
    with pytest.raises(RefusedError, match=told) as refusal:
        ask_for(database, settings, **wish)

    assert "Nothing was launched" in str(refusal.value)
    with database.read() as db:
        assert db.query(Survey).count() == 0


@pytest.mark.parametrize(
    "wish",
    [
        {"title": "Spring\u202etset"},
        {"title": "Spring\x00"},
        {"leader_theme": Audience.AGREED, "leader_theme_reference": "§4\u2066 of nothing"},
    ],
    ids=str,
)
def test_what_reads_as_something_else_is_refused(database, settings, wish):
    with pytest.raises(RefusedError, match="invisible signs"):
        ask_for(database, settings, **wish)


@pytest.mark.parametrize(
    "wish",
    [
        {"form": "daily"},
        {"languages": ["tlh"]},
        {"languages": []},
        {"themes": ["weather"]},
        {"scope_path": "Acme/East"},
    ],
    ids=str,
)
def test_what_does_not_exist_is_refused(database, settings, wish):
    with pytest.raises((WrongUseError, NotFoundError)):
        ask_for(database, settings, **wish)


def test_an_address_on_which_browsers_do_not_seal_is_refused(database, settings):
    open_door = replace(settings, base_url="http://survey.intern")

    with pytest.raises(RefusedError, match="https"):
        ask_for(database, open_door)


def test_without_a_roster_nothing_is_launched(database, tmp_path):
    with pytest.raises(RefusedError, match="import the roster"):
        ask_for(database, settings_of(database, tmp_path))


@pytest.mark.parametrize("scope", [None, "Acme", "Acme/North"])
def test_a_second_survey_of_the_same_people_is_refused_while_one_runs(
    database, settings, scope
):
    first = ask_for(database, settings, scope_path="Acme/North", title="First")

    with pytest.raises(RefusedError, match=f"“First” \\({first}\\)"):
        ask_for(database, settings, scope_path=scope)


def test_a_survey_of_other_people_may_run_at_the_same_time(database, settings):
    ask_for(database, settings, scope_path="Acme/North")

    assert ask_for(database, settings, scope_path="Acme/South")


def test_a_group_whose_name_begins_like_another_is_another(database, tmp_path):
    firm = {"Acme": 0, "Acme/North": 6, "Acme/North Sea": 6}
    settings = found(database, tmp_path / "home", firm)
    ask_for(database, settings, scope_path="Acme/North")

    assert ask_for(database, settings, scope_path="Acme/North Sea")


def test_after_a_survey_is_over_its_people_may_be_asked_again(database, settings):
    first = ask_for(database, settings)
    with database.write() as db:
        db.get(Survey, first).state = State.CANCELLED
        db.commit()

    assert ask_for(database, settings) == "spring-2"


@pytest.mark.parametrize("state", [State.CLOSING, State.AWAITING_TRUSTEE])
def test_of_the_same_groups_a_survey_follows_only_when_the_last_one_is_counted(
    database, settings, at, state
):
    assert at
    first = launch(database, settings, title="First")
    part = ask_for_part_after(database, settings, first, state)

    with pytest.raises(
        RefusedError, match=f"“First” \\({first}\\) of the same groups is closed"
    ):
        ask_for(database, settings)

    assert part
    _reach(database, part, State.CANCELLED)
    _reach(database, first, State.COUNTED)
    assert ask_for(database, settings) == "spring"


def ask_for_part_after(database, settings, first, state):
    """Ask a part of the people when a survey of all of them is no longer open to answers."""
    _reach(database, first, state)
    return ask_for(database, settings, scope_path="Acme/North", title="Part")


def _reach(database, name, state):
    with database.write() as db:
        db.get(Survey, name).state = state
        db.commit()


def test_a_group_that_a_running_survey_asks_is_found_where_the_roster_put_it_since(
    database, settings, at
):
    assert at
    launch(database, settings, scope_path="Acme/North", title="First")
    with database.write() as db:  # a team of North's, moved below South while North is asked
        team = SurveyGroup(
            survey_id="first", group_id="team", position=1, parent_id="acme-north",
            path="Acme/North/Team", name="Team", people=0, invited=0, reportable=False,
        )  # fmt: skip
        now = Group(
            id="team", parent_id="acme-south", path="Acme/South/Team", name="Team", position=9
        )
        db.add_all([team, now])
        db.commit()

    with pytest.raises(RefusedError, match="“First” \\(first\\) asks some of the same people"):
        ask_for(database, settings, scope_path="Acme/South")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Été à Zürich!", "ete-a-zurich"),
        ("استطلاع", "survey-2026-03"),
        ("done", "done-2"),
        ("How are we doing together this spring?", "how-are-we-doing-togethe"),
    ],
)
def test_an_id_can_be_typed_and_follows_from_the_title(database, settings, title, name):
    assert ask_for(database, settings, title=title) == name


def test_where_nobody_may_see_the_leaders_theme_it_is_not_asked(database, settings):
    name = ask_for(database, settings, leader_theme=Audience.OFF)

    themes = {theme.id for theme in instrument_of(survey_of(database, name)).themes}
    assert "leader_support" not in themes
    assert len(themes) == 11


def test_hr_may_choose_themes(database, settings):
    name = ask_for(database, settings, form="full", themes=["belonging", "listening"])

    assert [t.id for t in instrument_of(survey_of(database, name)).themes] == [
        "listening",
        "belonging",
    ]


def test_the_contacts_of_the_day_are_pinned(database, settings):
    told = replace(settings, organisation="Acme", contact="HR, room 3")

    name = ask_for(database, told)

    assert survey_of(database, name).contacts == {
        "organisation": "Acme",
        "contact": "HR, room 3",
    }
