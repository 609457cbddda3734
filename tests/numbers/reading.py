"""The figures that R made and the data it made them from (``tests/numbers/r``)."""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np

_R = Path(__file__).parent / "r"


def rows(name):
    """Return the rows of one file as dictionaries of text."""
    with (_R / f"{name}.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def number(text):
    """Return a number, NaN where R has none."""
    return float(text) if text not in ("", "NA") else np.nan


def cases(name, columns):
    """Return, per case, its table of these columns without empty ones, and the group of each row."""
    tables, groups = defaultdict(list), defaultdict(list)
    for row in rows(name):
        tables[row["case"]].append([number(row[c]) for c in columns])
        groups[row["case"]].append(int(row.get("group", 0)))
    return {
        case: (_filled(np.array(table)), np.array(groups[case]))
        for case, table in tables.items()
    }


def _filled(table):
    return table[:, ~np.isnan(table).all(axis=0)]
