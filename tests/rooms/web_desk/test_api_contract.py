"""The interface holds to its OpenAPI document, and the document to what it speaks of."""

import csv
import io
import json
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis.specs.openapi.checks import negative_data_rejection
from sqlalchemy import delete

from teamhealth.accounts.models import SignInTry
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
FEW, MANY = 12, 1000
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


@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_the_answer_is_one_of_the_document(request, house, path):
    app, database = house
    program = Program(app, database)
    schema = schemathesis.openapi.from_dict(openapi())
    schema.app = app
    operation = schema[path]["GET"]
    known = {"survey": LATEST, "group": "warehouse-north"}

    @_settings(request)
    @hypothesis.given(case=operation.as_strategy(), real=hypothesis.strategies.booleans())
    def ask(case, real):
        with database.write() as db:  # so many are more than a token may ask
            db.execute(delete(SignInTry))
            db.commit()
        if real and case.path_parameters:
            case.path_parameters.update(
                {name: known[name] for name in case.path_parameters if name in known}
            )
        case.call_and_validate(headers={"Authorization": f"Bearer {program.token}"})

    ask()
