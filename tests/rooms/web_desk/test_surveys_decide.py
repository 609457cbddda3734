"""Extending, closing, cancelling and publishing from the screen: by whom, when, and only once."""

import html
from datetime import UTC, datetime, timedelta

import pytest

from teamhealth.campaigns.models import State
from tests.conftest import NOON
from tests.desk import HR, csrf
from tests.rooms.web_desk.houses import DORA, LEA, OLA, decide, house_of, in_days

REASON = "The move to the new building comes first."
DECISIONS = {
    "extend": (State.OPEN, {"closes": in_days(20)}),
    "close": (State.OPEN, {}),
    "cancel": (State.OPEN, {"reason": REASON}),
    "publish": (State.COUNTED, {}),
}


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    return house_of(database, tmp_path / "home")


def _told(answer):
    return " ".join(html.unescape(answer.text).split())


def _ready(house, what, **wish):
    return house.become(house.open(**wish), DECISIONS[what][0])


def test_extending_puts_the_close_off_to_the_end_of_that_day(house):
    name = house.open()
    client = house.client()

    answer = decide(client, name, "extend", closes=in_days(20))

    assert (answer.status_code, answer.location) == (303, f"/desk/surveys/{name}")
    survey = house.survey(name)
    assert survey.closes_at == datetime(2026, 3, 22, 23, 59, tzinfo=UTC)
    assert survey.to_tell == "extended"
    assert (
        "It now closes on Sunday 22 March 2026, 23:59 UTC" in client.get(answer.location).text
    )


def test_on_the_last_possible_day_it_closes_at_the_promised_moment(house):
    name = house.open()
    asked = _told(house.client().get(f"/desk/surveys/{name}/extend"))

    decide(house.client(), name, "extend", closes=in_days(28))

    assert "on the last possible day at 12:00 UTC" in asked
    survey = house.survey(name)
    assert survey.closes_at == survey.closes_latest == NOON + timedelta(days=28)
    assert f"/desk/surveys/{name}/extend" not in house.page(f"/desk/surveys/{name}")


@pytest.mark.parametrize(
    ("closes", "status", "told"),
    [
        (in_days(13), 409, "must be later than the present one"),
        (in_days(-3), 409, "must be later than the present one"),
        (in_days(29), 409, "People were promised"),
        ("", 400, "Choose the new closing date"),
        ("soon", 400, "Not a valid date"),
    ],
)
def test_a_date_that_cannot_be_is_told_beside_the_field(house, closes, status, told):
    name = house.open()

    answer = decide(house.client(), name, "extend", closes=closes)

    assert answer.status_code == status
    assert told in _told(answer)
    assert house.survey(name).closes_at == NOON + timedelta(days=14)


def test_closing_sets_a_state_and_leaves_the_count_to_the_worker(house):
    name = house.open()
    client = house.client()

    answer = decide(client, name, "close")

    survey = house.survey(name)
    assert (survey.state, survey.closed_at) == (State.CLOSING, NOON)
    assert "Being counted" in client.get(answer.location).text


def test_cancelling_tells_the_reason(house):
    name = house.open()

    decide(house.client(), name, "cancel", reason=f"  {REASON} \n")

    survey = house.survey(name)
    assert (survey.state, survey.trouble) == (State.CANCELLED, REASON)
    assert survey.needs_scrubbing


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_survey_people_know_of_is_not_cancelled_without_a_reason(house, reason):
    name = house.open()

    answer = decide(house.client(), name, "cancel", reason=reason)

    assert answer.status_code == 400
    assert house.survey(name).state is State.OPEN


def test_before_it_opens_nobody_needs_a_reason(house):
    name = house.ask_for()

    assert "nobody was invited" in house.page(f"/desk/surveys/{name}/cancel")
    decide(house.client(), name, "cancel")

    assert house.survey(name).state is State.CANCELLED
    page = house.page(f"/desk/surveys/{name}")
    assert "It never opened, and nobody was invited" in page
    assert "destroyed unread" not in page


def test_publishing_releases_a_counted_survey(house):
    name = _ready(house, "publish")

    decide(house.client(), name, "publish")

    assert house.survey(name).state is State.PUBLISHED


@pytest.mark.parametrize("what", DECISIONS)
def test_a_decision_sent_twice_is_one(house, what):
    name = _ready(house, what)
    client, path = house.client(), f"/desk/surveys/{name}/{what}"
    data = {"csrf_token": csrf(client.get(path)), **DECISIONS[what][1]}

    answers = [client.post(path, data=data).status_code for _ in range(2)]

    assert answers == [303, 303]


@pytest.mark.parametrize("what", DECISIONS)
def test_a_survey_that_has_gone_on_meanwhile_is_left_as_it_is(house, what):
    name = _ready(house, what)
    client, path = house.client(), f"/desk/surveys/{name}/{what}"
    data = {"csrf_token": csrf(client.get(path)), **DECISIONS[what][1]}
    late = State.CANCELLED if what == "publish" else State.COUNTED
    house.become(name, late)

    answer = client.post(path, data=data)

    assert answer.status_code == 409
    assert "nothing was changed" in _told(answer)
    assert house.survey(name).state is late
    assert client.get(path).location == f"/desk/surveys/{name}"  # nothing to decide any more


@pytest.mark.parametrize("what", DECISIONS)
def test_only_buttons_that_can_be_pressed_are_shown(house, what):
    name = _ready(house, what, scope_path="Acme/Operations")
    link = f'href="/desk/surveys/{name}/{what}"'

    assert link in house.page(f"/desk/surveys/{name}")
    assert link in house.page(f"/desk/surveys/{name}", DORA)
    assert link not in house.page(f"/desk/surveys/{name}", LEA)
    house.become(name, State.PUBLISHED)
    assert link not in house.page(f"/desk/surveys/{name}")


@pytest.mark.parametrize("what", DECISIONS)
def test_leaders_decide_about_no_survey_they_could_not_have_launched(house, what):
    name = _ready(house, what, scope_path="Acme/Operations")
    path = f"/desk/surveys/{name}/{what}"
    for client in (house.client(LEA), house.client(OLA)):
        token = csrf(client.get("/desk/password"))

        asked = client.get(path).status_code
        sent = client.post(path, data={"csrf_token": token, **DECISIONS[what][1]}).status_code

        assert (asked, sent) == (404, 404)
    assert house.survey(name).state is DECISIONS[what][0]


@pytest.mark.parametrize("what", DECISIONS)
def test_leaders_decide_about_surveys_of_their_own_groups(house, what):
    name = _ready(house, what, scope_path="Acme/Operations/Warehouse")

    for_above = house.client(DORA).get(f"/desk/surveys/{name}/{what}").status_code
    answer = decide(house.client(LEA), name, what, **DECISIONS[what][1])

    assert (for_above, answer.status_code) == (200, 303)


def test_there_is_nothing_to_decide_about_a_survey_that_is_none(house):
    client = house.client(HR)
    token = csrf(client.get("/desk/password"))
    for what in (*DECISIONS, "rename"):
        path = f"/desk/surveys/autumn/{what}"

        assert client.get(path).status_code == 404
        assert client.post(path, data={"csrf_token": token}).status_code == 404
