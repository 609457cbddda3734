"""The surveys a person sees at the desk, and what their pages say in every state."""

from datetime import timedelta

import pytest

from teamhealth.campaigns.models import Audience, State
from teamhealth.jobs.watching import TROUBLE
from tests.conftest import NOON
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.rooms.web_desk.houses import DORA, LEA, OLA, house_of

NOBODY = "nobody@acme.example"


@pytest.fixture
def house(database, tmp_path, at):
    at(NOON)
    make_accounts(database, NOBODY, hr=())
    return house_of(database, tmp_path / "home")


def test_a_new_installation_says_how_to_import_the_roster(database, tmp_path):
    make_accounts(database, LEA)
    app = desk_of(database, tmp_path / "home")

    for_hr = signed_in_client(database, tmp_path / "home", app=app).get("/desk/surveys").text
    for_leaders = signed_in_client(database, tmp_path / "home", LEA, app=app)

    assert "teamhealth roster import people.csv --dry-run" in for_hr
    assert "roster import" not in for_leaders.get("/desk/surveys").text


def test_with_people_and_no_survey_the_next_step_is_to_launch_one(house):
    assert "48 people in 6 groups can be asked" in house.page()
    assert "The groups you lead have not been asked so far" in house.page(email=LEA)
    assert "you lead no group" in house.page(email=NOBODY)
    assert "/desk/launch" not in house.page(email=NOBODY)


def test_the_only_survey_under_way_is_the_overview(house):
    house.open(title="Spring")

    page = house.page()

    assert "<h1>Open for 14 more days</h1>" in page
    assert "48 people are invited and answer in 5 groups" in page
    assert "Monday 16 March 2026 at 12:00 UTC" in page
    assert "8X22-VKPX-RM5J-56WJ" in page


def test_several_surveys_under_way_are_listed(house):
    house.open(title="Depot", scope_path="Acme/Operations")
    house.open(title="Shop", scope_path="Acme/Sales")

    page = house.page()

    assert "2 surveys are under way" in page
    assert page.index("Depot") > 0 < page.index("Shop")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (9, "Open for 5 more days"),
        (13, "Closes tomorrow"),
        (14, "Closing now"),
    ],
)
def test_the_title_tells_how_long_it_is_open(house, at, days, told):
    name = house.open()
    at(NOON + timedelta(days=days))

    assert f"<h1>{told}</h1>" in house.page(f"/desk/surveys/{name}")


def test_on_its_last_day_it_closes_today(house, at):
    name = house.open()
    at(NOON + timedelta(days=13, hours=13))

    assert "<h1>Closes today</h1>" in house.page(f"/desk/surveys/{name}")


@pytest.mark.parametrize(
    ("state", "more", "told"),
    [
        (State.CLOSING, {}, "Being counted"),
        (State.COUNTED, {}, "Counted, not yet published"),
        (State.PUBLISHED, {}, "Published"),
        (State.CANCELLED, {"trouble": "A pause."}, "Cancelled"),
    ],
)
def test_every_state_is_told_in_words(house, state, more, told):
    name = house.become(house.open(), state, **more)

    for email in (HR, DORA):
        page = house.page(f"/desk/surveys/{name}", email)
        assert f"<h1>{told}</h1>" in page
        assert more.get("trouble", "") in page


def test_while_the_worker_is_busy_the_page_looks_again_by_itself(house, at):
    name = house.ask_for()
    address = f"/desk/surveys/{name}"
    client = house.client()

    first = client.get(address)
    at(NOON + timedelta(minutes=11))
    later = client.get(address)

    assert "Getting ready to open" in first.text
    assert first.headers["Refresh"] == "15"
    assert "teamhealth doctor" in later.text
    assert "Refresh" not in later.headers


def test_what_is_wrong_is_told_to_hr_alone(house):
    name = house.become(house.open(), State.OPEN, trouble=TROUBLE, trouble_since=NOON)

    assert TROUBLE in house.page(f"/desk/surveys/{name}")
    told = house.page(f"/desk/surveys/{name}", LEA)
    assert "Answering is stopped" in told
    assert "Put the folder of keys back" not in told


@pytest.mark.parametrize("scrubbing", [True, False])
def test_nothing_is_called_destroyed_before_it_is(house, scrubbing):
    name = house.become(house.open(), State.CANCELLED, needs_scrubbing=scrubbing)

    page = house.page(f"/desk/surveys/{name}")

    assert ("are being destroyed, unread" in page) == scrubbing
    assert ("were destroyed, unread" in page) != scrubbing


def test_who_sees_what_is_said_about_leaders_is_told_as_it_was_pinned(house):
    agreed = house.open(
        leader_theme=Audience.AGREED, leader_theme_reference="Works agreement, §4"
    )

    assert "as agreed: <bdi>Works agreement, §4</bdi>." in house.page(f"/desk/surveys/{agreed}")


def test_leaders_see_the_surveys_of_their_groups_and_no_others(house):
    name = house.open(title="Depot", scope_path="Acme/Operations")

    for email in (HR, DORA, LEA):
        assert "Depot" in house.page(email=email)
    for email in (OLA, NOBODY):
        assert "Depot" not in house.page(email=email)
        assert house.client(email).get(f"/desk/surveys/{name}").status_code == 404


def test_a_leader_sees_a_survey_of_the_groups_above_while_its_keys_are_made(house):
    name = house.ask_for(scope_path="Acme/Operations")

    assert "Getting ready" in house.page(f"/desk/surveys/{name}", LEA)
    assert house.client(OLA).get(f"/desk/surveys/{name}").status_code == 404


def test_results_are_for_hr_once_counted_and_for_leaders_once_published(house):
    name = house.become(house.open(), State.COUNTED)
    link = f"/desk/surveys/{name}/results"

    assert link in house.page()
    assert link not in house.page(email=DORA)
    house.become(name, State.PUBLISHED)
    assert link in house.page(email=DORA)


def test_a_survey_that_is_none_does_not_exist(house):
    assert house.client().get("/desk/surveys/autumn").status_code == 404


def test_names_in_any_script_stand_apart_from_the_words_around_them(house):
    title = "استطلاع <b>الفريق</b>"
    house.open(title=title)

    assert "<bdi>استطلاع &lt;b&gt;الفريق&lt;/b&gt;</bdi>" in house.page()


def test_older_surveys_have_a_page_of_their_own(house):
    for number in range(14):
        house.become(house.open(title=f"Round {number:02}"), State.PUBLISHED)

    page = house.page()

    assert "2 older surveys" in page
    assert page.count("<bdi>Round") == 12
    assert house.page("/desk/past").count("<bdi>Round") == 14
