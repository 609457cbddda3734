"""Findings planted in a snapshot, so that a test says what is true of it."""

from dataclasses import replace

from teamhealth.cells.findings import (
    Agreement,
    Alike,
    Band,
    Driver,
    Drivers,
    Reliability,
    Settings,
)

DIVIDED = Alike(Agreement.LITTLE, 0.42, 0.11, 1.1, 0.47, divided=True)
PARTLY = Alike(Agreement.PARTLY, 0.81, 0.55, 0.6, 0.22, divided=False)
SETTINGS = Settings(10, 20, 0.2, 1 / 3)


def group(snapshot, name, **changes):
    """Change a group."""
    groups = (replace(g, **changes) if g.id == name else g for g in snapshot.groups)
    return replace(snapshot, groups=tuple(groups))


def cell(snapshot, name, theme, **changes):
    """Change a theme of a group."""
    themes = dict(snapshot.group(name).themes)
    themes[theme] = replace(themes[theme], **changes)
    return group(snapshot, name, themes=themes)


def cells(snapshot, name, **changes):
    """Change all themes of a group alike."""
    themes = snapshot.group(name).themes
    return group(
        snapshot, name, themes={one: replace(cell, **changes) for one, cell in themes.items()}
    )


def facts(snapshot, theme, **changes):
    """Change what is known of a theme over the whole organisation."""
    themes = (replace(one, **changes) if one.id == theme else one for one in snapshot.themes)
    return replace(snapshot, themes=tuple(themes))


def reliable(band, value=0.75, by="omega", turned=()):
    """Make a reliability."""
    return Reliability(value, by, Band(band), turned)


def unknown(snapshot):
    """Take away everything that a snapshot of version 1 does not know."""
    for one in snapshot.groups:
        snapshot = cells(
            snapshot, one.id, error=None, silent=None, above=None, moved=None, agreement=None
        )
        items = {name: replace(cell, people=None) for name, cell in one.items.items()}
        enps = one.enps and replace(one.enps, interval=None)
        snapshot = group(snapshot, one.id, items=items, enps=enps, response=None, history=None)
    for theme in snapshot.themes:
        snapshot = facts(snapshot, theme.id, reliability=None, icc1=None, icc2=None)
    return replace(snapshot, withdrawn=None, settings=None, drivers=None)


def moving(*themes, early=True, against=()):
    """Make drivers of the engagement statement; those ``against`` go the other way."""
    return Drivers(
        "engagement",
        0.43,
        early=early,
        themes=tuple(
            Driver(theme, 0.3, 0.1, 0.5, 0.8, -0.2 if theme in against else 0.4)
            for theme in themes
        ),
    )
