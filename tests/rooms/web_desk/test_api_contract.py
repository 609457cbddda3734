"""The interface holds to its OpenAPI document, and the document to what it speaks of."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection
from sqlalchemy import delete

from teamhealth.accounts.models import SignInTry
from teamhealth.cells.audience import HR as HR_VIEWER
from teamhealth.outlets.tables import csv_lines
from teamhealth.web.desk.api.openapi import openapi
from tests import crossed
from tests.desk import desk_of, make_accounts
from tests.northwind import LATEST, settle
from tests.rooms.web_desk.programs import ROOT, Program
from tests.tables import with_tables

SNAPSHOT = json.loads(
    (Path(__file__).parents[3] / "docs" / "snapshot.schema.json").read_text("utf-8")
)
FEW, MANY = 12, 400
PATHS = openapi()["paths"]
READ = [path for path in PATHS if path != "/openapi.json"]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Give the desk of a firm with results, and its database."""
    place = tmp_path_factory.mktemp("api")
    database = with_tables(place / "home" / "desk.sqlite3")
    make_accounts(database)
    settle(database, languages=("en", "de"))
    yield desk_of(database, place / "home"), database
    database.close()


@pytest.fixture(scope="module")
def crossed_house(tmp_path_factory):
    """Give the same of a firm whose people told something of themselves, and the survey's id."""
    place = tmp_path_factory.mktemp("crossed")
    database = with_tables(place / "home" / "desk.sqlite3")
    make_accounts(database)
    survey = crossed.settle(database, *crossed.counted())
    yield desk_of(database, place / "home"), database, survey
    database.close()


def _validator(schema):
    document = DRAFT202012.create_resource(openapi())
    registry = Registry().with_resource("urn:openapi", document)
    return Draft202012Validator(_at_home(schema), registry=registry)


def _at_home(schema):
    text = json.dumps(schema).replace('"#/components', '"urn:openapi#/components')
    return json.loads(text)


def _schema_of(path):
    answers = PATHS[path]["get"]["responses"]
    return answers["200"]["content"]["application/json"]["schema"]


def _faults(path, told):
    return [error.message for error in _validator(_schema_of(path)).iter_errors(told)]


def _settings(request):
    many = MANY if request.config.getoption("--attack") else FEW
    return hypothesis.settings(
        max_examples=many,
        deadline=None,
        derandomize=many == FEW,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize(
    ("path", "mode"),
    [(path, GenerationMode.POSITIVE) for path in PATHS]
    + [(path, GenerationMode.NEGATIVE) for path in READ],
)
def test_whatever_is_asked_the_answer_is_one_of_the_document(request, house, path, mode):
    app, database = house
    program = Program(app, database)
    schema = schemathesis.openapi.from_dict(openapi())
    schema.app = app
    cases = schema[path]["GET"].as_strategy(generation_mode=mode)
    known = {"survey": LATEST, "group": "warehouse-north"}
    statuses = set()

    @_settings(request)
    @hypothesis.given(case=cases, real=hypothesis.strategies.sampled_from([True, True, False]))
    def ask(case, real):
        _forget(database)  # so many are more than a token may ask
        if real:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        # A list of one number is written as that number: what is sent decides, not what was meant.
        answer = case.call_and_validate(
            headers={"Authorization": f"Bearer {program.token}"},
            excluded_checks=[negative_data_rejection],
        )
        statuses.add(answer.status_code)
        assert answer.status_code >= 400 or _fits(path, answer.request.url), case

    ask()

    assert statuses <= {200, 304, 400, 401, 404}
    if mode is GenerationMode.POSITIVE:
        assert 200 in statuses


def _fits(path, url):
    """Tell whether what was sent is what the document allows."""
    there = openapi()["components"]["parameters"]
    named = [one["$ref"].rsplit("/", 1)[1] for one in PATHS[path]["get"].get("parameters", ())]
    known = {there[one]["name"]: there[one] for one in named if there[one]["in"] == "query"}
    sent = parse_qs(urlsplit(url).query, keep_blank_values=True)
    for name, values in sent.items():
        if name not in known or len(values) != 1:
            return False
        (value,), schema = values, known[name]["schema"]
        is_number = schema["type"] == "integer" and re.fullmatch("[0-9]+", value)
        if not Draft202012Validator(schema).is_valid(int(value) if is_number else value):
            return False
    return True


def _forget(database):
    with database.write() as db:
        db.execute(delete(SignInTry))
        db.commit()


@pytest.mark.parametrize("survey", ["plain", "crossed"])
def test_every_answer_about_a_survey_is_as_the_document_says(house, crossed_house, survey):
    app, database = house if survey == "plain" else crossed_house[:2]
    name = LATEST if survey == "plain" else crossed_house[2]
    program = Program(app, database)
    groups = [one["id"] for one in program.every(f"/surveys/{name}/groups")]

    assert _faults("/surveys", program.told("/surveys")) == []
    for path in READ[1:]:
        for group in groups if "{group}" in path else groups[:1]:
            _forget(database)
            told = program.told(path.format(survey=name, group=group))
            assert _faults(path, told) == [], (path, group)


@pytest.mark.parametrize("path", READ)
def test_every_example_is_as_its_schema_says(path):
    body = PATHS[path]["get"]["responses"]["200"]["content"]["application/json"]

    assert _faults(path, body["example"]) == []


def test_every_problem_is_as_its_schema_says(house):
    app, database = house
    program = Program(app, database)
    problem = _validator({"$ref": "#/components/schemas/Problem"})
    told = [
        program.get("/surveys", page="x"),
        program.get("/surveys", headers={"Accept": "text/html"}),
        program.get("/nowhere"),
        program.client.get(f"{ROOT}/surveys"),
        program.client.post(f"{ROOT}/surveys"),
    ]

    assert [one.status_code for one in told] == [400, 406, 404, 401, 405]
    for one in told:
        assert one.mimetype == "application/problem+json"
        assert list(problem.iter_errors(one.json)) == []
        assert one.json["status"] == one.status_code
    for response in openapi()["components"]["responses"].values():
        (body,) = response["content"].values()
        assert list(problem.iter_errors(body["example"])) == []


def test_the_document_is_an_openapi_document_and_names_nothing_twice():
    schema = schemathesis.openapi.from_dict(openapi())
    schema.validate()
    for one in openapi()["components"]["schemas"].values():
        Draft202012Validator.check_schema(one)
    names = [path["get"]["operationId"] for path in PATHS.values()]
    used = set(re.findall(r"#/components/(\w+/[\w-]+)", json.dumps(openapi())))
    there = {
        f"{kind}/{name}"
        for kind, of_kind in openapi()["components"].items()
        for name in of_kind
        if kind != "securitySchemes"
    }

    assert len(set(names)) == len(names)
    assert used == there


def test_every_address_of_the_app_is_in_the_document(house):
    rules = {
        re.sub(r"<(\w+)_id>", r"{\1}", rule.rule.removeprefix(ROOT))
        for rule in house[0].url_map.iter_rules()
        if rule.rule.startswith(ROOT)
    }

    assert rules == set(PATHS)


@pytest.mark.parametrize(
    ("ours", "theirs", "left_out"),
    [
        ("Reliability", "reliability", set()),
        ("Driver", "driver", set()),
        ("Drivers", "drivers", set()),
        ("Settings", "settings", set()),
        ("Moved", "moved", set()),
        ("Agreement", "alike", set()),
        ("ThemeInNumbers", "theme", set()),
        ("ThemeInWords", "theme", {"error", "above", "moved"}),
        ("History", "history", set()),
        ("GroupShownWithCells", "group", {"counted_in"}),
        ("Class", "class", set()),
        ("ItemInWords", "word_cell", {"n"}),
        ("Recommendation", "enps", set()),
    ],
)
def test_where_both_speak_of_a_thing_its_fields_are_the_snapshots(ours, theirs, left_out):
    mine = openapi()["components"]["schemas"][ours]["properties"]
    stored = SNAPSHOT["$defs"][theirs]["properties"]

    assert set(stored) - left_out <= set(mine)
    assert set(mine) - set(stored) <= {"state", "sentence", "n", "score"}
    for name in set(mine) & set(stored):
        assert _limits(mine[name]) in ({}, _limits(stored[name])) or name == "responses", name


def _limits(schema):
    """Give what a number or a word may be, null or not."""
    plain = next((one for one in schema.get("anyOf", ()) if one != {"type": "null"}), schema)
    return {name: plain[name] for name in ("minimum", "maximum", "enum") if name in plain}


def test_the_rows_have_the_columns_of_the_csv(crossed_house):
    app, database, survey = crossed_house
    program = Program(app, database)
    client_rows = program.told(f"/surveys/{survey}/cells", size=1)["items"]
    shelf = app.extensions["teamhealth.shelf"]
    with database.read() as db:
        kept = shelf.read(db, survey, HR_VIEWER)
    header = next(csv.reader(io.StringIO("".join(csv_lines(kept.snapshot, HR_VIEWER)))))

    assert list(client_rows[0]) == header
    assert list(openapi()["components"]["schemas"]["Cell"]["properties"]) == header


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("", True),
        ("page=1&size=200&under=g%20x", True),
        ("page=0", False),
        ("size=201", False),
        ("page=1&page=2", False),
        ("page=x", False),
        ("under=", False),
        ("sort=mean", False),
    ],
)
def test_that_judgement_knows_what_the_document_allows(query, fits):
    assert _fits("/surveys/{survey}/groups", f"http://t{ROOT}/x?{query}") is fits
