"""Older snapshots, brought to the present schema as they are read.

What an older version did not say is not known now either: it becomes null, and nothing
is worked out afterwards (law 5). The stored bytes stay as they are.
"""

from collections.abc import Callable, Mapping

from teamhealth.cells import reading

_Plain = dict[str, object]

_GROUP = ("response", "history")
_THEME_FACTS = ("reliability", "icc1", "icc2")
_THEME = ("error", "silent", "above", "moved", "agreement")
_TOP = ("withdrawn", "settings", "drivers")


def from_1(top: _Plain) -> _Plain:
    """Return a document of version 1 as one of version 2; ValueError names what is no such document."""
    cuts = reading.mapping(top.get("cross_cuts"), "cross_cuts")
    return _added(
        {
            **top,
            "themes": [_added(theme, _THEME_FACTS) for theme in _records(top, "themes")],
            "groups": [_added(_shown(group), _GROUP) for group in _records(top, "groups")],
            "cross_cuts": {
                name: [_shown(one) for one in _records(cuts, name)] for name in cuts
            },
        },
        _TOP,
    )


UPGRADES: Mapping[int, Callable[[_Plain], _Plain]] = {1: from_1}
"""By version, how a document becomes one of the next."""


def _shown(one: _Plain) -> _Plain:
    """Add to a group or class what its cells did not have."""
    found = dict(one)
    if "enps" in found:
        found["enps"] = found["enps"] and {"counts": found["enps"], "interval": None}
    items = reading.mapping(one.get("items"), "items")
    themes = reading.mapping(one.get("themes"), "themes")
    return {
        **found,
        "items": {name: _item(cell) for name, cell in items.items()},
        "themes": {
            name: _added(cell, _THEME) if isinstance(cell, dict) else cell
            for name, cell in themes.items()
        },
    }


def _item(cell: object) -> object:
    return _added(cell, ("people",)) if isinstance(cell, dict) and "counts" in cell else cell


def _records(top: Mapping[str, object], name: str) -> list[_Plain]:
    return [reading.mapping(entry, name) for entry in reading.array(top.get(name), name)]


def _added(plain: _Plain, names: tuple[str, ...]) -> _Plain:
    if plain.keys() & set(names):
        raise ValueError(f"version 1 does not know {sorted(plain.keys() & set(names))}")
    return {**plain, **dict.fromkeys(names)}
