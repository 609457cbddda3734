"""The independent audit of a finished snapshot: what ``teamhealth audit`` runs.

It reads the snapshot alone. Inside the count the same audit also gets the workings.
"""

import numpy as np

from teamhealth.cells.model import Snapshot, Word
from teamhealth.disclosure.audit import Claims, ThemeClaim, audit

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
        themes=tuple(_themes(snapshot, column)),
    )


def _themes(snapshot: Snapshot, column: dict[str, int]) -> list[ThemeClaim]:
    asked = {theme.id: len(theme.items) for theme in snapshot.themes}
    return [
        ThemeClaim(
            group=v,
            theme=name,
            items=tuple(column[item] for item in cell.items),
            asked=asked[name],
            mean=cell.mean,
            full=cell.full,
            ends=None if cell.interval is None else (cell.interval.low, cell.interval.high),
        )
        for v, group in enumerate(snapshot.groups)
        for name, cell in group.themes.items()
    ]
