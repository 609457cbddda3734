"""Groups that stand out in one survey, in words and in the order of the tree: never sorted, never counted up.

What is unlike the usual and what moved is the count's own word. Where to look first
follows the rules by which each group's page names what asks for care, and asks for more: low
on the scale, or lower than usual and fallen as well, or the load.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from teamhealth.advice.highlights import LOAD_THEME, Finding, Sign, highlights, is_divided
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Change, Compared, GroupResult, Range, ThemeCell
from teamhealth.instruments.themes import Banding
from teamhealth.web.desk.reading import Result

MOST_NAMED = 12
"""So many groups are named in a list; their own pages say the rest."""

_HIGHER = frozenset({Change.VERY_LIKELY_HIGHER, Change.LIKELY_HIGHER})
_LOWER = frozenset({Change.VERY_LIKELY_LOWER, Change.LIKELY_LOWER})

_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Unlike:
    """A group with the titles of its themes that lie higher and lower: than usual, or than before."""

    group: GroupResult
    higher: tuple[str, ...]
    lower: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class First:
    """A group to look at first: the title of a theme that asks for care, and what it says of itself.

    ``also`` are titles of other themes that ask for care. Without a title people see the themes
    in ``divided`` very differently.
    """

    group: GroupResult
    title: str
    signs: tuple[Sign, ...]
    also: tuple[str, ...]
    divided: tuple[str, ...]


def general_themes(found: Result) -> list[str]:
    """Return the themes that may stand in a table others see: without the leader's, unless agreed."""
    agreed = found.seen.survey.leader_theme == "agreed"
    return [one.id for one in found.seen.themes if agreed or one.id != LEADER_THEME]


def unlike(found: Result) -> list[Unlike]:
    """Return the first groups whose themes differ from the usual."""
    return _first_of(
        Unlike(
            group,
            _titles(found, (n for n, cell in told if cell.compared is Compared.HIGHER)),
            _titles(found, (n for n, cell in told if cell.compared is Compared.LOWER)),
        )
        for group, told in _groups(found)
        if any(cell.compared not in {None, Compared.USUAL} for _, cell in told)
    )


def moved(found: Result) -> list[Unlike]:
    """Return the first groups below the whole in which a theme has likely changed since the survey before."""
    return _first_of(
        Unlike(
            group,
            _titles(found, (n for n, cell in told if cell.change in _HIGHER)),
            _titles(found, (n for n, cell in told if cell.change in _LOWER)),
        )
        for group, told in _groups(found)
        if group.parent and any(cell.change in _HIGHER | _LOWER for _, cell in told)
    )


def look_first(found: Result) -> list[First]:
    """Return the first groups below the whole in which something asks for care, or is seen very differently."""
    banding = found.source.library.banding
    told = (
        _look_at(found, group, banding)
        for group, cells in _groups(found)
        if group.parent and any(_may_ask(name, cell, banding) for name, cell in cells)
    )
    return _first_of(one for one in told if one)


def _may_ask(theme: str, cell: ThemeCell, banding: Banding) -> bool:
    """Tell cheaply whether a theme may ask for it; most groups of a large tree are passed over here."""
    lower, fallen = cell.compared is Compared.LOWER, cell.change in _LOWER
    return (
        (lower and fallen)
        or (theme == LOAD_THEME and (lower or fallen))
        or (cell.interval is not None and _middle(cell.interval) < banding.medium_from)
        or is_divided(cell)
    )


def _middle(around: Range) -> float:
    return (around.low + around.high) / 2


def _look_at(found: Result, group: GroupResult, banding: Banding) -> First | None:
    said = highlights(found.seen, group.id, banding)
    titles = found.wording.themes
    care = said.care if said.care and _is_pressing(said.care) else None
    if care is None and not said.divided:
        return None
    return First(
        group=group,
        title=titles[care.theme] if care else "",
        signs=tuple(s for s in care.signs if s in {Sign.LOW, Sign.LOWER, Sign.FALLEN})
        if care
        else (),
        also=tuple(titles[name] for name in care.also) if care else (),
        divided=tuple(titles[one.theme] for one in said.divided),
    )


def _is_pressing(care: Finding) -> bool:
    """Tell whether the first of the themes that ask for care asks for it before others do elsewhere."""
    signs = set(care.signs)
    return care.theme == LOAD_THEME or Sign.LOW in signs or {Sign.LOWER, Sign.FALLEN} <= signs


def _groups(found: Result) -> Iterator[tuple[GroupResult, list[tuple[str, ThemeCell]]]]:
    themes = general_themes(found)
    for group in found.tree.groups:
        yield group, [(name, group.themes[name]) for name in themes if name in group.themes]


def _titles(found: Result, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(found.wording.themes[name] for name in names)


def _first_of(found: Iterable[_One]) -> list[_One]:
    return list(islice(found, MOST_NAMED))
