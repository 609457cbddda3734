"""Figures are what Plotly takes, in colours the page has, with the numbers of the snapshot."""

import json
import re
from dataclasses import replace

import plotly.graph_objects as go
import pytest

from teamhealth import content
from teamhealth.cells import counts
from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.model import Range, ThemeCell
from teamhealth.instruments.library import library
from teamhealth.outlets import figures, heatmap, numbers, print_statements
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.trends import trend
from teamhealth.outlets.wording import wording_of
from tests.northwind import counted

NAME = re.compile(r"--[a-z0-9-]+")


@pytest.fixture(scope="module")
def source():
    """Give the latest result of Northwind as HR may see it."""
    seen = seen_by(counted()[-1][0], HR)
    return Source(
        seen, facts_of(seen, "", None), library().instrument("quarterly", ["en"]), library()
    )


def _themes(source, group):
    cells = source.seen.group(group).themes
    return [figures.Line(source.words.themes[name], cell) for name, cell in cells.items()]


def _statements(source, group="service-desk"):
    rows = print_statements.blocks(source, source.seen.group(group))
    return [row for block in rows for row in block.rows]


def _over(source, group="warehouse-north"):
    before = [seen_by(snapshot, HR) for snapshot, _ in reversed(counted()[:-1])]
    return trend(source.seen, before, group, source.words)


def _all(source):
    over = _over(source)
    themes = [theme.id for theme in source.seen.themes]
    shown = [group for group in source.seen.groups if group.responses is not None]
    return [
        figures.intervals(
            _themes(source, "transport"), "en", now="Transport", before="Q2", most="most"
        ),
        figures.spread(_statements(source), source.words.answers),
        heatmap.heat(shown, themes, themes, "en"),
        heatmap.heat(shown * 9, themes, themes, "en"),
        *(figures.over_time(row, [s.title for s in over.surveys]) for row in over.rows),
    ]


def test_every_figure_is_one_that_plotly_takes(source):
    for figure in _all(source):
        plain = json.dumps(figure, allow_nan=False)
        go.Figure(json.loads(NAME.sub("#123456", plain)))


def test_every_colour_is_one_of_the_pages_own_in_light_and_in_dark(source):
    style = (content.static() / "desk" / "desk.css").read_text()
    light, dark = style.split("prefers-color-scheme: dark", 1)
    for figure in _all(source):
        for name in NAME.findall(json.dumps(figure)):
            assert f"{name}:" in light
            assert f"{name}:" in dark or name == "--sans"
    assert "rgb(" not in json.dumps(_all(source))


def test_means_intervals_and_the_usual_range_are_the_snapshots(source):
    cells = source.seen.group("transport").themes.values()
    usual, _silence, likely, dots = figures.intervals(
        _themes(source, "transport"), "en", now="Transport", most="most"
    )["data"]
    assert dots["x"] == [numbers.tenths(cell.mean) for cell in cells]
    assert likely["base"] == [cell.interval.low for cell in cells]
    assert likely["text"] == [numbers.between(cell.interval, "en") for cell in cells]
    assert usual["text"] == [numbers.between(cell.usual, "en") for cell in cells]
    assert [low + wide for low, wide in zip(usual["base"], usual["x"], strict=True)] == (
        pytest.approx([cell.usual.high for cell in cells], abs=1e-3)
    )


def test_the_survey_before_is_a_ring_where_there_was_one(source):
    first, second, *_ = _themes(source, "transport")
    drawn = figures.intervals(
        [first, replace(second, before=3.44)], "en", now="now", before="Q2"
    )
    ring = next(trace for trace in drawn["data"] if trace.get("name") == "Q2")
    assert (ring["y"], ring["text"]) == ([1], ["3.4"])


def test_the_top_of_a_small_groups_scale_is_told_as_or_higher():
    cell = ThemeCell(("a", "b"), 4.8, Range(4.4, 5.0), full=False)
    drawn = figures.intervals([figures.Line("Calm", cell)], "en", now="now")
    assert drawn["data"][-1]["text"] == ["≥\u00a04.8"]


def test_answers_spread_around_the_middle_of_the_neutral_one(source):
    rows = _statements(source)
    traces = figures.spread(rows, source.words.answers)["data"]
    cells = source.seen.group("service-desk").items
    for at, row in enumerate(rows):
        shares = counts.shares(cells[row.id].counts)
        assert [trace["x"][at] for trace in traces] == pytest.approx(shares, abs=0.01)
        assert traces[2]["base"][at] == pytest.approx(-shares[2] / 2, abs=0.01)


def test_a_statement_in_words_has_no_place_in_the_figure(source):
    rows = _statements(source, "warehouse-north")
    assert figures.spread(rows, source.words.answers)["data"][0]["y"] == []


def test_a_hidden_cell_is_empty_in_the_map(source):
    north = source.seen.group("warehouse-north")
    bare = replace(north, themes={"listening": north.themes["listening"]})
    trace = heatmap.heat([north, bare], ["listening", "belonging"], ["L", "B"], "en")["data"][0]
    assert trace["z"][1][1] is None
    assert trace["text"][1] == [numbers.mean(north.themes["listening"], "en"), ""]


def test_two_groups_of_one_name_stay_two(source):
    north = source.seen.group("warehouse-north")
    drawn = heatmap.heat([north, replace(north, id="other")], ["listening"], ["L"], "en")
    assert len(set(drawn["data"][0]["y"])) == 2


@pytest.mark.parametrize(
    "name", ["<b>bold</b>", "A & B", '<a href="https://example.org">x</a>']
)
def test_a_name_is_written_never_read_as_markup(source, name):
    north = replace(source.seen.group("warehouse-north"), name=name)
    cell = north.themes["listening"]
    told = json.dumps(
        [
            heatmap.heat([north], ["listening"], ["L"], "en"),
            figures.intervals([figures.Line(name, cell)], "en", now=name, most=name),
        ]
    )
    assert not re.search(r"<(?!br>|extra>|/extra>)", told)


def test_a_theme_over_time_tells_what_each_survey_told(source):
    row = next(one for one in _over(source).rows if one.id == "listening")
    line = figures.over_time(row, ["Q1", "Q2", "Q3"])["data"][-1]
    waves = [snapshot.group("warehouse-north").themes["listening"] for snapshot, _ in counted()]
    assert line["y"] == [numbers.tenths(wave.mean) for wave in waves]
    assert line["text"] == [
        f"{numbers.mean(w, 'en')} ({numbers.between(w.interval, 'en')})" for w in waves
    ]
    assert wording_of(source.instrument).themes["listening"] == row.title
