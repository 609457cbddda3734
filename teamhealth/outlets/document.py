"""The JSON export: the snapshot's document with every cell saying whether it is shown or protected.

It is ``cells.plain``'s document (docs/snapshot.md) for a reader. Promise: what a small
group's cell must not tell (how many answered one item) is not in it.
"""

from collections.abc import Container, Mapping
from dataclasses import asdict

from teamhealth.cells import counts
from teamhealth.cells.audience import Viewer, seen_by
from teamhealth.cells.model import EnpsCell, GroupResult, ItemCell, Snapshot, ThemeCell

Document = dict[str, object]
"""Plain data, ready for ``json.dumps``."""

SENTENCE = "Not shown, to protect anonymity."


def document(
    snapshot: Snapshot, viewer: Viewer, only: Container[str] | None = None
) -> Document:
    """Return what a reader may see of a snapshot, as plain data.

    ``only`` are the ids of the groups the reader may open; all if it is not given.
    """
    seen = seen_by(snapshot, viewer)
    names = {group.id: group.name for group in seen.groups}
    items = [item for theme in seen.themes for item in theme.items] + list(seen.extra)
    survey = asdict(seen.survey) | {"languages": list(seen.survey.languages)}
    return {
        "version": seen.version,
        "code_version": seen.code_version,
        "survey": survey,
        "themes": [
            {"id": theme.id, "items": list(theme.items), "correlation": theme.correlation}
            for theme in seen.themes
        ],
        "extra": list(seen.extra),
        "groups": [
            {
                **_group(group, names),
                "items": {item: _item(group.items.get(item)) for item in items},
                "themes": {
                    theme.id: _theme(group.themes.get(theme.id)) for theme in seen.themes
                },
                "enps": _enps(group.enps),
            }
            for group in seen.groups
            if only is None or group.id in only
        ],
        "void": seen.void,
    }


def _group(group: GroupResult, names: Mapping[str, str]) -> Document:
    place: Document = {
        "id": group.id,
        "parent": group.parent,
        "path": group.path,
        "name": group.name,
        "invited": group.invited,
    }
    if group.responses is None:
        where = f" Counted in {names[group.counted_in]}." if group.counted_in else ""
        hidden = {"counted_in": group.counted_in, "sentence": SENTENCE + where}
        return place | {"state": "protected"} | hidden
    told = {"responses": group.responses, "comments_in": group.comments_in}
    return place | {"state": "shown"} | told


def _item(cell: ItemCell | None) -> Document:
    if cell is None or (cell.counts is None and cell.word is None):
        return _protected()
    if cell.counts is None:
        return {"state": "shown", "word": cell.word}
    return {
        "state": "shown",
        "n": sum(cell.counts),
        "counts": list(cell.counts),
        "mean": counts.mean(cell.counts),
        "favourable": counts.favourable(cell.counts),
    }


def _theme(cell: ThemeCell | None) -> Document:
    if cell is None:
        return _protected()
    return {"state": "shown", **asdict(cell), "items": list(cell.items)}


def _enps(cell: EnpsCell | None) -> Document:
    if cell is None:
        return _protected()
    told: Document = {"state": "shown", "n": sum(cell.counts), "counts": list(cell.counts)}
    return told if cell.score is None else {**told, "score": cell.score}


def _protected() -> Document:
    return {"state": "protected", "sentence": SENTENCE}
