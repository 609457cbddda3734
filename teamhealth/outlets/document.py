"""The JSON export: the snapshot's document with every cell saying whether it is shown or protected.

It is ``cells.plain``'s document (docs/snapshot.md) for a reader. Promise: what a small
group's cell must not tell (how many answered one item) is not in it.
"""

from collections.abc import Container, Mapping
from dataclasses import asdict

from teamhealth.cells import counts
from teamhealth.cells.audience import Viewer, seen_by
from teamhealth.cells.model import EnpsCell, GroupResult, ItemCell, Snapshot, ThemeCell
from teamhealth.instruments.model import Instrument
from teamhealth.outlets import class_document, found_document, past_exports
from teamhealth.outlets.protected import SENTENCE, protected

Document = dict[str, object]
"""Plain data, ready for ``json.dumps``."""


def document(
    snapshot: Snapshot,
    viewer: Viewer,
    only: Container[str] | None = None,
    *,
    instrument: Instrument | None = None,
) -> Document:
    """Return what a reader may see of a snapshot, as plain data.

    ``only`` are the ids of the groups the reader may open; all if it is not given. Who
    may open the root is also told what is shown by what people told of themselves, in
    the words of the pinned ``instrument``.
    """
    seen = seen_by(snapshot, viewer)
    whole = only is None or seen.root.id in only
    names = names_of(seen)
    survey = asdict(seen.survey) | {"languages": list(seen.survey.languages)}
    return {
        "version": seen.version,
        "code_version": seen.code_version,
        "survey": survey,
        "themes": [
            {
                "id": theme.id,
                "items": list(theme.items),
                "correlation": theme.correlation,
                **(found_document.of_facts(theme, seen) if whole else {}),
            }
            for theme in seen.themes
        ],
        "extra": list(seen.extra),
        "groups": [
            {**group(one, names), **cells(one, seen)}
            for one in seen.groups
            if only is None or one.id in only
        ],
        "void": seen.void,
        **(found_document.of_whole(seen) if whole else {}),
        **(class_document.cross_cuts(seen, instrument) if whole else {}),
    }


def names_of(seen: Snapshot) -> Mapping[str, str]:
    """Return the names of all groups by their ids."""
    return {one.id: one.name for one in seen.groups}


def group(one: GroupResult, names: Mapping[str, str]) -> Document:
    """Return a group without its cells; ``names`` are those of all groups."""
    place: Document = {
        "id": one.id,
        "parent": one.parent,
        "path": one.path,
        "name": one.name,
        "invited": one.invited,
    }
    if one.responses is None:
        where = f" Counted in {names[one.counted_in]}." if one.counted_in else ""
        hidden = {"counted_in": one.counted_in, "sentence": SENTENCE + where}
        return place | {"state": "protected"} | hidden
    told = {
        "responses": one.responses,
        "response": one.response,
        "comments_in": one.comments_in,
        "history": past_exports.plain(one),
    }
    return place | {"state": "shown"} | told


def cells(one: GroupResult, seen: Snapshot) -> Document:
    """Return the cells of one group of a snapshot as its reader may see it."""
    items = [item for theme in seen.themes for item in theme.items] + list(seen.extra)
    return {
        "items": {item: _item(one.items.get(item)) for item in items},
        "themes": {theme.id: _theme(one.themes.get(theme.id)) for theme in seen.themes},
        "enps": _enps(one.enps),
    }


def _item(cell: ItemCell | None) -> Document:
    if cell is None or (cell.counts is None and cell.word is None):
        return protected()
    if cell.counts is None:
        return {"state": "shown", "word": cell.word}
    return {
        "state": "shown",
        "n": sum(cell.counts),
        "counts": list(cell.counts),
        "mean": counts.mean(cell.counts),
        "favourable": counts.favourable(cell.counts),
        **found_document.of_item(cell),
    }


def _theme(cell: ThemeCell | None) -> Document:
    if cell is None:
        return protected()
    return {"state": "shown", **found_document.theme(cell)}


def _enps(cell: EnpsCell | None) -> Document:
    if cell is None:
        return protected()
    told: Document = {"state": "shown", "n": sum(cell.counts), "counts": list(cell.counts)}
    if cell.score is None:
        return told
    return {**told, "score": cell.score, **found_document.of_enps(cell)}
