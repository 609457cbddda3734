"""Which practices fit: by theme, band, who can do it, evidence and effort. Always the same choice.

A practice fits a theme if it serves it and one of the bands the theme lies in. Of those
that fit, what can be done in any week comes before what waits for an occasion, and what a
team or its lead changes together before what pairs and single people do: the set-up of
work first, personal calm second. Then what is well supported
before what has first or contested evidence, then practices made for this theme before
those that help it besides, then better evidence, less effort, and the order of the file.
One of the three takes little effort, wherever one fits. What a group has tried before comes
after all that it has not, and is marked: perhaps it wants another go, perhaps something new.
"""

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from teamhealth.advice.highlights import Finding, Highlights
from teamhealth.instruments.practices import Effort, Practice
from teamhealth.instruments.themes import Band, Strength

_WHO = {"team": 0, "leader": 0, "pair": 1, "individual": 2}
_EVIDENCE = {grade: place for place, grade in enumerate(get_args(Strength))}
_SUPPORTED = {"strong", "moderate"}
_EFFORT = {effort: place for place, effort in enumerate(get_args(Effort))}


class Occasion(enum.StrEnum):
    """Why a practice is suggested; *any* is a start where nothing stands out."""

    CARE = "care"
    KEEP = "keep"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One practice, the theme it is for, and why; ``tried`` says that the group tried it before."""

    practice: Practice
    theme: str
    occasion: Occasion
    tried: bool = False


def suggest(
    practices: Sequence[Practice],
    found: Highlights,
    themes: Sequence[str],
    most: int = 3,
    *,
    tried: Collection[str] = (),
) -> tuple[Suggestion, ...]:
    """Return up to ``most`` practices for a group, the first to be begun first.

    They are for the theme to care for; without one, for the one to keep; and where nothing
    stands out, small team practices for different ones of ``themes``, the ids asked. ``tried``
    are the ids of practices that the group has tried before.
    """
    if found.care is not None:
        return for_finding(practices, found.care, Occasion.CARE, most, tried=tried)
    if found.keep is not None:
        return for_finding(practices, found.keep, Occasion.KEEP, most, tried=tried)
    return _for_anybody(practices, themes, most, tried)


def for_finding(
    practices: Iterable[Practice],
    finding: Finding,
    occasion: Occasion,
    most: int = 3,
    *,
    tried: Collection[str] = (),
) -> tuple[Suggestion, ...]:
    """Return up to ``most`` practices for the theme of one finding."""
    fitting = _fitting(practices, finding.theme, finding.bands, tried)
    chosen = fitting[:most]
    easy = next((practice for practice in fitting if practice.effort == "low"), None)
    if chosen and easy is not None and "low" not in {one.effort for one in chosen}:
        chosen[-1] = easy
    return tuple(
        Suggestion(practice, finding.theme, occasion, practice.id in tried)
        for practice in chosen
    )


def _fitting(
    practices: Iterable[Practice], theme: str, bands: Collection[Band], tried: Collection[str]
) -> list[Practice]:
    """Return what serves a theme in one of these bands, in the order described above."""
    suits = [
        practice
        for practice in practices
        if theme in practice.themes and set(bands) & set(practice.bands)
    ]
    return sorted(
        suits,
        key=lambda practice: (
            practice.id in tried,
            practice.cadence == "as_needed",
            _WHO[practice.participants],
            practice.evidence.strength not in _SUPPORTED,
            practice.themes[0] != theme,
            _EVIDENCE[practice.evidence.strength],
            _EFFORT[practice.effort],
        ),
    )


def _for_anybody(
    practices: Iterable[Practice], themes: Sequence[str], most: int, tried: Collection[str]
) -> tuple[Suggestion, ...]:
    """Return small team practices that suit every band, each for another theme."""
    chosen: list[Suggestion] = []
    for practice in sorted(practices, key=lambda practice: practice.id in tried):
        theme = practice.themes[0]
        small = practice.participants == "team" and practice.effort == "low"
        fresh = theme in themes and theme not in {given.theme for given in chosen}
        if small and fresh and len(practice.bands) == len(get_args(Band)):
            again = practice.id in tried
            chosen.append(Suggestion(practice, theme, Occasion.ANY, again))
    return tuple(chosen[:most])
