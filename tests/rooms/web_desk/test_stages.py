"""A published result comes to its readers in stages, and no door is ahead of its time."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from teamhealth.campaigns import deciding, releasing
from teamhealth.campaigns.models import State, Survey
from teamhealth.campaigns.released import Release
from teamhealth.campaigns.releasing import Choices
from tests.desk import HR, desk_of, make_accounts, post, signed_in_client
from tests.northwind import GROUPS, LATEST, LEADERS, settle
from tests.rooms.web_desk.programs import ROOT, Program

AT = f"/desk/surveys/{LATEST}"
TUESDAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
THURSDAY = TUESDAY + timedelta(days=2)
BEFORE = THURSDAY - timedelta(seconds=1)
TOMAS, OLGA, TOP, ABOVE = (
    f"{name}@northwind.example" for name in ("tomas", "olga", "top", "above")
)
OPERATIONS = {"operations", "warehouse-north", "warehouse-south", "transport", "returns"}
STAGES = [  # when, who, the groups they read
    (BEFORE, HR, set(GROUPS)),
    (BEFORE, TOMAS, {"warehouse-north"}),
    (BEFORE, OLGA, {"operations"}),
    (BEFORE, TOP, {"northwind"}),
    (THURSDAY, HR, set(GROUPS)),
    (THURSDAY, TOMAS, {"warehouse-north"}),
    (THURSDAY, OLGA, OPERATIONS),
    (THURSDAY, TOP, set(GROUPS)),
]


class Desk:
    """Northwind's last survey, published on a Tuesday."""

    def __init__(self, database, home, at):
        self.database, self.home, self.at = database, home, at
        settle(database, state=State.COUNTED, leaders={**LEADERS, TOP: ("northwind",)})
        make_accounts(database, *LEADERS, TOP)
        self.app = desk_of(database, home)

    def client(self, who, moment=TUESDAY):
        self.at(moment)
        return signed_in_client(self.database, self.home, who, app=self.app)

    def publish(self, **choices):
        self.at(TUESDAY)
        with self.database.write() as db:
            deciding.publish(db, LATEST, Choices(**choices), now=TUESDAY)
            db.commit()


@pytest.fixture
def desk(database, tmp_path, at):
    return Desk(database, tmp_path / "home", at)


def _doors(app):
    """Give every address that tells of one group, with ``{group}`` in the group's place."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and {"survey_id", "group_id"} <= rule.arguments:
            path = rule.rule.replace("<survey_id>", LATEST).replace("<group_id>", "{group}")
            each = re.search(r"<any\((.*?)\):\w+>", path)
            kinds = each[1].split(",") if each else [""]
            found += [re.sub(r"<any\(.*?\):\w+>", kind, path) for kind in kinds]
    assert not any("<" in path for path in found), found
    return found


def _statuses(client, program, path):
    """Ask at an address, as a person and, at the interface for programs, as a program."""
    if "/api/" in path:
        return program.get(path.removeprefix(ROOT)).status_code
    return client.get(path).status_code


@pytest.mark.parametrize(("moment", "who", "groups"), STAGES)
def test_each_stage_opens_what_it_says_and_no_more(desk, moment, who, groups):
    desk.publish()
    client = desk.client(who, moment)

    program = Program(desk.app, desk.database, who)
    doors = _doors(desk.app)
    quick = [path for path in doors if not path.endswith(".pdf")]  # a print takes a second
    table = csv.DictReader(io.StringIO(client.get(f"{AT}/export.csv").text))
    document = client.get(f"{AT}/export.json").json
    matrix = client.get(f"{AT}/matrix.json").json
    whole = client.get(f"{AT}/report.pdf").status_code if groups != set(GROUPS) else 200

    for group in GROUPS:
        asked = quick if group in groups else doors
        told = {_statuses(client, program, path.format(group=group)) for path in asked}
        assert told == {200 if group in groups else 404}, group
    assert len(doors) >= 6
    assert {row["group"].rpartition("/")[2] for row in table} == {GROUPS[g][0] for g in groups}
    assert {group["id"] for group in document["groups"]} == groups
    assert {html.unescape(name) for name in matrix["data"][0]["y"]} <= {
        GROUPS[group][0] for group in groups
    }
    assert {group["id"] for group in program.every(f"/surveys/{LATEST}/groups")} == groups
    assert {
        row["group"].rpartition("/")[2] for row in program.every(f"/surveys/{LATEST}/cells")
    } <= {GROUPS[group][0] for group in groups}
    assert (whole == 200) == (groups == set(GROUPS))


@pytest.mark.parametrize("who", [OLGA, TOP])
def test_the_numbers_of_ones_own_group_are_there_at_once_and_the_page_says_when_the_rest_comes(
    desk, who
):
    desk.publish()
    own = "operations" if who == OLGA else "northwind"

    early = desk.client(who, BEFORE).get(f"{AT}/results", follow_redirects=True).text
    later = desk.client(who, THURSDAY).get(f"{AT}/groups/{own}").text

    for name in ("Warehouse South", "Transport", "Service Desk"):
        assert name not in early
    words = "You see the groups below yours from Thursday 3 December 2026"
    assert words in " ".join(early.split())
    assert words not in later


def test_before_anything_is_published_only_hr_reads(desk):
    for who in (TOMAS, OLGA, TOP):
        client = desk.client(who)
        assert client.get(f"{AT}/results").status_code == 404
        program = Program(desk.app, desk.database, who)
        told = {
            _statuses(client, program, path.format(group="operations"))
            for path in _doors(desk.app)
        }
        assert told == {404}
    assert desk.client(HR).get(f"{AT}/results").status_code == 200


def test_where_nobody_waits_all_leaders_see_everything_at_once(desk):
    desk.publish(at_once_because="The board meets tomorrow.")

    assert desk.client(OLGA).get(f"{AT}/groups/transport").status_code == 200
    page = " ".join(desk.client(OLGA).get(AT).text.split())
    assert "Levels above since Tuesday 1 December 2026" in page
    assert "At once, because: The board meets tomorrow." in page


def test_the_surveys_page_tells_the_days(desk):
    desk.publish(summary=True)

    now = " ".join(desk.client(HR).get(AT).text.split())
    later = " ".join(desk.client(HR, THURSDAY).get(AT).text.split())

    assert "Leaders since Tuesday 1 December 2026" in now
    assert "Levels above from Thursday 3 December 2026, 09:30 UTC" in now
    assert "Everybody from Monday 7 December 2026" in now
    assert "Levels above since Thursday 3 December 2026" in later


def test_an_earlier_survey_is_told_of_only_where_its_own_stage_has_come(desk):
    desk.publish(at_once_because="We agreed so.")
    with desk.database.write() as db:
        db.add(releasing.plan("q2-2026", Choices(), now=TUESDAY))
        db.commit()

    north, transport = f"{AT}/groups/operations", f"{AT}/groups/transport"
    client = desk.client(OLGA, BEFORE)
    assert "Q2 2026" in client.get(north).text
    assert "Q2 2026" not in client.get(transport).text
    assert "Q2 2026" in desk.client(OLGA, THURSDAY).get(transport).text


def test_publishing_asks_for_stages_letters_and_a_reason(desk):
    client, path = desk.client(HR), f"{AT}/publish"

    page = " ".join(client.get(path).text.split())
    without = post(client, path, {"at_once": "y", "letters": "y"})
    done = post(
        client,
        path,
        {"at_once": "y", "because": " The board  meets. ", "summary": "y", "enclose_summary": "y",
         "letters": "y", "enclose_leaders": "y"},
    )  # fmt: skip

    assert "Thursday 3 December 2026" in page
    assert "Monday 7 December 2026" in page
    assert "5 leaders of groups that were asked have an account." in page
    assert without.status_code == 400
    assert "Say in a sentence why" in without.text
    assert done.status_code == 303
    with desk.database.read() as db:
        release = db.get(Release, LATEST)
        assert db.get(Survey, LATEST).state is State.PUBLISHED
    assert release.at_once_because == "The board meets."
    assert (release.leaders_from, release.above_from) == (TUESDAY, TUESDAY)
    assert release.everybody_from == THURSDAY
    assert (release.letters, release.talk_at) == (True, None)
    assert release.encloses == ["everybody", "leaders"]


def test_leaders_without_an_account_are_counted_before_publishing(database, tmp_path, at):
    at(TUESDAY)
    settle(database, state=State.COUNTED)
    make_accounts(database, TOMAS)
    client = signed_in_client(database, tmp_path / "home")

    page = " ".join(client.get(f"{AT}/publish").text.split())

    assert "1 leader of a group that was asked has an account." in page
    assert "3 leaders have none and get no letter." in page
    assert 'href="/desk/people/leaders"' in page


def test_who_leads_only_above_the_survey_waits_for_the_second_stage(desk):
    with desk.database.write() as db:
        survey = db.get(Survey, LATEST)
        survey.scope_id = "northwind"
        db.commit()
    desk.publish()

    early = desk.client(TOP, BEFORE).get("/desk/surveys").text
    assert "Q3 2026" in early


def test_no_page_of_the_survey_names_a_group_whose_stage_has_not_come(desk):
    desk.publish()
    client = desk.client(OLGA, BEFORE)
    parts = {"survey_id": LATEST, "theme_id": "listening", "attribute_id": "tenure"}
    seen = []
    for rule in desk.app.url_map.iter_rules():
        simple = "survey_id" in rule.arguments and rule.arguments <= parts.keys()
        if "GET" in rule.methods and simple and not rule.rule.endswith((".pdf", ".xlsx")):
            path = re.sub(r"<(\w+)>", lambda part: parts[part[1]], rule.rule)
            answer = client.get(path, follow_redirects=True)
            if answer.status_code == 200:
                seen.append(path)
                for group in ("warehouse-south", "transport", "service-desk"):
                    assert GROUPS[group][0] not in answer.text, path

    assert {f"{AT}/results", f"{AT}/matrix", f"{AT}/themes/listening"} <= set(seen)
