"""What is said of many groups where not each has a row in print: how they lie, and which differ.

A comparison is worded and counted, never ranked: themes stand in the order of the
questionnaire, groups in that of the tree. Only what the snapshot shows of a group is counted.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from teamhealth.advice.highlights import is_divided
from teamhealth.cells.model import Compared, GroupResult
from teamhealth.outlets.wording import Wording

MOST_NAMED = 40
"""So many groups that differ are named on paper: a page and a half of them."""


@dataclass(frozen=True, slots=True)
class Lie:
    """In how many groups a theme lies how beside the usual; ``untold`` where that is not told."""

    title: str
    higher: int
    usual: int
    lower: int
    untold: int


@dataclass(frozen=True, slots=True)
class Differing:
    """One group without a row, and the titles of the themes in which it differs from the usual.

    ``above`` are the names of the groups between it and the first, ``divided`` the themes that
    its people see very differently.
    """

    name: str
    above: str
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    divided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told of groups without a row. ``lies`` count all groups below the first, with or without one.

    ``differ`` is how many of those without a row differ; they are ``named`` unless they are too many.
    """

    lies: tuple[Lie, ...] = ()
    named: tuple[Differing, ...] = ()
    differ: int = 0


def beside(
    top: GroupResult,
    every: Sequence[GroupResult],
    with_row: Collection[str],
    themes: Sequence[str],
    words: Wording,
) -> Beside:
    """Return what is told of the groups below one, some of which have no row of their own."""
    lies = tuple(_lie(every, theme, words) for theme in themes)
    found = [_differing(top, one, themes, words) for one in every if one.id not in with_row]
    differing = [one for one in found if one.higher or one.lower or one.divided]
    return Beside(
        lies=tuple(one for one in lies if one.higher or one.usual or one.lower),
        named=tuple(differing) if len(differing) <= MOST_NAMED else (),
        differ=len(differing),
    )


def _lie(every: Sequence[GroupResult], theme: str, words: Wording) -> Lie:
    told = [group.themes[theme].compared for group in every if theme in group.themes]
    higher, usual, lower = (told.count(word) for word in Compared)
    return Lie(words.themes[theme], higher, usual, lower, len(every) - higher - usual - lower)


def _differing(
    top: GroupResult, group: GroupResult, themes: Sequence[str], words: Wording
) -> Differing:
    cells = {
        words.themes[theme]: group.themes[theme] for theme in themes if theme in group.themes
    }
    above = group.path.removeprefix(f"{top.path}/").rpartition("/")[0]
    return Differing(
        name=group.name,
        above=above.replace("/", " / "),
        higher=tuple(t for t, cell in cells.items() if cell.compared is Compared.HIGHER),
        lower=tuple(t for t, cell in cells.items() if cell.compared is Compared.LOWER),
        divided=tuple(title for title, cell in cells.items() if is_divided(cell)),
    )
