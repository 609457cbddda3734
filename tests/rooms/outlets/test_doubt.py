"""Doubt is drawn hollow in every figure, and only where there is doubt."""

import json
import re

import plotly.graph_objects as go

from teamhealth.cells.model import GroupResult, Range, ThemeCell
from teamhealth.outlets import figures, heatmap, strips
from teamhealth.outlets.strips import Span
from tests.rooms.outlets.planting import DIVIDED, PARTLY

NAME = "if those missing were half a point lower"

SURE = ThemeCell(("a", "b"), 3.8, Range(3.4, 4.2), full=True, agreement=PARTLY)
SILENT = ThemeCell(("a", "b"), 3.8, Range(3.4, 4.2), full=True, silent=3.25)
SPLIT = ThemeCell(("a", "b"), 3.0, Range(2.6, 3.4), full=True, agreement=DIVIDED)


def _drawn(*cells):
    lines = [figures.Line(f"Theme {at}", cell) for at, cell in enumerate(cells)]
    return figures.intervals(lines, "en", now="now")["data"]


def test_silence_adds_a_hollow_part_below_the_interval():
    whisker = next(trace for trace in _drawn(SURE, SILENT) if trace["name"] == NAME)
    assert (whisker["y"], whisker["base"], whisker["x"]) == ([1], [3.25], [0.15])
    assert whisker["marker"]["color"] == "--surface"
    assert whisker["text"] == ["from 3.3 if those missing were half a point lower"]
    assert not [trace for trace in _drawn(SURE) if trace["name"] == NAME]


def test_silence_at_the_end_of_the_scale_adds_nothing():
    at_one = ThemeCell(("a", "b"), 1.2, Range(1.0, 1.6), full=False, silent=1.0)
    assert strips.strip(at_one).silent is None
    assert strips.strip(SILENT).silent == Span(56.25, 60.0)


def test_a_mean_that_stands_for_few_is_a_hollow_dot_and_says_so():
    dots = _drawn(SURE, SPLIT)[-1]
    assert dots["marker"]["symbol"] == ["circle", "circle-open"]
    assert dots["text"] == ["3.8", "3.0; people see this very differently"]
    assert "symbol" not in _drawn(SURE)[-1]["marker"]


def test_the_map_of_groups_marks_it_too():
    group = GroupResult("g", None, "G", "G", 20, 18, None, None, themes={"t": SPLIT, "u": SURE})
    trace = heatmap.heat([group], ["t", "u"], ["T", "U"], "en")["data"][0]
    assert trace["text"] == [["3.0 ≠", "3.8"]]


def test_a_figure_of_doubt_is_one_that_plotly_takes():
    lines = [figures.Line("Theme", cell) for cell in (SILENT, SPLIT)]
    plain = json.dumps(figures.intervals(lines, "en", now="now"), allow_nan=False)
    go.Figure(json.loads(re.sub(r"--[a-z0-9-]+", "#123456", plain)))
