"""Plotly figures as plain dicts, from the same rows as the tables beside them.

No Plotly in Python: building its objects takes a hundred times as long. The colours are
safe for colour-blind readers; uncertainty is always drawn; nothing is red or green.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teamhealth.cells.model import Range, ThemeCell
from teamhealth.i18n.messages import say
from teamhealth.outlets import doubt, numbers, plotting
from teamhealth.outlets.plotting import Figure
from teamhealth.outlets.print_statements import StatementRow
from teamhealth.outlets.trends import Point, TrendRow

_ROW = 44
_FOOT = 84
_STATEMENT_ROW = 76


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an interval chart: a theme, or a group; ``before`` is the survey before's mean."""

    name: str
    cell: ThemeCell
    before: float | None = None


def intervals(
    lines: Sequence[Line], language: str, *, now: str, before: str = "", most: str = ""
) -> Figure:
    """Return means with their intervals, most groups' range behind, the survey before as a ring.

    ``now``, ``before`` and ``most`` are what the legend calls them.
    """
    data = []
    usual = [(at, line.cell.usual) for at, line in enumerate(lines) if line.cell.usual]
    if usual:
        data.append(_bars(usual, plotting.USUAL, 0.62, most, language))
    likely = [(at, line.cell.interval) for at, line in enumerate(lines) if line.cell.interval]
    cells = [line.cell for line in lines]
    if silent := doubt.whiskers(cells, 0.28, language):
        data.append(silent)
    name = say(language, "where the true value likely lies (95\xa0%%)")
    data.append(_bars(likely, plotting.PALE, 0.28, name, language))
    rings = [(at, line.before) for at, line in enumerate(lines) if line.before is not None]
    if rings:
        marker = {"symbol": "diamond-open", "color": plotting.OTHER, "size": 9}
        written = [numbers.decimal(value, language) for _, value in rings]
        data.append(_dots(rings, written, marker, before))
    means = [(at, numbers.tenths(cell.mean)) for at, cell in enumerate(cells)]
    written = [doubt.written(cell, language) for cell in cells]
    data.append(_dots(means, written, doubt.dots(cells), now))
    labels = [plotting.label(line.name, 20) for line in lines]
    return {
        "data": data,
        "layout": plotting.layout(
            min(_FOOT + _ROW * len(lines), plotting.TALLEST),
            barmode="overlay",
            xaxis=plotting.scale(side="top"),
            margin=plotting.MARGIN | {"t": 32},
            yaxis=plotting.names(labels),
            showlegend=True,
            legend=plotting.legend(),
        ),
    }  # fmt: skip


def spread(rows: Sequence[StatementRow], answers: Sequence[str]) -> Figure:
    """Return how answers spread, per cent of people, around the middle of the neutral answer."""
    told = [row for row in rows if row.bar is not None]
    data = [_answer(told, answer, name) for answer, name in enumerate(answers)]
    edge = max((abs(s.start) for row in told for s in row.bar or ()), default=50)
    over = max((s.start + s.width for row in told for s in row.bar or ()), default=50)
    words = [
        {
            "text": plotting.label(row.text, 48), "x": 0, "xref": "paper", "xanchor": "left",
            "y": at - 0.2, "yanchor": "bottom", "align": "left", "showarrow": False,
        }
        for at, row in enumerate(told)
    ]  # fmt: skip
    return {
        "data": data,
        "layout": plotting.layout(
            _FOOT + _STATEMENT_ROW * len(told),
            barmode="overlay",
            annotations=words,
            xaxis={
                "range": [-edge - 2, over + 2], "showticklabels": False, "showgrid": False,
                "zeroline": False, "fixedrange": True,
            },
            yaxis=plotting.names([""] * len(told), range=[len(told) - 0.3, -1.0]),
            showlegend=True,
            legend=plotting.legend(),
        ),
    }  # fmt: skip


def over_time(row: TrendRow, surveys: Sequence[str]) -> Figure:
    """Return one theme of one group over the surveys: dots, joined, with their intervals."""
    told = [(at, point) for at, point in enumerate(row.points) if point]
    bars = [
        {
            "type": "bar",
            "x": [at for at, point in told if point.interval],
            "base": [point.interval[0] for _, point in told if point.interval],
            "y": [
                round(point.interval[1] - point.interval[0], 4)
                for _, point in told
                if point.interval
            ],
            "width": 0.06,
            "marker": {"color": plotting.PALE, "cornerradius": 8},
            "hoverinfo": "skip",
        }
    ]
    drawn = _with_gaps(row)
    line = {
        "type": "scatter", "mode": "lines+markers",
        "x": [at for at, _ in drawn],
        "y": [numbers.tenths(point.value) if point else None for _, point in drawn],
        "text": [f"{p.mean} ({p.between})" if p else "" for _, p in drawn],
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": plotting.TEAM, "width": 1.5},
        "marker": {"color": plotting.TEAM, "size": 11,
                   "line": {"color": plotting.SURFACE, "width": 2}},
    }  # fmt: skip
    return {
        "data": [*bars, line],
        "layout": plotting.layout(
            260,
            yaxis=plotting.scale(automargin=True),
            xaxis={
                "tickvals": list(range(len(surveys))),
                "ticktext": [plotting.label(name, 14) for name in surveys],
                "range": [-0.5, len(surveys) - 0.5],
                "showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True,
            },
        ),
    }  # fmt: skip


def _with_gaps(row: TrendRow) -> list[tuple[float, Point | None]]:
    """Return where each point lies; nothing is between two that a survey not told here parts."""
    told: list[tuple[float, Point | None]] = []
    for at, point in enumerate(row.points):
        told.append((at, point))
        if at in row.apart:
            told.append((at + 0.5, None))
    return told


def _bars(
    ranges: Sequence[tuple[int, Range]], colour: str, width: float, name: str, language: str
) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "name": plotting.label(name, 60),
        "y": [at for at, _ in ranges],
        "base": [around.low for _, around in ranges],
        "x": [round(around.high - around.low, 4) for _, around in ranges],
        "width": width,
        "marker": {"color": colour, "cornerradius": 10 if width < 0.5 else 2},  # noqa: PLR2004
        "text": [numbers.between(around, language) for _, around in ranges],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _dots(
    values: Sequence[tuple[int, float]], written: Sequence[str], marker: Figure, name: str
) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotting.label(name, 60),
        "y": [at for at, _ in values],
        "x": [value for _, value in values],
        "text": list(written),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": marker,
    }


def _answer(rows: Sequence[StatementRow], answer: int, name: str) -> Mapping[str, Any]:
    parts = [row.bar[answer] for row in rows if row.bar]
    return {
        "type": "bar",
        "orientation": "h",
        "name": plotting.label(name, 40),
        "y": list(range(len(parts))),
        "base": [part.start for part in parts],
        "x": [part.width for part in parts],
        "width": 0.34,
        "text": [part.label for part in parts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": f"--on-l{answer + 1}"},
        "marker": {
            "color": f"--l{answer + 1}",
            "line": {"color": plotting.SURFACE, "width": 1},
        },
        "hovertext": [part.share for part in parts],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
