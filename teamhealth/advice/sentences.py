"""The few sentences that are said of one group: each with the themes it names and the cells it rests on.

Outlets word them; what is to be said is decided here, from the findings of ``highlights``.
A sentence that says that there is none of something rests on every cell it was looked for in.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from teamhealth.advice.highlights import DOWN, UP, Finding, Highlights, Sign
from teamhealth.cells.model import ThemeCell

MOST = 4
"""So many sentences stand in a headline at most."""


class Say(enum.StrEnum):
    """What a sentence says."""

    STRONG = "strong"
    """The theme to keep, high on the scale."""
    HIGHER = "higher"
    """The theme to keep, higher than usual, though not high on the scale."""
    CARE = "care"
    """The theme to care for."""
    NO_CARE = "no_care"
    """Nothing clearly asks for care, beside something to keep."""
    NO_OTHER = "no_other"
    """Nothing else stands out clearly, beside something to care for."""
    NOTHING = "nothing"
    """No theme stands out clearly."""
    ONE_BY_ONE = "one_by_one"
    """No theme has a value; statements are told by themselves."""
    TOO_FEW = "too_few"
    """Not even a statement is told."""
    RISEN = "risen"
    FALLEN = "fallen"
    STEADY = "steady"
    """The count looked for changes and found none clearly."""
    DIVIDED = "divided"
    BOTH_WAYS = "both_ways"
    """Signs up and signs down at once: so it is not named."""
    NONE_HIGH = "none_high"
    """Nothing to keep: no theme is clearly high, nor higher than usual where that was looked for."""
    NONE_LOW = "none_low"
    UNTOLD = "untold"
    """Nothing to keep or to care for, since no theme has a value."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: what it says, the ids of the themes it names, and the cells it rests on.

    ``compared`` says that the count had compared; ``others`` that themes are left out of it.
    """

    say: Say
    themes: tuple[str, ...] = ()
    cells: tuple[ThemeCell, ...] = ()
    compared: bool = False
    others: bool = False


def headline(found: Highlights) -> tuple[Sentence, ...]:
    """Return what comes first: to keep, to care for, seen very differently, changed; never many."""
    said = [*_named(found), *_changed(found)]
    if found.divided:
        said.insert(min(2, len(_named(found))), _of(Say.DIVIDED, found.divided))
    return tuple(said[:MOST])


def nothing_to_keep(found: Highlights) -> tuple[Sentence, ...]:
    """Return why no theme is named as one to keep; empty where one is."""
    return () if found.keep else _none(found, Say.NONE_HIGH, {Sign.HIGH, Sign.HIGHER})


def nothing_to_care_for(found: Highlights) -> tuple[Sentence, ...]:
    """Return why no theme is named as one to care for; empty where one is."""
    return () if found.care else _none(found, Say.NONE_LOW, set(DOWN))


def _named(found: Highlights) -> list[Sentence]:
    if not found.sure.told:
        return [Sentence(Say.TOO_FEW)]
    if not (found.looked_at or found.apart):
        return [Sentence(Say.ONE_BY_ONE)]
    if found.nothing:
        return [_of(Say.NOTHING, (), rests_on=found.looked_at)]
    said = []
    if found.keep:
        high = Sign.HIGH in found.keep.signs
        said.append(_of(Say.STRONG if high else Say.HIGHER, [found.keep]))
    if found.care:
        said.append(_of(Say.CARE, [found.care]))
    if not (found.keep and found.care):
        missing = Say.NO_CARE if found.keep else Say.NO_OTHER
        said.append(_of(missing, (), rests_on=found.looked_at))
    return said


def _changed(found: Highlights) -> list[Sentence]:
    """Return what changed, beside what the theme to keep and the one to care for say of themselves."""
    named = {one.theme for one in (found.keep, found.care) if one}
    moved = (Say.FALLEN, found.fallen), (Say.RISEN, found.risen)
    said = [
        _of(say, new)
        for say, some in moved
        if (new := [one for one in some if one.theme not in named])
    ]
    if said or found.risen or found.fallen or not found.steady:
        return said
    return [_of(Say.STEADY, (), rests_on=found.followed)]


def _none(found: Highlights, say: Say, looked_for: set[Sign]) -> tuple[Sentence, ...]:
    if not (found.looked_at or found.apart):
        return (Sentence(Say.UNTOLD),)
    torn = [one for one in found.looked_at if set(one.signs) & UP and set(one.signs) & DOWN]
    torn = [one for one in torn if set(one.signs) & looked_for]
    split = found.divided if say is Say.NONE_HIGH else ()
    left_out = torn or split or found.apart or found.agreed
    told = Sentence(
        say,
        cells=tuple(one.cell for one in found.looked_at),
        compared=found.sure.compared,
        others=bool(left_out),
    )
    return (_of(Say.BOTH_WAYS, torn), told) if torn else (told,)


def _of(
    say: Say, named: Iterable[Finding], *, rests_on: Iterable[Finding] | None = None
) -> Sentence:
    themes = tuple(named)
    cells = tuple(one.cell for one in (themes if rests_on is None else rests_on))
    return Sentence(say, tuple(one.theme for one in themes), cells)
