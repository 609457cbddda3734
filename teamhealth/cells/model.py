"""The snapshot: everything that may ever be shown of a survey, as frozen dataclasses.

A cell is shown or hidden. ``None`` in the place of a cell means *hidden*: neither a
number nor a reason is stored. Where a group is hidden, ``counted_in`` of the group
says in which group its answers were counted.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from teamhealth.cells.findings import (
    Alike,
    Drivers,
    History,
    Moved,
    Reliability,
    Response,
    Settings,
)


class Word(enum.StrEnum):
    """The five words for the favourable share below ten answers."""

    ALMOST_EVERYBODY = "almost_everybody"
    MOST = "most"
    ABOUT_HALF = "about_half"
    A_MINORITY = "a_minority"
    ALMOST_NOBODY = "almost_nobody"


class Change(enum.StrEnum):
    """How a theme moved since the survey before; *unclear* where too few answered to tell."""

    VERY_LIKELY_HIGHER = "very_likely_higher"
    LIKELY_HIGHER = "likely_higher"
    UNCLEAR = "unclear"
    LIKELY_LOWER = "likely_lower"
    VERY_LIKELY_LOWER = "very_likely_lower"


class Compared(enum.StrEnum):
    """A group's theme beside the usual range of the organisation."""

    HIGHER = "higher"
    USUAL = "usual"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Range:
    """Where a value likely lies (95 %), or where most groups lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ItemCell:
    """One item at one shown group: a word below ten, five counts from ten.

    ``n`` is the number of people the theme's share of this cell covers; it is kept
    for the audit and printed by no outlet. ``counts`` are answers 1…5 after the clip,
    reversed items already turned, over ``sum(counts)`` ≥ ten people. ``people`` is the
    range (95 %) of how many of all who were asked are favourable, from ten.
    """

    n: int
    word: Word | None = None
    counts: tuple[int, int, int, int, int] | None = None
    people: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ThemeCell:
    """One theme at one shown group.

    ``items`` are the released items it rests on; ``mean`` has one decimal where
    ``full`` is false, and then 4.8 means *4.8 or higher*. ``interval`` is centred on
    ``mean`` and rests on the standard ``error``; ``silent`` is its lower end had the silent
    scored half a point lower, None from 90 % response. ``whole`` is the organisation's
    mean over the same items, if released. ``above`` is the probability behind
    ``compared``, ``moved`` the numbers behind ``change``.
    """

    items: tuple[str, ...]
    mean: float
    interval: Range | None
    full: bool
    whole: float | None = None
    usual: Range | None = None
    compared: Compared | None = None
    change: Change | None = None
    error: float | None = None
    silent: float | None = None
    above: float | None = None
    moved: Moved | None = None
    agreement: Alike | None = None


@dataclass(frozen=True, slots=True)
class EnpsCell:
    """Detractors, passives, promoters over ≥ ten people; ``score`` and its 95 % range from twenty."""

    counts: tuple[int, int, int]
    interval: Range | None = None

    @property
    def score(self) -> float | None:
        """Promoters less detractors in per cent (−100…100), None below twenty answers."""
        n = sum(self.counts)
        return 100 * (self.counts[2] - self.counts[0]) / n if n >= 20 else None  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group of the pinned tree.

    ``invited`` is the number of people of its subtree who were asked; ``responses``
    the released number of answers, None where the group is hidden; ``comments_in``
    the group that lists the comments of its people, None if fewer than ten answered.
    ``response`` is None where the group is hidden, ``history`` where the survey before
    did not ask the same group.
    """

    id: str
    parent: str | None
    path: str
    name: str
    invited: int
    responses: int | None
    counted_in: str | None
    comments_in: str | None
    items: Mapping[str, ItemCell] = field(default_factory=dict)
    themes: Mapping[str, ThemeCell] = field(default_factory=dict)
    enps: EnpsCell | None = None
    response: Response | None = None
    history: History | None = None


@dataclass(frozen=True, slots=True)
class ClassResult:
    """People of the whole organisation who told the same of themselves: one class of a cross-cut.

    ``values`` are numbers of options, 0 for *not said*; more than one where a few would
    stand alone. Cells are words and means of one decimal, whatever ``responses`` is.
    """

    values: tuple[int, ...]
    responses: int
    items: Mapping[str, ItemCell] = field(default_factory=dict)
    themes: Mapping[str, ThemeCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThemeFacts:
    """A theme as pinned: id and the ids of its items in the form.

    ``correlation`` is the mean correlation of two of its items within groups, over the
    whole organisation and to two decimals; None where fewer than thirty pairs of
    answers stand behind it. Intervals rest on it (docs/snapshot.md). ``reliability`` is
    of the whole organisation from a hundred people, ``icc1`` and the mean ``icc2`` of its
    answering groups, to two decimals.
    """

    id: str
    items: tuple[str, ...]
    correlation: float | None = None
    reliability: Reliability | None = None
    icc1: float | None = None
    icc2: float | None = None


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """What the survey was: all pinned before the first answer. Dates are ISO, days only."""

    id: str
    title: str
    form: str
    opened: str
    closed: str
    k: int
    languages: tuple[str, ...]
    instrument_digest: str
    fingerprint: str
    leader_theme: str
    previous: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One survey's released results; ``groups`` in the order of the tree, the root first.

    ``extra`` items are asked by agreement but belong to no theme (engagement, own
    questions). ``void`` is the total of envelopes that could not be opened, ``withdrawn``
    that of answers their authors took back. ``cross_cuts`` are by attribute its classes,
    none where nothing may be shown by it. Of snapshots of version 1 ``settings`` and
    ``withdrawn`` are not known.
    """

    version: int
    code_version: str
    survey: SurveyFacts
    themes: tuple[ThemeFacts, ...]
    extra: tuple[str, ...]
    groups: tuple[GroupResult, ...]
    void: int
    cross_cuts: Mapping[str, tuple[ClassResult, ...]] = field(default_factory=dict)
    withdrawn: int | None = None
    settings: Settings | None = None
    drivers: Drivers | None = None

    def group(self, name: str) -> GroupResult:
        """Return the group with that id; KeyError if the survey's tree has none."""
        for group in self.groups:
            if group.id == name:
                return group
        raise KeyError(name)

    @property
    def root(self) -> GroupResult:
        """The organisation, or the group the survey was launched for."""
        return self.groups[0]
