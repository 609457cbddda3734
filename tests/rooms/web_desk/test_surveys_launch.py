"""Launching from the screen: the form, the check, the button, and every refusal in words."""

import html
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Audience, State, Survey
from teamhealth.roster.models import Lead
from teamhealth.web.desk.app import create_desk
from tests.conftest import NOON
from tests.desk import HR, csrf, signed_in_client
from tests.rooms.web_desk.houses import DORA, LEA, house_of, in_days

FORM, CHECK = "/desk/launch", "/desk/launch/check"
WISH = {
    "title": "Spring survey",
    "form": "pulse",
    "group": "Acme",
    "closes": in_days(14),
    "k": "5",
    "languages": ["en", "de"],
    "leader_theme": "leader",
}


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home")


def _check(house, email=HR, **wish):
    return house.client(email).get(CHECK, query_string={**WISH, **wish})


def _launch(client, **wish):
    token = csrf(client.get(CHECK, query_string=WISH | wish))
    return client.post(FORM, data={"csrf_token": token, **WISH, **wish})


def _told(answer):
    return " ".join(html.unescape(answer.text).split())


def _stored(house):
    with house.database.read() as db:
        return db.scalars(select(Survey)).all()


def test_the_form_proposes_what_most_want(house):
    page = house.page(FORM)

    assert 'value="Team survey, March 2026"' in page
    assert 'value="2026-03-16"' in page
    assert '<option value="Acme" selected>' in page
    assert (
        page.count("checked") == 6
    )  # form, two languages of the roster, k, reminder, audience
    assert "24 statements · 8 themes · about 6 minutes" in page


def test_the_check_tells_what_a_survey_could_give_and_what_is_promised(house):
    page = _told(_check(house))

    assert "asks 48 people" in page
    assert "<b>none</b>" in page
    assert "counted in <bdi>Operations</bdi>" in page
    assert "never later than Monday 30 March 2026" in page
    assert "A result stands for 5 people or more" in page
    assert "48 letters go out, which takes about 2 minutes" in page
    assert "Nothing has been stored yet" in page
    assert _stored(house) == []


def test_one_press_of_the_button_launches_the_survey(house):
    client = house.client()
    answer = _launch(client)

    assert answer.status_code == 303
    assert answer.location == "/desk/surveys/spring-survey"
    [survey] = _stored(house)
    assert (survey.state, survey.title, survey.k) == (State.PREPARING, "Spring survey", 5)
    assert survey.closes_at == datetime(2026, 3, 16, 23, 59, tzinfo=UTC)
    assert survey.languages == ["en", "de"]
    assert survey.launched_by == HR
    assert survey.reminders
    assert "Getting ready to open" in client.get(answer.location).text


def test_whoever_launches_may_do_without_the_reminder(house):
    back = _told(house.client().get(FORM, query_string=WISH | {"reminders": "no"}))
    _launch(house.client(), reminders="no")

    (survey,) = _stored(house)
    assert not survey.reminders
    assert '<input checked id="reminders-1"' in back
    assert '<details class="fold" open>' in back


def test_pressing_twice_launches_once(house):
    client = house.client()
    first = _launch(client)
    token = csrf(client.get(first.location + "/cancel"))
    second = client.post(FORM, data={"csrf_token": token, **WISH})

    assert (second.status_code, second.location) == (303, first.location)
    assert len(_stored(house)) == 1


def test_hr_may_choose_themes_and_an_agreed_audience(house):
    _launch(
        house.client(),
        form="full",
        themes=["belonging", "listening"],
        leader_theme="agreed",
        leader_theme_reference="Works agreement, §4",
    )

    [survey] = _stored(house)
    assert [theme.id for theme in instrument_of(survey).themes] == ["listening", "belonging"]
    assert survey.leader_theme is Audience.AGREED
    assert survey.leader_theme_reference == "Works agreement, §4"


UNREADABLE = [
    ({"title": " "}, "Give the survey a title"),
    ({"title": "x" * 121}, "at most 120 characters"),
    ({"form": "daily"}, "Not a valid choice"),
    ({"closes": ""}, "Choose the day"),
    ({"closes": "soon"}, "Not a valid date"),
    ({"group": "Acme/Elsewhere"}, "There is no group “Acme/Elsewhere” that you may ask"),
    ({"group": ""}, "Choose the group that is asked"),
    ({"k": "4"}, "Not a valid choice"),
    ({"languages": []}, "Choose at least one language"),
    ({"languages": ["tlh"]}, "valid choice"),
    ({"themes": ["weather"]}, "valid choice"),
    ({"leader_theme": "everybody"}, "Not a valid choice"),
    ({"leader_theme": "agreed"}, "Say where that was agreed"),
]
AGAINST_THE_RULES = [
    ({"closes": in_days(-1)}, "is not in the future"),
    ({"closes": in_days(61)}, "at most 60 days"),
    ({"group": "Acme/Operations/Night"}, "3 people would be invited"),
    ({"themes": ["leader_support"], "leader_theme": "off"}, "No theme is chosen"),
]


def test_what_cannot_be_read_is_told_beside_its_field(house):
    for wrong, told in UNREADABLE:
        answer = _check(house, **wrong)

        assert answer.status_code == 400, wrong
        assert told in _told(answer)
        assert "Nothing was stored" in answer.text
    assert _stored(house) == []


@pytest.mark.parametrize("step", ["check", "launch"])
def test_what_the_rules_refuse_is_told_above_the_form(house, step):
    client = house.client()
    token = csrf(client.get(CHECK, query_string=WISH))
    for wish, told in AGAINST_THE_RULES:
        if step == "check":
            answer = client.get(CHECK, query_string={**WISH, **wish})
        else:
            answer = client.post(FORM, data={"csrf_token": token, **WISH, **wish})

        assert answer.status_code == 409, wish
        assert told in _told(answer)
        assert 'value="Spring survey"' in answer.text  # nothing has to be typed again
    assert _stored(house) == []


def test_people_who_are_being_asked_are_not_asked_by_a_second_survey(house):
    house.open(title="Depot", scope_path="Acme/Operations")

    answer = _check(house)

    assert answer.status_code == 409
    assert "“Depot” (depot) asks some of the same people" in _told(answer)


def test_an_address_on_which_browsers_do_not_seal_is_refused(house):
    app = create_desk(house.database, replace(house.settings, base_url="http://survey.intern"))
    client = signed_in_client(house.database, house.settings.home, app=app)

    answer = client.get(CHECK, query_string=WISH)

    assert answer.status_code == 409
    assert "Set a https address up" in answer.text


def test_going_back_from_the_check_keeps_what_was_entered(house):
    client = house.client()
    page = _told(client.get(CHECK, query_string=WISH | {"k": "7", "title": "A & B"}))
    back = page.split('href="/desk/launch?')[1].split('"')[0]

    form = _told(client.get(f"/desk/launch?{back}"))

    assert 'value="A & B"' in form
    assert '<input checked id="k-2" name="k" required type="radio" value="7">' in form
    assert '<details class="fold" open>' in form


def test_a_leader_launches_for_the_groups_they_lead(house):
    answer = _launch(house.client(DORA), group="Acme/Operations/Warehouse")

    assert answer.status_code == 303
    [survey] = _stored(house)
    assert (survey.scope_id, survey.launched_by) == ("acme-operations-warehouse", DORA)


@pytest.mark.parametrize("group", ["Acme/Sales", "Sales"])
def test_a_leader_is_told_of_no_group_they_do_not_lead(house, group):
    answer = _check(house, DORA, group=group)

    assert answer.status_code == 400
    assert "There is no group" in answer.text
    assert '<option value="Acme/Sales"' not in house.page(FORM, DORA)


@pytest.mark.parametrize("audience", ["above", "agreed"])
def test_who_else_sees_what_is_said_about_leaders_is_for_hr_to_choose(house, audience):
    answer = _check(
        house, LEA, group="Warehouse", leader_theme=audience, leader_theme_reference="§4"
    )

    assert answer.status_code == 400
    assert "Not a valid choice" in answer.text


def test_themes_are_for_hr_to_choose(house):
    _launch(house.client(LEA), group="Warehouse", themes=["belonging"])

    [survey] = _stored(house)
    assert len(instrument_of(survey).themes) == 12


def test_who_leads_no_group_launches_nothing(house):
    with house.database.write() as db:
        for lead in db.scalars(select(Lead)):
            db.delete(lead)
        db.commit()
    client = house.client(LEA)

    assert client.get(FORM).status_code == 404
    assert client.get(CHECK, query_string=WISH).status_code == 404
    assert _stored(house) == []


def test_in_a_large_tree_a_group_is_found_by_a_part_of_its_name(database, tmp_path, at):
    at(NOON)
    groups = {"Acme": 0} | {
        f"Acme/Region {r}{site}": 6 if site else 0
        for r in range(9)
        for site in ("", *(f"/Site {s}" for s in range(25)))
    }
    house = house_of(database, tmp_path / "home", groups)
    client = house.client()

    form = client.get(FORM).text
    many = client.get(CHECK, query_string=WISH | {"group": "site 7"})
    picked = client.get(
        CHECK, query_string=WISH | {"group": "site 7", "pick": "Acme/Region 4/Site 7"}
    )

    assert "<select" not in form
    assert "One of 235 groups" in form
    assert many.status_code == 400
    assert "9 groups could be meant" in many.text
    assert many.text.count('name="pick"') == 9
    assert "asks 6 people" in picked.text


def test_without_a_roster_the_first_step_is_told(database, tmp_path):
    house = house_of(database, tmp_path / "home", {})

    assert "teamhealth roster import people.csv" in house.page(FORM)
