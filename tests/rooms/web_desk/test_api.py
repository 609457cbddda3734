"""The interface for programs: what a token reads is what its account reads, and nothing is told twice or differently."""

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from teamhealth.accounts import changing
from teamhealth.campaigns.models import State
from teamhealth.campaigns.released import Release
from teamhealth.roster.models import Lead
from tests import crossed
from tests.conftest import NOON
from tests.desk import HR, account, desk_of, make_accounts, signed_in_client
from tests.northwind import GROUPS, LATEST, LEADERS, SURVEYS, settle
from tests.rooms.web_desk.programs import ROOT, Program, token_of
from tests.tables import with_tables

TOMAS, OLGA, RITA, CARLA = LEADERS
EMPTY = {"value": None, "low": None, "high": None, "n": None}


@pytest.fixture
def database(tmp_path):
    opened = with_tables(tmp_path / "home" / "desk.sqlite3")
    make_accounts(opened, *LEADERS)
    yield opened
    opened.close()


@pytest.fixture
def app(database, tmp_path):
    settle(database)
    return desk_of(database, tmp_path / "home")


@pytest.fixture
def hr(app, database):
    return Program(app, database)


@pytest.fixture
def reader(app, database):
    return lambda email: Program(app, database, email)


def _csv(database, tmp_path, app, email=HR):
    client = signed_in_client(database, tmp_path / "home", email, app=app)
    text = client.get(f"/desk/surveys/{LATEST}/export.csv").text
    return list(csv.DictReader(io.StringIO(text)))


def test_surveys_are_listed_newest_first_with_what_they_were(hr):
    told = hr.every("/surveys")

    assert [one["id"] for one in told] == list(reversed(SURVEYS))
    assert told[0] | {"id": LATEST, "state": "published", "previous": "q2-2026"} == told[0]


def test_a_survey_tells_its_words_in_one_of_its_languages(database, tmp_path):
    settle(database, languages=("en", "de"))
    hr = Program(desk_of(database, tmp_path / "home"), database)

    english = hr.told(f"/surveys/{LATEST}")
    german = hr.told(f"/surveys/{LATEST}", language="de")
    other = hr.get(f"/surveys/{LATEST}", language="fr")

    assert (english["language"], german["language"]) == ("en", "de")
    assert english["questions"][0]["text"] != german["questions"][0]["text"]
    assert [one["id"] for one in english["themes"]] == [one["id"] for one in german["themes"]]
    assert (other.status_code, other.json["parameter"]) == (404, "language")
    assert other.json["detail"].endswith("It was asked in: en, de.")


def test_pages_hold_every_group_once_in_the_order_of_the_tree(hr):
    for size in (1, 4, 13, 200):
        found = [one["id"] for one in hr.every(f"/surveys/{LATEST}/groups", size=size)]
        assert found == list(GROUPS)


def test_pages_hold_every_row_once_as_the_csv_does(app, database, tmp_path, hr):
    rows = _csv(database, tmp_path, app)
    told = hr.every(f"/surveys/{LATEST}/cells", size=300)

    assert len(told) == len(rows) > 2000
    for one, row in zip(told, rows, strict=True):
        assert (one["attribute"], one["values"]) == ("", "")
        for name, text in row.items():
            assert ("" if one[name] is None else str(one[name])) == text.replace("'", "")


def test_a_branch_is_a_group_and_those_below_it(hr):
    below = [one["id"] for one in hr.every(f"/surveys/{LATEST}/groups", under="customer-care")]
    rows = hr.every(f"/surveys/{LATEST}/cells", under="warehouse-north")

    assert below == ["customer-care", "service-desk", "field-service"]
    assert {row["group"] for row in rows} == {"Northwind/Operations/Warehouse North"}
    assert hr.get(f"/surveys/{LATEST}/groups", under="nowhere").status_code == 404


def test_a_page_after_the_last_is_empty(hr):
    told = hr.told(f"/surveys/{LATEST}/groups", page=99)

    assert (told["items"], told["pages"], told["total"], told["next"]) == ([], 1, 13, None)


def test_protected_cells_have_no_number(hr):
    rows = [row for row in hr.every(f"/surveys/{LATEST}/cells") if row["state"] == "protected"]
    hidden = hr.told(f"/surveys/{LATEST}/groups/returns")

    assert rows
    assert all(row | EMPTY == row for row in rows)
    assert hidden["sentence"] == "Not shown, to protect anonymity. Counted in Operations."
    assert "responses" not in hidden
    cells = [*hidden["items"].values(), *hidden["themes"].values(), hidden["enps"]]
    assert {tuple(cell) for cell in cells} == {("state", "sentence")}


def test_below_ten_answers_no_statement_has_a_number(hr):
    north = hr.told(f"/surveys/{LATEST}/groups/warehouse-north")
    shown = [cell for cell in north["items"].values() if cell["state"] == "shown"]

    assert north["responses"] == 7
    assert shown
    assert {tuple(cell) for cell in shown} == {("state", "word")}
    assert not {"error", "above", "moved"} & set().union(*north["themes"].values())


def test_the_document_and_its_groups_are_the_json_export(app, database, tmp_path, hr):
    client = signed_in_client(database, tmp_path / "home", app=app)
    export = json.loads(client.get(f"/desk/surveys/{LATEST}/export.json").text)

    assert hr.told(f"/surveys/{LATEST}/document") == export
    for group in export["groups"]:
        alone = hr.told(f"/surveys/{LATEST}/groups/{group['id']}")
        assert alone == group


def test_a_leader_reads_the_groups_they_lead_and_those_below(reader):
    olga = reader(OLGA)

    told = [one["id"] for one in olga.every(f"/surveys/{LATEST}/groups")]
    assert told == ["operations", "warehouse-north", "warehouse-south", "transport", "returns"]
    assert [one["id"] for one in olga.told(f"/surveys/{LATEST}/document")["groups"]] == told
    for other in ("northwind", "product", "finance", "nowhere"):
        assert olga.get(f"/surveys/{LATEST}/groups/{other}").status_code == 404
        assert olga.get(f"/surveys/{LATEST}/groups", under=other).status_code == 404
    assert olga.get(f"/surveys/{LATEST}/cross-cuts").status_code == 404
    assert olga.told("/surveys")["total"] == 3


def test_what_is_not_theirs_and_what_there_is_not_are_told_alike(reader):
    tomas = reader(TOMAS)

    theirs = tomas.get(f"/surveys/{LATEST}/groups/finance")
    nobodys = tomas.get(f"/surveys/{LATEST}/groups/nowhere")
    assert (theirs.status_code, theirs.data) == (nobodys.status_code, nobodys.data)


def test_the_leaders_theme_is_for_its_audience(reader, hr):
    tomas, olga = reader(TOMAS), reader(OLGA)
    path = f"/surveys/{LATEST}/groups/warehouse-north"

    assert tomas.told(path)["themes"]["leader_support"]["state"] == "shown"
    assert (
        olga.told(path)["themes"].get("leader_support", {"state": "protected"})["state"]
        == "protected"
    )
    for told in (hr.told(f"/surveys/{LATEST}"), hr.told(f"/surveys/{LATEST}/document")):
        assert "leader_support" not in json.dumps(
            [told["themes"], told.get("questions"), told.get("groups")]
        )


def test_before_the_publication_only_hr_reads_it(database, tmp_path):
    settle(database, state=State.COUNTED)
    app = desk_of(database, tmp_path / "home")
    hr, tomas = Program(app, database), Program(app, database, TOMAS)

    assert hr.told(f"/surveys/{LATEST}")["state"] == "counted"
    assert tomas.get(f"/surveys/{LATEST}").status_code == 404
    assert [one["id"] for one in tomas.every("/surveys")] == ["q2-2026", "q1-2026"]


def test_stages_hold_for_programs_too(database, reader, at):
    at(NOON)
    with database.write() as db:
        db.add(
            Release(survey_id=LATEST, leaders_from=NOON, above_from=NOON + timedelta(days=2))
        )
        db.commit()
    olga, path = reader(OLGA), f"/surveys/{LATEST}/groups"
    early = olga.get(path)
    below = olga.get(f"{path}/warehouse-north")

    at(NOON + timedelta(days=2))
    later = olga.get(path, headers={"If-None-Match": early.headers["ETag"]})

    assert [one["id"] for one in early.json["items"]] == ["operations"]
    assert below.status_code == 404
    assert later.status_code == 200
    assert later.json["total"] == 5


def test_a_change_of_the_roster_takes_effect_at_once(database, reader):
    tomas = reader(TOMAS)
    assert tomas.get(f"/surveys/{LATEST}").status_code == 200

    with database.write() as db:
        db.execute(
            update(Lead).where(Lead.group_id == "warehouse-north").values(group_id="finance")
        )
        db.commit()

    assert [one["id"] for one in tomas.every(f"/surveys/{LATEST}/groups")] == ["finance"]


def test_cross_cuts_are_told_to_who_may_open_the_root(tmp_path):
    database = with_tables(tmp_path / "other" / "desk.sqlite3")
    survey = crossed.settle(database, *crossed.counted())
    make_accounts(database, crossed.BOSS, crossed.LEADER)
    app = desk_of(database, tmp_path / "home")
    boss, leader = Program(app, database, crossed.BOSS), Program(app, database, crossed.LEADER)

    told = boss.told(f"/surveys/{survey}/cross-cuts")
    whole = boss.told(f"/surveys/{survey}/document")

    assert told == {name: whole[name] for name in ("attributes", "cross_cuts")}
    assert set(told["attributes"]) == {"tenure", "site"}
    assert leader.get(f"/surveys/{survey}/cross-cuts").status_code == 404
    rows = boss.every(f"/surveys/{survey}/cells", size=5000)
    assert {row["attribute"] for row in rows} == {"", "tenure", "site"}
    assert boss.every(f"/surveys/{survey}/cells", size=97) == rows
    below = leader.every(f"/surveys/{survey}/cells", size=97)
    assert below
    assert [row for row in rows if row in below] == below
    database.close()


def test_what_did_not_change_is_not_sent_again(hr, reader):
    path = f"/surveys/{LATEST}/cells"
    first = hr.get(path)
    again = hr.get(path, headers={"If-None-Match": first.headers["ETag"]})
    other = hr.get(path, headers={"If-None-Match": first.headers["ETag"]}, page=2)
    olga = reader(OLGA).get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert other.status_code == olga.status_code == 200


def test_a_head_has_the_headers_and_no_body(hr):
    headers = {"Authorization": f"Bearer {hr.token}"}
    answer = hr.client.head(f"{ROOT}/surveys", headers=headers)

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"] == hr.get("/surveys").headers["ETag"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/surveys", {"page": "0"}),
        ("/surveys", {"page": "١"}),
        ("/surveys", {"size": "201"}),
        ("/surveys", {"size": "1e2"}),
        ("/surveys", {"sort": "mean"}),
        ("/surveys", {"page": ["1", "2"]}),
        (f"/surveys/{LATEST}", {"page": "1"}),
        (f"/surveys/{LATEST}/cells", {"size": "5001"}),
        (f"/surveys/{LATEST}/document", {"page": "1"}),
        (f"/surveys/{LATEST}/groups", {"under": "a\0b"}),
    ],
)
def test_a_parameter_that_is_wrong_or_unknown_is_refused(hr, path, query):
    answer = hr.get(path, **query)

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"] == "Bad Request"
    assert "a\0b" not in answer.json["detail"]


def test_who_cannot_read_json_is_told_so(hr):
    for accepted, status in (("text/html", 406), ("*/*", 200), ("application/*", 200)):
        assert hr.get("/surveys", headers={"Accept": accepted}).status_code == status


def test_every_address_is_for_reading_only(app, hr):
    headers = {"Authorization": f"Bearer {hr.token}"}
    paths = [
        rule.rule.replace("<survey_id>", LATEST).replace("<group_id>", "finance")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    ]

    assert len(paths) == 8
    for path in paths:
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            answer = hr.client.open(path, method=method, headers=headers)
            assert answer.status_code == 405, (method, path)
            assert answer.headers["Allow"] == "GET, HEAD"
            assert answer.mimetype == "application/problem+json"


def test_no_page_of_elsewhere_may_read_it(hr):
    answer = hr.get("/surveys", headers={"Origin": "https://elsewhere.example"})

    assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]


def test_access_that_ends_ends_for_programs_too(database, hr, reader):
    tomas = reader(TOMAS)
    assert tomas.get("/surveys").status_code == 200

    with database.write() as db:
        changing.close(db, changing.find(db, account(database, TOMAS).id))
        db.commit()
    closed = tomas.get("/surveys").status_code
    with database.write() as db:
        changing.reopen(changing.find(db, account(database, TOMAS).id))
        db.commit()

    assert closed == 401
    assert tomas.get("/surveys").status_code == 401  # a closed account's tokens are gone
    assert hr.get("/surveys").status_code == 200


def test_another_accounts_token_reads_as_that_account(app, database):
    assert token_of(database, TOMAS) != token_of(database, TOMAS)
    program = Program(app, database, CARLA)

    found = [one["id"] for one in program.every(f"/surveys/{LATEST}/groups")]
    assert found == ["service-desk", "platform"]
