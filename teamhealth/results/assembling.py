"""From a release to a snapshot without statistics: what is shown, in the words of ``cells``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from teamhealth.cells.model import (
    ClassResult,
    EnpsCell,
    GroupResult,
    ItemCell,
    Snapshot,
    ThemeCell,
    ThemeFacts,
    Word,
)
from teamhealth.disclosure.crosscuts import ClassRelease
from teamhealth.disclosure.guards import WORDS
from teamhealth.disclosure.release import Release, ThemeFigure
from teamhealth.disclosure.tree import Ints
from teamhealth.results.charter import Charter, Place

VERSION = 2
_WORDS = [Word(word) for word in WORDS]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that was decided, by number of group and column of item.

    ``lists`` is the group that lists each group's comments, −1 for none;
    ``correlations`` one per theme; ``classes`` one per attribute of the form.
    """

    items: tuple[str, ...]
    release: Release
    enps: Ints
    lists: Sequence[int]
    correlations: Sequence[float | None]
    classes: Sequence[ClassRelease] = ()


def assemble(charter: Charter, shown: Shown, *, void: int) -> Snapshot:
    """Return the snapshot; intervals, comparison and change are still missing."""
    themes = tuple(
        ThemeFacts(theme.id, theme.items, correlation)
        for theme, correlation in zip(
            charter.instrument.themes, shown.correlations, strict=True
        )
    )
    themed = sum(len(theme.items) for theme in themes)
    items = _items(shown)
    figures = _themes(charter, shown, shown.release.themes, len(charter.groups))
    enps = [EnpsCell((a, b, c)) if a + b + c else None for a, b, c in shown.enps.tolist()]
    responses = shown.release.responses.tolist()
    groups = tuple(
        GroupResult(
            id=place.id,
            parent=place.parent,
            path=place.path,
            name=place.name,
            invited=place.invited,
            responses=responses[v] or None,
            counted_in=None if responses[v] else _nearest(charter, v, responses),
            comments_in=None if shown.lists[v] < 0 else charter.groups[shown.lists[v]].id,
            items=items[v],
            themes=figures[v],
            enps=enps[v],
        )
        for v, place in enumerate(charter.groups)
    )
    return Snapshot(
        version=VERSION,
        code_version=charter.code_version,
        survey=charter.survey,
        themes=themes,
        extra=shown.items[themed:],
        groups=groups,
        void=void,
        cross_cuts={
            attribute.id: _classes(charter, shown, found)
            for attribute, found in zip(
                charter.instrument.attributes, shown.classes, strict=False
            )
        },
    )


def _nearest(charter: Charter, v: int, responses: Sequence[int]) -> str | None:
    up = charter.tree.nearest(v, responses)
    place: Place | None = charter.groups[up] if up >= 0 else None
    return place.id if place else None


def _items(shown: Shown) -> list[dict[str, ItemCell]]:
    release = shown.release
    full, words, counts = release.full.tolist(), release.words.tolist(), release.counts.tolist()
    cells: list[dict[str, ItemCell]] = []
    for v, row in enumerate(release.n.tolist()):
        cells.append(
            {
                shown.items[j]: ItemCell(n=n, counts=tuple(counts[v][j]))
                if full[v][j]
                else ItemCell(n=n, word=_WORDS[words[v][j]])
                for j, n in enumerate(row)
                if n
            }
        )
    return cells


def _themes(
    charter: Charter, shown: Shown, figures: Sequence[ThemeFigure], many: int
) -> Sequence[Mapping[str, ThemeCell]]:
    cells: list[dict[str, ThemeCell]] = [{} for _ in range(many)]
    for figure in figures:
        cells[figure.group][charter.instrument.themes[figure.theme].id] = ThemeCell(
            items=tuple(shown.items[j] for j in figure.items),
            mean=figure.mean,
            interval=None,
            full=figure.full,
        )
    return cells


def _classes(charter: Charter, shown: Shown, found: ClassRelease) -> tuple[ClassResult, ...]:
    themes = _themes(charter, shown, found.themes, len(found.parts))
    words = found.words.tolist()
    return tuple(
        ClassResult(
            values=part,
            responses=int(found.responses[c]),
            items={
                shown.items[j]: ItemCell(n=n, word=_WORDS[words[c][j]])
                for j, n in enumerate(found.n[c].tolist())
                if n
            },
            themes=themes[c],
        )
        for c, part in enumerate(found.parts)
    )
