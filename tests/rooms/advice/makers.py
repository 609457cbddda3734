"""Small snapshots whose themes say what a test wants them to say."""

from teamhealth.cells.model import (
    GroupResult,
    ItemCell,
    Range,
    Snapshot,
    ThemeCell,
    ThemeFacts,
    Word,
)
from tests.rooms.cells.makers import facts

THEMES = ("psych_safety", "listening", "belonging", "focus_recovery", "leader_support")


def cell(mean=3.5, half=0.3, *, full=False, **other):
    """Make a theme's cell; in the middle of the scale and as usual unless told otherwise."""
    around = None if half is None else Range(max(1.0, mean - half), min(5.0, mean + half))
    return ThemeCell(items=("a", "b"), mean=mean, interval=around, full=full, **other)


def snapshot(themes, *, items=None, responses=7, beside=()):
    """Make an organisation with one group ``team`` that shows these cells, by theme."""
    given = {theme: {f"{theme}_{n}": None for n in (1, 2)} for theme in THEMES}
    asked = tuple(ThemeFacts(theme, tuple(names)) for theme, names in given.items())
    shown = items or {
        name: ItemCell(responses, word=Word.MOST) for names in given.values() for name in names
    }
    whole = GroupResult("acme", None, "Acme", "Acme", 40, 30, None, "acme")
    team = GroupResult(
        "team",
        "acme",
        "Acme/Team",
        "Team",
        9,
        responses,
        None,
        "acme",
        items=shown,
        themes=themes,
    )
    return Snapshot(1, "0.1.0", facts(), asked, (), (whole, team, *beside), 0)
