"""The independent audit of a finished snapshot: what ``teamhealth audit`` runs.

It reads the snapshot alone. Inside the count the same audit also gets the workings.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import numpy as np

from teamhealth.cells.model import ClassResult, Snapshot, ThemeCell, Word
from teamhealth.disclosure.audit import audit
from teamhealth.disclosure.claims import Basis, Claims, CutClaim, Found, ThemeClaim
from teamhealth.disclosure.tree import Ints
from teamhealth.results.moments import Moments

DRIVERS = "drivers"
_WORDS = {word: at for at, word in enumerate(Word)}


def audit_snapshot(snapshot: Snapshot) -> list[str]:
    """Return every fault of a whole snapshot, in words; empty if there is none.

    A snapshot that went through ``seen_by`` is a part and must not be audited as a whole.
    """
    return audit(claims_of(snapshot))


def claims_of(snapshot: Snapshot) -> Claims:
    """Return what a snapshot publishes as the audit reads it."""
    groups = snapshot.groups
    at = {group.id: v for v, group in enumerate(groups)}
    items = tuple(i for theme in snapshot.themes for i in theme.items) + snapshot.extra
    shape = (len(groups), len(items))
    n, words = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    counts, full = np.zeros((*shape, 5), dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    column = {item: j for j, item in enumerate(items)}
    for v, group in enumerate(groups):
        for item, cell in group.items.items():
            j = column[item]
            n[v, j] = cell.n
            if cell.counts is not None:
                full[v, j], counts[v, j] = True, cell.counts
            elif cell.word is not None:
                words[v, j] = _WORDS[cell.word]
    return Claims(
        names=tuple(group.path for group in groups),
        parent=tuple(-1 if g.parent is None else at[g.parent] for g in groups),
        items=items,
        k=snapshot.survey.k,
        responses=np.array([group.responses or 0 for group in groups], dtype=np.int64),
        n=n,
        full=full,
        counts=counts,
        words=words,
        enps=np.array([g.enps.counts if g.enps else (0, 0, 0) for g in groups], dtype=np.int64),
        lists=tuple(-1 if g.comments_in is None else at[g.comments_in] for g in groups),
        themes=tuple(
            theme
            for v, group in enumerate(groups)
            for theme in _themes(snapshot, v, group.themes, column)
        ),
        invited=np.array([group.invited for group in groups], dtype=np.int64),
        cuts=tuple(
            _cut(snapshot, attribute, classes, column)
            for attribute, classes in snapshot.cross_cuts.items()
        ),
        found=_found(snapshot, column),
    )


def behind(snapshot: Snapshot, moments: Moments) -> dict[str, Ints]:
    """Return, by name of what is told of the whole, its people per answering group: for the audit."""
    found = {DRIVERS: moments.joint[:, 0]} if moments.joint.size else {}
    for t, theme in enumerate(snapshot.themes):
        found[f"{theme.id} reliability"] = moments.complete[:, t]
        found[f"{theme.id} groups"] = moments.scores[:, t, 0]
    return found


def _found(snapshot: Snapshot, column: Mapping[str, int]) -> Found:
    numbers: list[tuple[str, float]] = []
    bases: list[Basis] = []
    columns = {
        theme.id: tuple(column[item] for item in theme.items) for theme in snapshot.themes
    }
    for theme in snapshot.themes:
        numbers += [(theme.id, number) for number in _numbers(theme)]
        if theme.reliability is not None:
            bases.append(Basis(f"{theme.id} reliability", "reliability", columns[theme.id]))
        if theme.icc1 is not None or theme.icc2 is not None:
            bases.append(Basis(f"{theme.id} groups", "groups", columns[theme.id]))
    if snapshot.drivers is not None:
        told = snapshot.drivers
        numbers += [(DRIVERS, number) for number in _numbers(told)]
        rest_on = (
            column[told.outcome],
            *(j for one in told.themes for j in columns[one.theme]),
        )
        bases.append(Basis(DRIVERS, "drivers", rest_on, len(told.themes)))
    groups = snapshot.groups
    people = np.zeros((len(groups), len(column)), dtype=np.bool_)
    for v, group in enumerate(groups):
        for item, cell in group.items.items():
            people[v, column[item]] = cell.people is not None
    return Found(
        numbers=tuple(numbers),
        bases=tuple(bases),
        people=people,
        scores=np.array([bool(g.enps and g.enps.interval) for g in groups]),
        bands=tuple(group.response or "" for group in groups),
    )


def _numbers(value: object) -> list[float]:
    """Return every number in what is told, whatever its name: a new field is audited too."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [value]
    if isinstance(value, tuple):
        return [number for one in value for number in _numbers(one)]
    if is_dataclass(value):
        return [n for field in fields(value) for n in _numbers(getattr(value, field.name))]
    return []


def _cut(
    snapshot: Snapshot,
    attribute: str,
    classes: tuple[ClassResult, ...],
    column: Mapping[str, int],
) -> CutClaim:
    shape = (len(classes), len(column))
    n, words = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    full = np.zeros(shape, dtype=np.bool_)
    for c, one in enumerate(classes):
        for item, cell in one.items.items():
            j = column[item]
            n[c, j], full[c, j] = cell.n, cell.counts is not None
            words[c, j] = 0 if cell.word is None else _WORDS[cell.word]
    return CutClaim(
        attribute=attribute,
        values=tuple(one.values for one in classes),
        responses=np.array([one.responses for one in classes], dtype=np.int64),
        n=n,
        full=full,
        words=words,
        themes=tuple(
            theme
            for c, one in enumerate(classes)
            for theme in _themes(snapshot, c, one.themes, column)
        ),
    )


def _themes(
    snapshot: Snapshot, at: int, cells: Mapping[str, ThemeCell], column: Mapping[str, int]
) -> list[ThemeClaim]:
    asked = {theme.id: len(theme.items) for theme in snapshot.themes}
    return [
        ThemeClaim(
            group=at,
            theme=name,
            items=tuple(column[item] for item in cell.items),
            asked=asked[name],
            mean=cell.mean,
            full=cell.full,
            ends=None if cell.interval is None else (cell.interval.low, cell.interval.high),
            error=cell.error,
            silent=cell.silent,
            agrees=cell.agreement is not None,
            changed=cell.change is not None or cell.moved is not None,
            compared=cell.compared is not None or cell.above is not None,
        )
        for name, cell in cells.items()
    ]
