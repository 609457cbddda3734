"""A group's themes over the surveys, oldest first: only of the same group, on the same statements.

Promise: the numbers are those that each survey's own snapshot tells; between them stands
no difference, only the word of the last count. Where a survey in between tells nothing of
the group there is a gap, and no line leads over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Change, Snapshot, SurveyFacts, ThemeCell
from teamhealth.i18n.dates import locale_of
from teamhealth.i18n.messages import WRITTEN
from teamhealth.outlets import numbers, waves
from teamhealth.outlets.past import others_in
from teamhealth.outlets.wording import Wording

_LEFT, _RIGHT = 14.0, 92.0
_TOP, _BOTTOM = 16.0, 104.0
_HIGH = 5
_RIGHT_TO_LEFT_MARK = "\u200f"
_ROOMY = 3
_LETTERS = 27


@dataclass(frozen=True, slots=True)
class Point:
    """One survey's value as written and where it is drawn: x in per cent, y in pixels."""

    mean: str
    between: str
    value: float
    interval: tuple[float, float] | None
    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One theme; None where a survey did not show it on the same statements.

    ``apart`` are the numbers of points after which a survey lies that is not told here.
    """

    id: str
    title: str
    points: tuple[Point | None, ...]
    change: Change | None
    apart: frozenset[int] = frozenset()

    @property
    def joins(self) -> tuple[tuple[Point, Point], ...]:
        """Neighbouring points, to be joined by a line."""
        pairs = enumerate(zip(self.points, self.points[1:], strict=False))
        return tuple(
            (one, other) for at, (one, other) in pairs if one and other and at not in self.apart
        )

    @property
    def before(self) -> Point | None:
        """The value of the survey right before, None where that one does not tell it."""
        at = len(self.points) - 2
        return None if at in self.apart else self.points[at]

    @property
    def last(self) -> Point | None:
        """The value of the survey that is looked at."""
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class Trend:
    """Surveys, oldest first, and the themes over them; ``least`` is where the scale begins.

    ``called`` are titles of surveys with the group's name then, where it was another one;
    ``others`` says in which surveys different people may have answered, or is empty.
    """

    surveys: tuple[SurveyFacts, ...]
    rows: tuple[TrendRow, ...]
    least: int
    called: tuple[tuple[str, str], ...] = ()
    others: str = ""
    language: str = WRITTEN

    @property
    def marks(self) -> tuple[tuple[int, float], ...]:
        """The whole numbers of the scale and where they lie."""
        return tuple((mark, _y(mark, self.least)) for mark in range(self.least, _HIGH + 1))

    @property
    def labels(self) -> tuple[str, ...]:
        """When each survey closed, in words, as briefly as there is room."""
        return self._closed("yMMM" if len(self.surveys) <= _ROOMY else "MMM")

    @property
    def brief(self) -> tuple[str, ...]:
        """The same for a narrow drawing: every second one, from the last back, where months are long words."""
        told = self._closed("yM" if len(self.surveys) <= _ROOMY else "MMM")
        if max(map(len, told)) * len(told) <= _LETTERS:
            return told
        return tuple("" if (len(told) - at) % 2 == 0 else one for at, one in enumerate(told))

    def _closed(self, form: str) -> tuple[str, ...]:
        where = "en" if self.language == WRITTEN else locale_of(self.language)
        days = (date.fromisoformat(survey.closed) for survey in self.surveys)
        # In a drawing, which runs from left to right, Arabic's marks of direction part the digits.
        told = (format_skeleton(form, day, locale=where) for day in days)
        return tuple(label.replace(_RIGHT_TO_LEFT_MARK, "") for label in told)

    @property
    def places(self) -> tuple[float, ...]:
        """Where each survey lies, in per cent."""
        return _places(len(self.surveys))


def trend(
    seen: Snapshot, earlier: Sequence[Snapshot], group_id: str, wording: Wording
) -> Trend | None:
    """Return a group's themes over ``earlier`` (newest first) and now; None if there is nothing before.

    The leader's theme is left out unless it is for everybody.
    """
    now = seen.group(group_id)
    over = waves.waves(seen, earlier, group_id)
    told = [theme.id for theme in seen.themes if theme.id in now.themes]
    cells = {
        theme: waves.comparable(theme, over)
        for theme in told
        if theme != LEADER_THEME or seen.survey.leader_theme == "agreed"
    }
    first = waves.first_told(cells.values())
    if first is None:
        return None
    cells, over = {theme: found[first:] for theme, found in cells.items()}, over[first:]
    apart = waves.apart(over)
    least = 1 if _reaches_below_two(cells) else 2
    rows = tuple(
        TrendRow(
            id=theme,
            title=wording.themes[theme],
            points=_points(found, least, wording.reader),
            change=now.themes[theme].change,
            apart=apart,
        )
        for theme, found in cells.items()
    )
    return Trend(
        surveys=tuple(wave.snapshot.survey for wave in over),
        rows=rows,
        least=least,
        called=waves.called(over, now.name),
        others=others_in(waves.with_others(over), wording.reader),
        language=wording.reader,
    )


def _reaches_below_two(cells: Mapping[str, list[ThemeCell | None]]) -> bool:
    told = [cell for found in cells.values() for cell in found if cell]
    return min(cell.interval.low if cell.interval else cell.mean for cell in told) < 2  # noqa: PLR2004


def _points(
    cells: Sequence[ThemeCell | None], least: int, language: str
) -> tuple[Point | None, ...]:
    places = _places(len(cells))
    return tuple(
        _point(cell, x, least, language) if cell else None
        for cell, x in zip(cells, places, strict=True)
    )


def _point(cell: ThemeCell, x: float, least: int, language: str) -> Point:
    low, high = (
        (cell.interval.low, cell.interval.high) if cell.interval else (cell.mean, cell.mean)
    )
    return Point(
        mean=numbers.mean(cell, language),
        between=numbers.between(cell.interval, language) if cell.interval else "",
        value=cell.mean,
        interval=(low, high) if cell.interval else None,
        x=x,
        y=_y(cell.mean, least),
        top=_y(high, least),
        bottom=_y(low, least),
    )


def _places(many: int) -> tuple[float, ...]:
    step = (_RIGHT - _LEFT) / max(many - 1, 1)
    return tuple(round(_RIGHT - step * (many - 1 - at), 2) for at in range(many))


def _y(value: float, least: int) -> float:
    return round(_BOTTOM - (value - least) / (_HIGH - least) * (_BOTTOM - _TOP), 1)
