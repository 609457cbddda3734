"""A small snapshot by hand: a company, two departments, two teams each."""

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
    full = ItemCell(n=responses, counts=(0, 1, 2, responses - 5, 2))
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
    )
    given = {
        "path": name, "name": name.title(), "counted_in": None, "comments_in": "acme",
        "items": {"lead_1": cell, "lead_2": cell, "calm_1": cell, "engagement": cell},
        "themes": {"leader_support": theme},
        "enps": EnpsCell((2, 3, responses - 5)) if responses >= 10 else None,
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
        "version": 1,
        "code_version": "0.1.0",
        "survey": facts(),
        "themes": (
            ThemeFacts("leader_support", ("lead_1", "lead_2"), 0.41),
            ThemeFacts("co_regulation", ("calm_1",)),
        ),
        "extra": ("engagement",),
        "groups": tuple(groups),
        "void": 0,
        "cross_cuts": {"tenure": (a_class((0, 1), 12), a_class((2,), 18)), "site": ()},
    }
    return Snapshot(**{**given, **other})
