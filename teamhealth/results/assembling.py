"""From a release to a snapshot without themes' statistics: what is shown, in the words of ``cells``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from teamhealth.cells.findings import Drivers, Settings
from teamhealth.cells.model import (
    ClassResult,
    GroupResult,
    ItemCell,
    Snapshot,
    ThemeCell,
    ThemeFacts,
    Word,
)
from teamhealth.disclosure import blocks, planning, rollup
from teamhealth.disclosure.crosscuts import ClassRelease
from teamhealth.disclosure.guards import WORDS
from teamhealth.disclosure.release import Release, ThemeFigure
from teamhealth.disclosure.tree import Ints
from teamhealth.results import silence
from teamhealth.results.charter import Charter, Place
from teamhealth.results.silence import Scopes
from teamhealth.stats.enps import LEAST_PEOPLE as SCORE_FROM

VERSION = 2
SETTINGS = Settings(
    numbers_from=planning.TEN,
    score_from=SCORE_FROM,
    left_out=1 / blocks.SHARE,
    elsewhere=1 / rollup.FURTHER_UP,
)
_WORDS = [Word(word) for word in WORDS]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that was decided, by number of group and column of item.

    ``lists`` is the group that lists each group's comments, −1 for none; ``themes``
    and ``drivers`` are what is told of the whole; ``classes`` one per attribute of the
    form; ``scopes`` names the groups that were asked a follow-up, as ``sheets.Form`` does.
    """

    items: tuple[str, ...]
    release: Release
    enps: Ints
    lists: Sequence[int]
    themes: tuple[ThemeFacts, ...]
    drivers: Drivers | None = None
    classes: Sequence[ClassRelease] = ()
    scopes: Scopes = field(default_factory=dict)


def assemble(charter: Charter, shown: Shown, *, void: int, withdrawn: int = 0) -> Snapshot:
    """Return the snapshot; what is said of themes beside their means is still missing."""
    themed = sum(len(theme.items) for theme in shown.themes)
    items = _items(charter, shown)
    figures = _themes(charter, shown, shown.release.themes, len(charter.groups))
    enps = shown.enps.tolist()
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
            enps=silence.recommendation(tuple(enps[v]), place.invited),
            response=silence.band(responses[v], place.invited),
        )
        for v, place in enumerate(charter.groups)
    )
    return Snapshot(
        version=VERSION,
        code_version=charter.code_version,
        survey=charter.survey,
        themes=shown.themes,
        extra=shown.items[themed:],
        groups=groups,
        void=void,
        withdrawn=withdrawn,
        settings=SETTINGS,
        drivers=shown.drivers,
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


def _items(charter: Charter, shown: Shown) -> list[dict[str, ItemCell]]:
    release, ids = shown.release, tuple(place.id for place in charter.groups)
    full, words, counts = release.full.tolist(), release.words.tolist(), release.counts.tolist()
    people = silence.people(
        release.counts,
        release.full & silence.asked(shown.items, ids, shown.scopes),
        np.array([place.invited for place in charter.groups], dtype=np.int64),
    )
    cells: list[dict[str, ItemCell]] = []
    for v, row in enumerate(release.n.tolist()):
        cells.append(
            {
                shown.items[j]: ItemCell(n=n, counts=tuple(counts[v][j]), people=people[j][v])
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
