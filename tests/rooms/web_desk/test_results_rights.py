"""Who reads which result: HR what is counted, leaders what is published, of the groups they lead and below."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State, Survey, SurveyLead
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.roster.models import Lead, Person
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.firms import launch
from tests.northwind import GROUPS, LATEST, LEADERS, settle
from tests.reading import rows, said
from tests.rooms.web_desk.houses import house_of

AT = f"/desk/surveys/{LATEST}"
TOMAS, OLGA, CARLA = (f"{name}@northwind.example" for name in ("tomas", "olga", "carla"))
STRANGER = "stranger@northwind.example"
BELOW_OPERATIONS = {"operations", "warehouse-north", "warehouse-south", "transport", "returns"}
OPENS = {
    HR: set(GROUPS),
    TOMAS: {"warehouse-north"},
    OLGA: BELOW_OPERATIONS,
    CARLA: {"service-desk", "platform"},
    STRANGER: set(),
}
LED = "Steady leadership"


@pytest.fixture
def northwind(database, tmp_path):
    """Give a function that signs somebody in at a firm with results."""
    made = {}

    def enter(email, **how):
        if not made:
            settle(database, **how)
            make_accounts(database, *LEADERS, STRANGER)
            made["app"] = desk_of(database, tmp_path / "home")
        return signed_in_client(database, tmp_path / "home", email, app=made["app"])

    return enter


@pytest.mark.parametrize("who", OPENS)
def test_each_opens_the_groups_they_lead_and_below_and_no_other(northwind, who):
    client = northwind(who)
    found = {group: client.get(f"{AT}/groups/{group}").status_code for group in GROUPS}
    assert found == {group: 200 if group in OPENS[who] else 404 for group in GROUPS}


@pytest.mark.parametrize("who", [HR, TOMAS, OLGA, CARLA])
def test_exports_hold_the_groups_they_may_open_and_no_other(northwind, who):
    client = northwind(who)
    table = csv.DictReader(io.StringIO(client.get(f"{AT}/export.csv").text))
    paths = {row["group"].rpartition("/")[2] for row in table}
    assert paths == {GROUPS[group][0] for group in OPENS[who]}
    told = client.get(f"{AT}/export.json").json
    assert {group["id"] for group in told["groups"]} == OPENS[who]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{AT}/export.xlsx").data))
    paths = {row[0].rpartition("/")[2] for row in book["Groups"].values}
    assert paths - {"Group"} == {GROUPS[group][0] for group in OPENS[who]}


PAGES = (
    "results",
    "matrix",
    "matrix.json",
    "themes/listening",
    "export.csv",
    "export.json",
    "export.xlsx",
    "items/listening_1",
    "answered",
    "comments",
)


@pytest.mark.parametrize("page", PAGES)
def test_who_leads_nothing_here_finds_nothing(northwind, page):
    assert northwind(STRANGER).get(f"{AT}/{page}").status_code == 404


def test_lists_name_only_the_groups_the_reader_may_open(northwind):
    client = northwind(CARLA)
    for page, table in (
        ("results", "groups"),
        ("matrix", "heat"),
        ("themes/listening", "by-group"),
        ("items/listening_1", "by-group"),
        ("answered", "of-groups"),
        ("comments", "places"),
    ):
        told = {row[0] for row in rows(client.get(f"{AT}/{page}").text, table)[1:]}
        assert told == {"Service Desk", "Platform"}, page
    assert client.get(f"{AT}/matrix.json").json["data"][0]["y"] == ["Service Desk", "Platform"]
    assert "Warehouse" not in client.get(f"{AT}/results").text


def test_a_branch_that_is_not_theirs_cannot_be_unfolded(northwind):
    client = northwind(CARLA)
    for page in ("matrix", "themes/listening", "items/listening_1", "answered", "comments"):
        assert client.get(f"{AT}/{page}?in=operations").status_code == 404
        assert client.get(f"{AT}/{page}?in=service-desk").status_code == 200


def test_who_leads_one_group_comes_straight_to_it(northwind):
    answer = northwind(TOMAS).get(f"{AT}/results")
    assert answer.status_code == 303
    assert answer.location == f"{AT}/groups/warehouse-north"


def test_comments_are_for_those_who_may_open_the_group_that_lists_them(northwind):
    assert 'id="comments"' in northwind(OLGA).get(f"{AT}/groups/operations").text
    assert 'id="comments"' not in northwind(TOMAS).get(f"{AT}/groups/warehouse-north").text
    assert northwind(TOMAS).get(f"{AT}/groups/operations").status_code == 404


@pytest.mark.parametrize(
    "page",
    [*PAGES, *(f"groups/warehouse-north{more}" for more in ("", "/surveys", "/comments"))],
)
def test_leaders_read_nothing_before_it_is_published(northwind, page):
    assert northwind(TOMAS, state=State.COUNTED).get(f"{AT}/{page}").status_code == 404
    assert northwind(HR).get(f"{AT}/{page}").status_code == 200


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSING, State.CANCELLED])
def test_nobody_reads_a_survey_that_is_not_counted(northwind, state):
    assert northwind(HR, state=state).get(f"{AT}/results").status_code == 404


def test_the_leaders_theme_is_for_whoever_leads_the_group_alone(northwind):
    at_north = northwind(TOMAS).get(f"{AT}/groups/warehouse-north").text
    assert LED in said(at_north)
    assert LED not in {row[0] for row in rows(at_north, "themes")}
    for who in (HR, OLGA):
        assert LED not in northwind(who).get(f"{AT}/groups/warehouse-north").text
    for who in (HR, OLGA, TOMAS):
        client = northwind(who)
        assert LED not in client.get(f"{AT}/matrix").text
        assert client.get(f"{AT}/themes/{LEADER_THEME}").status_code == 404
        assert all(
            LED not in title for title in client.get(f"{AT}/matrix.json").json["data"][0]["x"]
        )


def test_where_it_was_agreed_the_leaders_theme_stands_among_the_others(northwind):
    html = northwind(HR, audience="agreed").get(f"{AT}/groups/warehouse-north").text
    assert LED in {row[0] for row in rows(html, "themes")}
    assert northwind(HR).get(f"{AT}/themes/{LEADER_THEME}").status_code == 200


def test_earlier_surveys_are_told_only_where_they_are_published(northwind, database):
    client = northwind(TOMAS)
    assert "Q2 2026" in client.get(f"{AT}/groups/warehouse-north").text
    with database.write() as db:
        db.get(Survey, "q2-2026").state = State.COUNTED
        db.commit()
    assert "Q2 2026" not in client.get(f"{AT}/groups/warehouse-north").text
    assert "Q2 2026" in northwind(HR).get(f"{AT}/groups/warehouse-north").text


def test_unknown_surveys_groups_themes_and_kinds_of_file_are_not_there(northwind):
    client = northwind(HR)
    for address in (
        "/desk/surveys/none/results", f"{AT}/groups/none", f"{AT}/themes/none",
        f"{AT}/export.xml", f"{AT}/matrix?in=none",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_who_is_not_signed_in_is_sent_to_the_door(northwind):
    northwind(HR)
    client = northwind(HR).application.test_client()
    for page in ("results", "groups/operations", "matrix", "matrix.json", "export.csv"):
        answer = client.get(f"{AT}/{page}")
        assert answer.status_code == 303
        assert "/desk/sign-in" in answer.location


def test_what_was_said_about_a_leader_is_not_for_whoever_leads_the_group_since(
    northwind, database
):
    northwind(HR)
    with database.write() as db:
        north = db.scalar(select(Lead).where(Lead.group_id == "warehouse-north"))
        tomas = north.person_id
        db.delete(north)
        rita = db.scalar(select(Person.id).where(Person.email == "rita@northwind.example"))
        db.add(Lead(person_id=rita, group_id="warehouse-north"))
        db.add(Lead(person_id=tomas, group_id="operations"))
        db.commit()
    successor, meant = northwind("rita@northwind.example"), northwind(TOMAS)

    for page in ("groups/warehouse-north", "export.csv", "export.json"):
        now = successor.get(f"{AT}/{page}")
        assert now.status_code == 200, page
        assert LED not in now.text
        assert LEADER_THEME not in now.text, page
        told = meant.get(f"{AT}/{page}").text
        assert LED in told or LEADER_THEME in told, page


def test_at_a_launch_it_is_noted_who_leads_what(database, tmp_path, at):
    assert at
    house = house_of(database, tmp_path / "home")
    name = launch(database, house.settings)

    with database.read() as db:
        noted = db.execute(
            select(Person.email, SurveyLead.group_id)
            .join(SurveyLead, SurveyLead.person_id == Person.id)
            .where(SurveyLead.survey_id == name)
        ).all()
        now = db.execute(
            select(Person.email, Lead.group_id).join(Lead, Lead.person_id == Person.id)
        ).all()
    assert sorted(noted) == sorted(now) != []
