"""What statistics found, in the JSON export; what a snapshot does not know is null or missing.

Promise: the numbers behind a word (``error``, ``above``, ``moved``) stand only in cells
that tell numbers anyway. Below ten answers there are words.
"""

from dataclasses import asdict

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import EnpsCell, ItemCell, Snapshot, ThemeCell, ThemeFacts

Document = dict[str, object]

_EVIDENCE = ("error", "above", "moved")


def of_item(cell: ItemCell) -> Document:
    """Return between how many of all who were asked likely are favourable; nothing where not known."""
    if cell.people is None:
        return {}
    low, high = cell.people
    return {"favourable_people": {"low": low, "high": high}}


def of_enps(cell: EnpsCell) -> Document:
    """Return the range of the score; nothing where there is no score."""
    if cell.score is None or cell.interval is None:
        return {}
    return {"interval": asdict(cell.interval)}


def theme(cell: ThemeCell) -> Document:
    """Return a theme's cell; the evidence for its words only where it tells numbers."""
    told = {**asdict(cell), "items": list(cell.items)}
    if cell.full:
        return told
    return {name: value for name, value in told.items() if name not in _EVIDENCE}


def of_facts(facts: ThemeFacts, seen: Snapshot) -> Document:
    """Return what is found about a theme over the whole organisation."""
    if facts.id == LEADER_THEME and seen.survey.leader_theme != "agreed":
        return {}
    found = None if facts.reliability is None else asdict(facts.reliability)
    return {"reliability": found, "icc1": facts.icc1, "icc2": facts.icc2}


def of_whole(seen: Snapshot) -> Document:
    """Return what is found about the whole survey."""
    return {
        "withdrawn": seen.withdrawn,
        "settings": None if seen.settings is None else asdict(seen.settings),
        "drivers": None if seen.drivers is None else asdict(seen.drivers),
    }
