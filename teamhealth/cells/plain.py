"""A snapshot as plain data (schema version 1, docs/snapshot.md) and back, strictly.

Writing lists every asked item and theme of every group, ``None`` where the cell is
hidden, so that a hidden cell looks the same whatever hid it. Reading refuses what the
schema does not know: what has been read is what was written.
"""

from collections.abc import Mapping
from dataclasses import asdict

from teamhealth.cells import reading
from teamhealth.cells.model import (
    EnpsCell,
    GroupResult,
    ItemCell,
    Range,
    Snapshot,
    SurveyFacts,
    ThemeCell,
    ThemeFacts,
)

VERSION = 1


def to_plain(snapshot: Snapshot) -> dict[str, object]:
    """Return the snapshot as dicts, lists, strings and numbers, ready for ``canonical``."""
    items, themes = _asked(snapshot.themes, snapshot.extra)
    survey = asdict(snapshot.survey)
    return {
        "version": snapshot.version,
        "code_version": snapshot.code_version,
        "survey": {**survey, "languages": list(snapshot.survey.languages)},
        "themes": [
            {"id": theme.id, "items": list(theme.items), "correlation": theme.correlation}
            for theme in snapshot.themes
        ],
        "extra": list(snapshot.extra),
        "groups": [_group(group, items, themes) for group in snapshot.groups],
        "void": snapshot.void,
        "cross_cuts": dict(snapshot.cross_cuts),
    }


def from_plain(plain: object) -> Snapshot:
    """Return the snapshot that ``to_plain`` wrote; ValueError names the first place that is wrong."""
    top = reading.record(plain, "snapshot", reading.SNAPSHOT)
    if reading.whole(top["version"], "version") != VERSION:
        raise ValueError(f"version: this code reads version {VERSION}, not {top['version']!r}")
    themes = tuple(
        _read_theme_facts(theme, f"themes[{at}]")
        for at, theme in enumerate(reading.array(top["themes"], "themes"))
    )
    extra = reading.texts(top["extra"], "extra")
    if top["cross_cuts"] != {}:
        raise ValueError("cross_cuts: version 1 has none")
    asked = _asked(themes, extra)
    groups = tuple(
        _read_group(group, asked, f"groups[{at}]")
        for at, group in enumerate(reading.array(top["groups"], "groups"))
    )
    _check_tree(groups)
    return Snapshot(
        version=VERSION,
        code_version=reading.text(top["code_version"], "code_version"),
        survey=read_survey(top["survey"]),
        themes=themes,
        extra=extra,
        groups=groups,
        void=reading.whole(top["void"], "void"),
    )


def _asked(
    themes: tuple[ThemeFacts, ...], extra: tuple[str, ...]
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    items = [item for theme in themes for item in theme.items] + list(extra)
    return items, {theme.id: theme.items for theme in themes}


def _group(
    group: GroupResult, items: list[str], themes: Mapping[str, object]
) -> dict[str, object]:
    return {
        "id": group.id,
        "parent": group.parent,
        "path": group.path,
        "name": group.name,
        "invited": group.invited,
        "responses": group.responses,
        "counted_in": group.counted_in,
        "comments_in": group.comments_in,
        "items": {item: _item(group.items.get(item)) for item in items},
        "themes": {theme: _theme(group.themes.get(theme)) for theme in themes},
        "enps": None if group.enps is None else list(group.enps.counts),
    }


def _item(cell: ItemCell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    if cell.counts is None:
        return {"n": cell.n, "word": None if cell.word is None else cell.word.value}
    return {"n": cell.n, "counts": list(cell.counts)}


def _theme(cell: ThemeCell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    return {
        "items": list(cell.items),
        "mean": cell.mean,
        "full": cell.full,
        "interval": _range(cell.interval),
        "whole": cell.whole,
        "usual": _range(cell.usual),
        "compared": None if cell.compared is None else cell.compared.value,
        "change": None if cell.change is None else cell.change.value,
    }


def _range(span: Range | None) -> list[float] | None:
    return None if span is None else [span.low, span.high]


def read_survey(plain: object) -> SurveyFacts:
    """Return what a snapshot says of its survey; ValueError as ``from_plain``."""
    facts = reading.record(plain, "survey", reading.SURVEY)
    words = {name: reading.text(facts[name], f"survey.{name}") for name in reading.SURVEY_TEXTS}
    return SurveyFacts(
        **words,
        k=reading.whole(facts["k"], "survey.k"),
        languages=reading.texts(facts["languages"], "survey.languages"),
        previous=reading.maybe(reading.text, facts["previous"], "survey.previous"),
    )


def _read_theme_facts(plain: object, at: str) -> ThemeFacts:
    theme = reading.record(plain, at, reading.THEME_FACTS)
    return ThemeFacts(
        id=reading.text(theme["id"], f"{at}.id"),
        items=reading.texts(theme["items"], f"{at}.items"),
        correlation=reading.maybe(reading.number, theme["correlation"], f"{at}.correlation"),
    )


def _read_group(
    plain: object, asked: tuple[list[str], dict[str, tuple[str, ...]]], at: str
) -> GroupResult:
    group = reading.record(plain, at, reading.GROUP)
    items = reading.record(group["items"], f"{at}.items", frozenset(asked[0]))
    themes = reading.record(group["themes"], f"{at}.themes", frozenset(asked[1]))
    read = GroupResult(
        id=reading.text(group["id"], f"{at}.id"),
        parent=reading.maybe(reading.text, group["parent"], f"{at}.parent"),
        path=reading.text(group["path"], f"{at}.path"),
        name=reading.text(group["name"], f"{at}.name"),
        invited=reading.whole(group["invited"], f"{at}.invited"),
        responses=reading.maybe(reading.whole, group["responses"], f"{at}.responses"),
        counted_in=reading.maybe(reading.text, group["counted_in"], f"{at}.counted_in"),
        comments_in=reading.maybe(reading.text, group["comments_in"], f"{at}.comments_in"),
        items={
            item: reading.item_cell(items[item], f"{at}.items.{item}")
            for item in asked[0]
            if items[item] is not None
        },
        themes={
            theme: reading.theme_cell(themes[theme], mine, f"{at}.themes.{theme}")
            for theme, mine in asked[1].items()
            if themes[theme] is not None
        },
        enps=reading.maybe(_read_enps, group["enps"], f"{at}.enps"),
    )
    if read.responses is None and (read.items or read.themes or read.enps):
        raise ValueError(f"{at}: a hidden group shows a cell")
    return read


def _read_enps(plain: object, at: str) -> EnpsCell:
    low, middle, high = reading.wholes(plain, 3, at)
    return EnpsCell((low, middle, high))


def _check_tree(groups: tuple[GroupResult, ...]) -> None:
    known: set[str | None] = set()
    for group in groups:
        if group.id in known or (
            group.parent not in known if known else group.parent is not None
        ):
            raise ValueError(f"groups: {group.id!r} does not come after its parent, once")
        known.add(group.id)
    named = [name for group in groups for name in (group.counted_in, group.comments_in) if name]
    if not groups or not known.issuperset(named):
        raise ValueError("groups: a group that is named does not exist")
