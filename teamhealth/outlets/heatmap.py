"""Groups × themes as one Plotly figure, from the same rows as the table beside it: plain dicts, no Plotly in Python."""

from collections.abc import Sequence
from typing import Any

from teamhealth.cells.model import GroupResult
from teamhealth.outlets import doubt, plotting
from teamhealth.outlets.branches import mean_and_shade
from teamhealth.outlets.plotting import Figure

_FEW = 40


def heat(
    groups: Sequence[GroupResult], themes: Sequence[str], titles: Sequence[str], language: str
) -> Figure:
    """Return groups × themes, five colours from low to high on the scale; a hidden cell is empty.

    ≠ stands where people in the group see the theme very differently.
    """
    names = [group.name for group in groups]
    shades: list[list[int | None]] = []
    means: list[list[str]] = []
    for group in groups:  # plain lists: thousands of objects would wake the garbage collector
        cells = [group.themes.get(theme) for theme in themes]
        told = [mean_and_shade(cell, language) if cell else ("", None) for cell in cells]
        means.append(doubt.marked(cells, [mean for mean, _ in told]))
        shades.append([shade for _, shade in told])
    few = len(names) <= _FEW
    trace: dict[str, Any] = {
        "type": "heatmap",
        "z": shades,
        "text": means,
        "x": [plotting.label(title, 32) for title in titles],
        "y": plotting.told_apart([plotting.label(name, 28) for name in names]),
        "colorscale": [[(at + side) / 5, f"--h{at + 1}"] for at in range(5) for side in (0, 1)],
        "zmin": 0.5,
        "zmax": 5.5,
        "showscale": False,
        "hoverongaps": False,
        "hovertemplate": "%{y}<br>%{x}: %{text}<extra></extra>",
    }
    if few:
        trace |= {"xgap": 2, "ygap": 2, "texttemplate": "%{text}"}
        trace |= {"textfont": {"color": "--on-heat"}}
    else:
        trace |= {"zsmooth": "fast"}  # one small picture; desk.css keeps its cells sharp
    axis = {"automargin": True, "showgrid": False, "zeroline": False, "fixedrange": True}
    return {
        "data": [trace],
        "layout": plotting.layout(
            heat_height(len(names)),
            xaxis={**axis, "type": "category", "side": "top", "tickangle": -50},
            yaxis={**axis, "type": "category", "autorange": "reversed", "showticklabels": few},
        ),
    }


def heat_height(groups: int) -> int:
    """Return how high the figure of so many groups is, so that its place can be kept."""
    return 120 + 30 * groups if groups <= _FEW else min(160 + 2 * groups, plotting.TALLEST)
