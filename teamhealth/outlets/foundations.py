"""What the themes' numbers can carry, over the whole organisation: for its page and its report only.

Whether a theme's statements belong together, whether teams can be told apart on it, and
what moves together with the outcome. Always in the order of the questionnaire: none of
it is a ranking. The leader's theme is not among them unless it is for everybody.
"""

import enum
from dataclasses import dataclass

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Band, Driver
from teamhealth.cells.model import Snapshot, ThemeFacts
from teamhealth.outlets import numbers
from teamhealth.outlets.strips import Span
from teamhealth.outlets.wording import Wording

_SOME, _MUCH = 0.10, 0.25
_TRUSTED = 0.50
_KINDS = {"omega": "ω", "alpha": "α"}


class Apart(enum.StrEnum):
    """How well teams can be told apart on a theme: ICC(1) below .10, from there, from .25."""

    HARDLY = "hardly"
    SOME = "some"
    MUCH = "much"


@dataclass(frozen=True, slots=True)
class Foundation:
    """One theme. ``belongs`` and ``teams`` are None where it is not known.

    ``reliability`` is written with its letter, ``turned`` are the texts of statements that go
    against the others. ``rough`` says that one team's mean is a rough guide: ICC(2) below .50.
    """

    title: str
    belongs: Band | None
    reliability: str
    turned: tuple[str, ...]
    teams: Apart | None
    rough: bool


@dataclass(frozen=True, slots=True)
class DriverRow:
    """One theme's share of what all have to do with the outcome; ``against`` where it goes the other way.

    ``dot`` and ``likely`` are places in per cent of a drawing from nought to all.
    """

    title: str
    share: str
    between: str
    against: bool
    dot: float
    likely: Span


@dataclass(frozen=True, slots=True)
class DriversView:
    """What moves together with ``outcome``, the text of a statement; ``share`` is R² in per cent."""

    outcome: str
    share: str
    early: bool
    rows: tuple[DriverRow, ...]


def foundations(seen: Snapshot, words: Wording) -> tuple[Foundation, ...]:
    """Return what is known of the themes, none where nothing is known of any."""
    agreed = seen.survey.leader_theme == "agreed"
    rows = tuple(
        _foundation(theme, words) for theme in seen.themes if agreed or theme.id != LEADER_THEME
    )
    return rows if any(row.belongs or row.teams for row in rows) else ()


def drivers(seen: Snapshot, words: Wording) -> DriversView | None:
    """Return what moves together with the outcome; None where the count tells nothing of it."""
    found = seen.drivers
    if found is None or not found.themes:
        return None
    return DriversView(
        outcome=words.questions[found.outcome],
        share=numbers.per_cent(100 * found.r2, words.reader),
        early=found.early,
        rows=tuple(_driver(one, words) for one in found.themes),
    )


def _foundation(theme: ThemeFacts, words: Wording) -> Foundation:
    found = theme.reliability
    kind = _KINDS[found.by] if found else ""
    return Foundation(
        title=words.themes[theme.id],
        belongs=found.band if found else None,
        reliability=f"{kind} {numbers.decimal(found.value, words.reader, 2)}" if found else "",
        turned=tuple(words.questions[item] for item in found.turned) if found else (),
        teams=_told_apart(theme.icc1),
        rough=theme.icc2 is not None and theme.icc2 < _TRUSTED,
    )


def _told_apart(icc1: float | None) -> Apart | None:
    if icc1 is None:
        return None
    return Apart.HARDLY if icc1 < _SOME else Apart.SOME if icc1 < _MUCH else Apart.MUCH


def _driver(one: Driver, words: Wording) -> DriverRow:
    low = numbers.decimal(100 * one.low, words.reader, 0)
    return DriverRow(
        title=words.themes[one.theme],
        share=numbers.per_cent(100 * one.share, words.reader),
        between=f"{low}–{numbers.per_cent(100 * one.high, words.reader)}",
        against=one.correlation < 0,
        dot=round(100 * one.share, 2),
        likely=Span(round(100 * one.low, 2), round(100 * one.high, 2)),
    )
