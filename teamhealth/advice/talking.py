"""Which statements are worth talking about: few, of different themes, never the leader's.

First the statement of the theme to care for that fewest people share, then others that
few share, last one of the theme to keep, so that the talk knows what to protect. Below
ten answers only the words of the cells are looked at; words that are alike are told apart
by the order of the questionnaire alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from teamhealth.advice.highlights import Highlights
from teamhealth.cells import counts
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import ItemCell, Snapshot, Word

_WORDS = tuple(reversed(Word))
_FEW = frozenset({Word.A_MINORITY, Word.ALMOST_NOBODY})
_MIDDLE = 3.0
_SHARED = 60.0
"""From this favourable share (per cent) on most people share a statement, as in the words."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One item of a theme and its cell; ``shared`` tells that most people agree with its good sense."""

    item: str
    theme: str
    cell: ItemCell
    shared: bool


def statements(
    snapshot: Snapshot, found: Highlights, most: int = 3, *, on_a_wall: bool = False
) -> tuple[Statement, ...]:
    """Return up to ``most`` statements of the group of ``found`` to talk about, each of another theme.

    ``on_a_wall``, for everybody's eyes, none stands that lies below the middle or that few share.
    """
    told = _told(snapshot, found.group)
    if on_a_wall:
        told = [one for one in told if not _is_low(one.cell)]
    care = found.care.theme if found.care else None
    keep = found.keep.theme if found.keep else None
    open_ones = [one for one in sorted(told, key=_share) if not one.shared]
    chosen = _of_different_themes(
        [
            *(one for one in sorted(told, key=_share) if one.theme == care),
            *(one for one in open_ones if one.theme != keep),
        ]
    )
    best = max((one for one in told if one.theme == keep), key=_share, default=None)
    if best is None:
        return tuple(chosen[:most])
    return (*chosen[: most - 1], best)


def _told(snapshot: Snapshot, group_id: str) -> list[Statement]:
    group = snapshot.group(group_id)
    return [
        Statement(item, theme.id, group.items[item], _is_shared(group.items[item]))
        for theme in snapshot.themes
        for item in theme.items
        if theme.id != LEADER_THEME and item in group.items
    ]


def _is_shared(cell: ItemCell) -> bool:
    if cell.counts is None:
        return cell.word in {Word.ALMOST_EVERYBODY, Word.MOST}
    return counts.favourable(cell.counts) > _SHARED


def _is_low(cell: ItemCell) -> bool:
    if cell.counts is None:
        return cell.word in _FEW
    return counts.mean(cell.counts) < _MIDDLE


def _share(one: Statement) -> float:
    """Return how many share a statement, coarsely where only a word is told."""
    if one.cell.counts is not None:
        return counts.favourable(one.cell.counts)
    return 100.0 if one.cell.word is None else 25.0 * _WORDS.index(one.cell.word)


def _of_different_themes(found: Iterable[Statement]) -> list[Statement]:
    first: dict[str, Statement] = {}
    for one in found:
        first.setdefault(one.theme, one)
    return list(first.values())
