"""Doubt in a Plotly figure: the whisker for silence, and means that stand for few.

Both are hollow, so that they never look like what was found.
"""

from collections.abc import Sequence

from teamhealth.advice.highlights import is_divided
from teamhealth.cells.model import Range, ThemeCell
from teamhealth.i18n.messages import say
from teamhealth.outlets import numbers, plotting, strips
from teamhealth.outlets.plotting import Figure


def whiskers(cells: Sequence[ThemeCell], width: float, language: str) -> Figure | None:
    """Return bars at the lower ends of the intervals, a row a cell; None where silence adds nothing."""
    told = [(at, span) for at, cell in enumerate(cells) if (span := strips.whisker(cell))]
    if not told:
        return None
    return {
        "type": "bar",
        "orientation": "h",
        "name": plotting.label(say(language, "if those missing were half a point lower"), 70),
        "y": [at for at, _ in told],
        "base": [span.low for _, span in told],
        "x": [round(span.high - span.low, 4) for _, span in told],
        "width": width,
        "marker": {
            "color": plotting.SURFACE,
            "line": {"color": plotting.PALE, "width": 1.5},
            "cornerradius": 10,
        },
        "text": [_words(span, language) for _, span in told],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }


def _words(span: Range, language: str) -> str:
    low = numbers.decimal(span.low, language)
    return say(language, "from %(low)s if those missing were half a point lower", low=low)


def written(cell: ThemeCell, language: str) -> str:
    """Write a mean, and that it stands for few where people see a theme very differently."""
    told = numbers.mean(cell, language)
    if not is_divided(cell):
        return told
    return say(language, "%(mean)s; people see this very differently", mean=told)


def dots(cells: Sequence[ThemeCell]) -> Figure:
    """Return how means are marked: full dots, hollow ones where they stand for few."""
    marker: Figure = {
        "color": plotting.TEAM,
        "size": 13,
        "line": {"color": plotting.SURFACE, "width": 2},
    }
    split = [is_divided(cell) for cell in cells]
    if any(split):
        marker["symbol"] = ["circle-open" if one else "circle" for one in split]
    return marker


def marked(cells: Sequence[ThemeCell | None], means: Sequence[str]) -> list[str]:
    """Return means with a mark where people see a theme very differently."""
    return [
        f"{mean} ≠" if cell and is_divided(cell) else mean
        for cell, mean in zip(cells, means, strict=True)
    ]
