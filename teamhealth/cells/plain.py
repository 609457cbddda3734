"""A snapshot as plain data (schema version 1, docs/snapshot.md) and back, strictly.

Writing lists every asked item and theme of every group, ``None`` where the cell is
hidden, so that a hidden cell looks the same whatever hid it. Reading refuses what the
schema does not know: what has been read is what was written.
"""

from dataclasses import asdict

from teamhealth.cells import plain_cells, plain_cuts, reading
from teamhealth.cells.model import EnpsCell, GroupResult, Snapshot, SurveyFacts, ThemeFacts
from teamhealth.cells.plain_cells import Asked

VERSION = 1


def to_plain(snapshot: Snapshot) -> dict[str, object]:
    """Return the snapshot as dicts, lists, strings and numbers, ready for ``canonical``."""
    asked = _asked(snapshot.themes, snapshot.extra)
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
        "groups": [_group(group, asked) for group in snapshot.groups],
        "void": snapshot.void,
        "cross_cuts": plain_cuts.to_plain(snapshot.cross_cuts, asked),
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
        cross_cuts=plain_cuts.from_plain(top["cross_cuts"], asked),
    )


def _asked(themes: tuple[ThemeFacts, ...], extra: tuple[str, ...]) -> Asked:
    items = [item for theme in themes for item in theme.items] + list(extra)
    return items, {theme.id: theme.items for theme in themes}


def _group(group: GroupResult, asked: Asked) -> dict[str, object]:
    return {
        "id": group.id,
        "parent": group.parent,
        "path": group.path,
        "name": group.name,
        "invited": group.invited,
        "responses": group.responses,
        "counted_in": group.counted_in,
        "comments_in": group.comments_in,
        **plain_cells.to_plain(group, asked),
        "enps": None if group.enps is None else list(group.enps.counts),
    }


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


def _read_group(plain: object, asked: Asked, at: str) -> GroupResult:
    group = reading.record(plain, at, reading.GROUP)
    read = GroupResult(
        id=reading.text(group["id"], f"{at}.id"),
        parent=reading.maybe(reading.text, group["parent"], f"{at}.parent"),
        path=reading.text(group["path"], f"{at}.path"),
        name=reading.text(group["name"], f"{at}.name"),
        invited=reading.whole(group["invited"], f"{at}.invited"),
        responses=reading.maybe(reading.whole, group["responses"], f"{at}.responses"),
        counted_in=reading.maybe(reading.text, group["counted_in"], f"{at}.counted_in"),
        comments_in=reading.maybe(reading.text, group["comments_in"], f"{at}.comments_in"),
        items=plain_cells.read_items(group["items"], asked, at),
        themes=plain_cells.read_themes(group["themes"], asked, at),
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
