"""A small snapshot by hand: a company, two departments, two teams each."""

from teamhealth.cells.findings import (
    Agreement,
    Alike,
    Band,
    Driver,
    Drivers,
    History,
    Moved,
    Reliability,
    Response,
    Settings,
)
from teamhealth.cells.model import (
    Change,
    ClassResult,
    Compared,
    EnpsCell,
    GroupResult,
    ItemCell,
    Range,
    Snapshot,
    SurveyFacts,
    ThemeCell,
    ThemeFacts,
    Word,
)

TEAMS = {"north": "sales", "south": "sales", "ovens": "bakery", "shop": "bakery"}


def facts(**other):
    given = {
        "id": "s1", "title": "Autumn", "form": "pulse", "opened": "2026-09-01",
        "closed": "2026-09-15", "k": 5, "languages": ("en", "de"),
        "instrument_digest": "ab" * 32, "fingerprint": "ABCD-EFGH-JKMN-PQRS",
        "leader_theme": "leader", "previous": None,
    }  # fmt: skip
    return SurveyFacts(**{**given, **other})


def a_group(name, parent, invited, responses, **other):
    word = ItemCell(n=responses, word=Word.MOST)
    counts = (0, 1, 2, responses - 5, 2)
    full = ItemCell(n=responses, counts=counts, people=(responses - 3, invited - 3))
    cell = full if responses >= 10 else word
    theme = ThemeCell(
        items=("lead_1", "lead_2"),
        mean=3.9,
        interval=Range(3.4, 4.4),
        full=responses >= 10,
        whole=3.8,
        usual=Range(3.5, 4.1),
        compared=Compared.USUAL,
        change=Change.UNCLEAR,
        error=0.21,
        silent=3.3,
        above=0.61,
        moved=Moved(before=3.8, difference=0.04, above=0.62),
        agreement=Alike(Agreement.PARTLY, 0.81, 0.55, 0.6, 0.22, divided=False)
        if responses >= 10
        else None,
    )
    given = {
        "path": name, "name": name.title(), "counted_in": None, "comments_in": "acme",
        "items": {"lead_1": cell, "lead_2": cell, "calm_1": cell, "engagement": cell},
        "themes": {"leader_support": theme},
        "enps": EnpsCell((2, 3, responses - 5), Range(20.0, 60.0)) if responses >= 10 else None,
        "response": Response.NORMAL,
        "history": History(f"Old {name}", invited + 1, responses, others=False),
    }  # fmt: skip
    return GroupResult(
        id=name, parent=parent, invited=invited, responses=responses, **{**given, **other}
    )


def a_class(values, responses):
    theme = ThemeCell(("lead_1", "lead_2"), 3.7, Range(3.4, 4.0), full=False, whole=3.8)
    items = {"lead_1": ItemCell(n=responses, word=Word.MOST)}
    return ClassResult(values, responses, items, {"leader_support": theme})


def a_snapshot(**other):
    groups = [
        a_group("acme", None, 34, 30),
        a_group("sales", "acme", 17, 15),
        a_group("north", "sales", 8, 7),
        a_group("south", "sales", 8, 8),
        a_group("bakery", "acme", 16, 15),
        a_group("ovens", "bakery", 8, 8),
        a_group("shop", "bakery", 8, 7),
    ]
    given = {
        "version": 2,
        "code_version": "0.1.0",
        "survey": facts(),
        "themes": (
            ThemeFacts(
                "leader_support",
                ("lead_1", "lead_2"),
                0.41,
                Reliability(0.71, "alpha", Band.FINE, ("lead_2",)),
                0.09,
                0.44,
            ),
            ThemeFacts("co_regulation", ("calm_1",)),
        ),
        "extra": ("engagement",),
        "groups": tuple(groups),
        "void": 0,
        "withdrawn": 1,
        "settings": Settings(10, 20, 0.2, 1 / 3),
        "drivers": Drivers(
            "engagement",
            0.4,
            early=True,
            themes=(
                Driver("leader_support", 0.6, 0.3, 0.8, 0.97, 0.5),
                Driver("co_regulation", 0.4, 0.2, 0.7, 0.93, -0.1),
            ),
        ),
        "cross_cuts": {"tenure": (a_class((0, 1), 12), a_class((2,), 18)), "site": ()},
    }
    return Snapshot(**{**given, **other})
