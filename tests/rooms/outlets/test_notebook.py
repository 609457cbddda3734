"""The worked notebook reads what the CSV export writes, holds no figure of anybody, and needs nothing of ours."""

import ast
import csv
import io
import json

import pytest

from teamhealth import content
from teamhealth.cells.audience import HR
from teamhealth.cells.model import Change, Word
from teamhealth.outlets.tables import csv_lines
from tests.northwind import counted

NOTEBOOK = json.loads(content.notebook("trend-and-heatmap.ipynb").read_text("utf-8"))
CODE = {
    cell["id"]: "".join(cell["source"])
    for cell in NOTEBOOK["cells"]
    if cell["cell_type"] == "code"
}
TREE = ast.parse("\n".join(CODE.values()))
ALLOWED = {"matplotlib.pyplot", "numpy", "pandas"}


@pytest.fixture(scope="module")
def rows():
    """Give the rows of a survey that has one before it."""
    text = "".join(csv_lines(counted()[-1][0], HR))
    return list(csv.DictReader(io.StringIO(text)))


def _constant(name):
    for node in ast.walk(TREE):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return ast.literal_eval(node.value)
    raise KeyError(name)


def _texts(node):
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def _read_columns():
    """Give the names by which a frame's columns are read, the notebook's own apart."""
    found = set()
    for node in ast.walk(TREE):
        if isinstance(node, ast.Subscript):
            found |= {one for one in _texts(node.slice) if one.isidentifier()}
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
            "pivot",
            "set_index",
        }:
            found |= _texts(node)
    return found - _measures() - {"number", "top", "right", "PuOr"}


def _measures():
    calls = [node for node in ast.walk(TREE) if isinstance(node, ast.Call)]
    return {
        ast.literal_eval(call.args[1])
        for call in calls
        if getattr(call.func, "id", "") == "told"
    }


def test_it_is_a_notebook_without_results_of_anybody():
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in NOTEBOOK["cells"]]
    assert len(set(ids)) == len(ids) > 8
    for cell in NOTEBOOK["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    for name, source in CODE.items():
        compile(source, name, "exec")


def test_it_needs_nothing_but_what_it_tells_its_reader_to_install():
    named = {
        alias.name
        for node in ast.walk(TREE)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert named == ALLOWED
    assert not [node for node in ast.walk(TREE) if isinstance(node, ast.ImportFrom)]
    assert "pip install pandas matplotlib" in "".join(NOTEBOOK["cells"][0]["source"])


def test_every_column_and_measure_it_reads_is_in_the_export(rows):
    columns = list(rows[0])
    measures = {row["measure"] for row in rows}

    assert _constant("COLUMNS") == columns
    assert _read_columns() <= {*columns, "low", "high"}
    assert {"group", "theme", "value", "state"} <= _read_columns()
    assert _measures() <= measures
    assert {"mean", "change", "favourable", "path_before"} <= _measures()


def test_it_knows_every_word_and_every_change():
    assert set(_constant("WORDS")) == set(Word)
    assert set(_constant("CHANGES")) == set(Change)


def test_it_ranks_nothing():
    names = {node.attr for node in ast.walk(TREE) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(TREE) if isinstance(node, ast.Name)}

    assert not [name for name in names if "sort" in name or "rank" in name or "largest" in name]


def test_agreement_is_told_of_every_theme_in_numbers_and_of_no_other(rows):
    # By it the notebook knows where 4.8 means 4.8 or higher.
    snapshot = counted()[-1][0]
    told = {(row["group"], row["theme"]) for row in rows if row["measure"] == "agreement"}
    full = {
        (group.path, theme)
        for group in snapshot.groups
        for theme, cell in group.themes.items()
        if cell.full and theme != "leader_support"
    }

    assert told == full
