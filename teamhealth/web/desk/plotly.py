"""Plotly's script and the rules for its layers, both out of the package that is installed.

Plotly would write these rules into the page itself, which our policy forbids; so they
are read out of its script and served as a file (docs/decisions/0002). Promise: nothing of
Plotly's is kept in our tree, and a version whose rules cannot be found does not start.
"""

import re
from importlib.resources import files as of_package

from teamhealth.errors import UnavailableError

SCRIPT, RULES = "plotly.min.js", "plotly.css"

_TABLE = re.compile(r"\{\"X,X div\":.*?\}", re.DOTALL)
_RULE = re.compile(r"(?P<a>[\"']?)(?P<where>[XY].*?)(?P=a):(?P<b>[\"'])(?P<what>.*?)(?P=b)")
_OURS = ".heatmaplayer image{image-rendering:pixelated}"
"""In place of a style attribute that the policy refuses, too."""


def script() -> bytes:
    """Return the script as it ships in the package."""
    return (of_package("plotly") / "package_data" / SCRIPT).read_bytes()


def rules() -> bytes:
    """Return the rules as a style sheet, in the order in which Plotly would leave them."""
    table = _TABLE.search(script().decode())
    found = [
        _rule(hit["where"], hit["what"]) for hit in _RULE.finditer(table[0] if table else "")
    ]
    if not found:
        raise UnavailableError(
            "The charts' rules were not found in the Plotly that is installed. Nothing was started; "
            "install the version that requirements/run.txt names."
        )
    return "\n".join([*reversed(found), _OURS, ""]).encode()


def _rule(where: str, what: str) -> str:
    place = where.replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
    return f"{place}{{{what}}}"
