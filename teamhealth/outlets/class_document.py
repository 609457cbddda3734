"""Cross-cuts in the JSON export: the classes of each attribute, and what people could tell.

Promise: of a class no number of people is told but its ``responses``; *Steady
leadership* is not in it.
"""

from collections.abc import Mapping
from dataclasses import asdict

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import ClassResult, ItemCell, Snapshot, ThemeCell
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.class_names import in_order
from teamhealth.outlets.protected import protected
from teamhealth.outlets.wording import wording_of

Document = dict[str, object]

_NOT_SAID = "not said"


def cross_cuts(seen: Snapshot, instrument: Instrument | None) -> Document:
    """Return the keys that a survey has more whose people could tell something of themselves.

    ``cross_cuts`` holds per attribute its classes, none where nothing is shown by it;
    ``attributes`` its words, where the pinned instrument is given.
    """
    if not seen.cross_cuts:
        return {}
    told: Document = {
        "cross_cuts": {
            attribute: [_class(seen, one) for one in in_order(classes)]
            for attribute, classes in seen.cross_cuts.items()
        }
    }
    if instrument:
        told["attributes"] = _attributes(seen.cross_cuts, instrument)
    return told


def _attributes(
    cuts: Mapping[str, tuple[ClassResult, ...]], instrument: Instrument
) -> Document:
    """Return questions and options; ``options`` are numbered from 0, what was not said."""
    language = wording_of(instrument).language
    return {
        one.id: {
            "text": one.text[language],
            "options": [_NOT_SAID, *(option[language] for option in one.options)],
            "ordered": one.ordered,
            **({"state": "shown"} if cuts[one.id] else protected()),
        }
        for one in instrument.attributes
        if one.id in cuts
    }


def _class(seen: Snapshot, one: ClassResult) -> Document:
    themes = [theme for theme in seen.themes if theme.id != LEADER_THEME]
    items = [item for theme in themes for item in theme.items] + list(seen.extra)
    return {
        "values": list(one.values),
        "responses": one.responses,
        "items": {item: _item(one.items.get(item)) for item in items},
        "themes": {theme.id: _theme(one.themes.get(theme.id)) for theme in themes},
    }


def _item(cell: ItemCell | None) -> Document:
    return {"state": "shown", "word": cell.word} if cell else protected()


def _theme(cell: ThemeCell | None) -> Document:
    if cell is None:
        return protected()
    return {
        "state": "shown",
        "items": list(cell.items),
        "mean": cell.mean,
        "interval": asdict(cell.interval) if cell.interval else None,
        "full": cell.full,
        "whole": cell.whole,
    }
