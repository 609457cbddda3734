"""A snapshot as plain data (schema version 2, docs/snapshot.md) and back, strictly.

Writing lists every asked item and theme of every group, ``None`` where the cell is
hidden, so that a hidden cell looks the same whatever hid it. Reading refuses what the
schema does not know: what has been read is what was written. Version 1 is read too.
"""

from dataclasses import asdict, replace
from io import BytesIO

from teamhealth.cells import plain_cells, plain_cuts, reading, reading_findings
from teamhealth.cells.canonical import canonical
from teamhealth.cells.findings import Response
from teamhealth.cells.model import GroupResult, Snapshot, SurveyFacts, ThemeFacts
from teamhealth.cells.plain_cells import Asked
from teamhealth.cells.upgrading import UPGRADES

VERSION = 2


def to_plain(snapshot: Snapshot) -> dict[str, object]:
    """Return the snapshot as dicts, lists, strings and numbers, ready for ``canonical``."""
    asked = _asked(snapshot.themes, snapshot.extra)
    survey = asdict(snapshot.survey)
    return {
        "version": VERSION,
        "code_version": snapshot.code_version,
        "survey": {**survey, "languages": list(snapshot.survey.languages)},
        "themes": [_theme_facts(theme) for theme in snapshot.themes],
        "extra": list(snapshot.extra),
        "groups": [_group(group, asked) for group in snapshot.groups],
        "void": snapshot.void,
        "cross_cuts": plain_cuts.to_plain(snapshot.cross_cuts, asked),
        "withdrawn": snapshot.withdrawn,
        "settings": plain_cells.found(snapshot.settings),
        "drivers": plain_cells.found(snapshot.drivers),
    }


def written(snapshot: Snapshot) -> bytes:
    """Return the canonical JSON of a snapshot, made group by group.

    The same as ``canonical(to_plain(snapshot))``, which of ten thousand groups takes
    four times as much memory.
    """
    asked = _asked(snapshot.themes, snapshot.extra)
    top = to_plain(replace(snapshot, groups=()))
    out = BytesIO()
    for at, name in enumerate(sorted(top)):
        out.write((b"," if at else b"{") + canonical(name) + b":")
        if name != "groups":
            out.write(canonical(top[name]))
            continue
        for number, group in enumerate(snapshot.groups):
            out.write((b"," if number else b"[") + canonical(_group(group, asked)))
        out.write(b"]" if snapshot.groups else b"[]")
    out.write(b"}")
    return out.getvalue()


def from_plain(plain: object) -> Snapshot:
    """Return the snapshot that ``to_plain`` wrote; ValueError names the first place that is wrong.

    A snapshot of an older version keeps its ``version``; what it did not say is None.
    """
    version, top = _present(plain)
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
        version=version,
        code_version=reading.text(top["code_version"], "code_version"),
        survey=read_survey(top["survey"]),
        themes=themes,
        extra=extra,
        groups=groups,
        void=reading.whole(top["void"], "void"),
        cross_cuts=plain_cuts.from_plain(top["cross_cuts"], asked),
        withdrawn=reading.maybe(reading.whole, top["withdrawn"], "withdrawn"),
        settings=reading.maybe(reading_findings.settings, top["settings"], "settings"),
        drivers=reading.maybe(reading_findings.drivers, top["drivers"], "drivers"),
    )


def _present(plain: object) -> tuple[int, dict[str, object]]:
    """Return a document's version, and it as one of the present version."""
    top = reading.mapping(plain, "snapshot")
    version = reading.whole(top.get("version"), "version")
    if version != VERSION and version not in UPGRADES:
        raise ValueError(f"version: this code reads versions 1 to {VERSION}, not {version}")
    for older in range(version, VERSION):
        top = UPGRADES[older](top)
    return version, reading.record(top, "snapshot", reading.SNAPSHOT)


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
        "enps": plain_cells.enps(group.enps),
        "response": None if group.response is None else group.response.value,
        "history": plain_cells.found(group.history),
    }


def _theme_facts(theme: ThemeFacts) -> dict[str, object]:
    return {
        "id": theme.id,
        "items": list(theme.items),
        "correlation": theme.correlation,
        "reliability": plain_cells.found(theme.reliability),
        "icc1": theme.icc1,
        "icc2": theme.icc2,
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
        reliability=reading.maybe(
            reading_findings.reliability, theme["reliability"], f"{at}.reliability"
        ),
        icc1=reading.maybe(reading.number, theme["icc1"], f"{at}.icc1"),
        icc2=reading.maybe(reading.number, theme["icc2"], f"{at}.icc2"),
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
        enps=reading.maybe(plain_cells.read_enps, group["enps"], f"{at}.enps"),
        response=reading.maybe(
            reading_findings.word(Response), group["response"], f"{at}.response"
        ),
        history=reading.maybe(reading_findings.history, group["history"], f"{at}.history"),
    )
    if read.responses is None and (read.items or read.themes or read.enps):
        raise ValueError(f"{at}: a hidden group shows a cell")
    return read


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
