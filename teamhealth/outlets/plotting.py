"""What all our Plotly figures share: plain dicts, our colours by name, text that cannot become markup.

A colour is the name of one of the page's own properties, such as ``--team``: the script
that draws puts in what it is worth on that page, light or dark (charts.js). Categories
are numbers with labels, so that two groups of one name stay two.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

Figure = dict[str, Any]
"""``data`` and ``layout`` as Plotly takes them, ready for ``json.dumps``."""

CLEAR = "rgba(0,0,0,0)"
TEAM, PALE, OTHER = "--team", "--team-pale", "--other"
USUAL, USUAL_EDGE = "--usual", "--usual-edge"
HAIR, SURFACE, INK, MUTED = "--hair", "--surface", "--ink", "--muted"

MARGIN = {"l": 8, "r": 12, "t": 8, "b": 36}

TALLEST = 1400
"""Pixels; a figure of many rows is drawn closer."""

_MOST_LINES = 3
_NOTHING = "\u200b"  # has no width


def label(text: str, width: int = 26) -> str:
    """Return a text as a label: broken into a few lines, markup and all left as it is written."""
    if len(text) <= width:  # most names are short, and wrapping is slow
        return escape(text, quote=False)
    lines = textwrap.wrap(text, width, max_lines=_MOST_LINES, placeholder=" …")
    return "<br>".join(escape(line, quote=False) for line in lines)


def told_apart(labels: Iterable[str]) -> list[str]:
    """Return labels of which no two are equal, though they may look it."""
    seen: Counter[str] = Counter()
    found = []
    for text in labels:
        found.append(text + _NOTHING * seen[text])
        seen[text] += 1
    return found


def layout(height: int, **more: Any) -> dict[str, Any]:
    """Return a layout in the page's own type and colours."""
    return {
        "height": height,
        "margin": MARGIN,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": "--sans", "size": 13, "color": INK},
        "hoverlabel": {
            "bgcolor": SURFACE,
            "bordercolor": MUTED,
            "font": {"family": "--sans", "size": 13, "color": INK},
        },
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        **more,
    }


def legend() -> dict[str, Any]:
    """Return a legend below the drawing, not to be clicked."""
    return {
        "orientation": "h",
        "x": 0,
        "y": -0.02,
        "yanchor": "top",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def scale(**more: Any) -> dict[str, Any]:
    """Return an axis from 1, strongly disagree, to 5, strongly agree."""
    return {
        "range": [0.95, 5.05],
        "tickvals": [1, 2, 3, 4, 5],
        "gridcolor": HAIR,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }


def names(labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """Return an axis of labels, one a row, from the top down."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }
