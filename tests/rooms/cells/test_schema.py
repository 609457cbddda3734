"""The published JSON Schema (docs/snapshot.schema.json) says what snapshots are, no more and no less."""

import json
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest

from teamhealth.cells import findings, model
from teamhealth.cells.canonical import canonical
from teamhealth.cells.plain import VERSION, from_plain, to_plain
from tests.rooms.cells.makers import a_snapshot
from tests.rooms.results.makers import (
    COMPANY,
    SITE,
    TENURE,
    charter,
    decided,
    instrument,
    seeded,
    survey,
)

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/snapshot.schema.json").read_text())
MADE_OF = {
    "survey": model.SurveyFacts,
    "theme_facts": model.ThemeFacts,
    "group": model.GroupResult,
    "class": model.ClassResult,
    "theme": model.ThemeCell,
    "enps": model.EnpsCell,
    "moved": findings.Moved,
    "alike": findings.Alike,
    "history": findings.History,
    "reliability": findings.Reliability,
    "settings": findings.Settings,
    "drivers": findings.Drivers,
    "driver": findings.Driver,
}


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def plain(snapshot):
    return json.loads(canonical(to_plain(snapshot)))


def counted(seed):
    asked = instrument(attributes=(TENURE, SITE))
    given, fixed = charter(*COMPANY, asked=asked)
    form, sheets = survey(given, fixed, seeded(seed))
    first, _ = decided(given, form, sheets)
    given, fixed = charter(*COMPANY, asked=asked, previous=first, survey="s2")
    return decided(given, *survey(given, fixed, seeded(seed + 1)))[0]


def test_snapshots_fit_the_schema(validator):
    validator.validate(plain(a_snapshot()))
    validator.validate(plain(counted(5)))


def test_a_survey_in_which_nothing_is_shown_fits_the_schema(validator):
    given, _ = charter([-1], [5])
    nobody, _ = decided(given, *survey(given, charter([-1], [5])[1], seeded(1), rate=0))

    validator.validate(plain(nobody))


def test_an_old_snapshot_written_anew_fits_the_schema(validator):
    old = from_plain(json.loads((Path(__file__).parent / "old/version_1.json").read_text()))

    validator.validate(plain(old))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["version"], 1),
        (["groups", 0, "themes", "leader_support", "mean"], 5.5),
        (["groups", 0, "items", "lead_1", "word"], "most"),
        (["groups", 0, "colour"], "red"),
        (["drivers", "r2"], 1.5),
    ],
)
def test_the_schema_refuses_what_is_no_snapshot(validator, path, value):
    wrong = plain(a_snapshot())
    *way, last = path
    at = wrong
    for step in way:
        at = at[step]
    at[last] = value

    with pytest.raises(jsonschema.ValidationError):
        validator.validate(wrong)


@pytest.mark.parametrize("name", MADE_OF)
def test_the_schema_names_the_fields_there_are(name):
    told = SCHEMA["$defs"][name]

    assert told["properties"].keys() == {field.name for field in fields(MADE_OF[name])}
    assert told["required"] == list(told["properties"])


def test_the_schema_is_of_the_present_version_and_explains_everything():
    assert SCHEMA["properties"]["version"]["const"] == VERSION
    assert SCHEMA["properties"].keys() == {field.name for field in fields(model.Snapshot)}
    for name, part in SCHEMA["$defs"].items():
        assert part["description"], name
