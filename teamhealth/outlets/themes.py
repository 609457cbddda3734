"""The themes of one group as rows of a table: what the page, the figure and the print all say.

The leader's theme never stands among the others; ``leader_row`` gives it by itself, for
the reader whose snapshot has it.
"""

from dataclasses import dataclass

from teamhealth.advice.highlights import is_apart
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Agreement
from teamhealth.cells.model import GroupResult, Snapshot, ThemeCell, ThemeFacts
from teamhealth.outlets import numbers, strips
from teamhealth.outlets.strips import Strip
from teamhealth.outlets.wording import Wording


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme. ``cell`` and all that follows from it are None where it is not shown.

    ``asked`` and ``rests_on`` are numbers of statements: the theme's in the form, and
    those that this group's mean rests on. ``silent`` is where the interval would begin had
    the silent scored half a point lower; ``apart`` says that the statements make no one score.
    """

    id: str
    title: str
    asked: int
    cell: ThemeCell | None = None
    mean: str | None = None
    between: str | None = None
    usual: str | None = None
    strip: Strip | None = None
    silent: str | None = None
    apart: bool = False

    @property
    def rests_on(self) -> int:
        """How many statements stand behind the mean."""
        return len(self.cell.items) if self.cell else 0

    @property
    def in_part(self) -> bool:
        """Whether the mean rests on some of the theme's statements only."""
        return 0 < self.rests_on < self.asked

    @property
    def alike(self) -> Agreement | None:
        """How alike the group answered, from ten answers; None where that is not told."""
        found = self.cell.agreement if self.cell else None
        return found.word if found else None

    @property
    def divided(self) -> bool:
        """Whether people in the group see it very differently, so that the mean stands for few."""
        return self.strip is not None and self.strip.split


def theme_rows(seen: Snapshot, group: GroupResult, wording: Wording) -> tuple[ThemeRow, ...]:
    """Return a group's themes, the highest mean first, in the form's order where equal."""
    rows = [
        _row(theme, group, wording)
        for theme in seen.themes
        if theme.id != LEADER_THEME or seen.survey.leader_theme == "agreed"
    ]
    return tuple(sorted(rows, key=lambda row: -row.cell.mean if row.cell else 0.0))


def theme_row(seen: Snapshot, group: GroupResult, theme: str, wording: Wording) -> ThemeRow:
    """Return one theme of a group; KeyError for a theme that is not asked or not to be seen."""
    asked = {one.id: one for one in seen.themes}
    return _row(asked[theme], group, wording)


def leader_row(seen: Snapshot, group: GroupResult, wording: Wording) -> ThemeRow | None:
    """Return *Steady leadership* for its audience; None where it stands among the others or is not seen."""
    if seen.survey.leader_theme == "agreed" or LEADER_THEME not in group.themes:
        return None
    return theme_row(seen, group, LEADER_THEME, wording)


def _row(theme: ThemeFacts, group: GroupResult, wording: Wording) -> ThemeRow:
    title, cell = wording.themes[theme.id], group.themes.get(theme.id)
    asked = len(theme.items)
    if cell is None:
        return ThemeRow(theme.id, title, asked)
    return ThemeRow(
        id=theme.id,
        title=title,
        asked=asked,
        cell=cell,
        mean=numbers.mean(cell, wording.reader),
        between=numbers.between(cell.interval, wording.reader) if cell.interval else None,
        usual=numbers.between(cell.usual, wording.reader) if cell.usual else None,
        strip=strips.strip(cell),
        silent=numbers.decimal(span.low, wording.reader)
        if (span := strips.whisker(cell))
        else None,
        apart=is_apart(theme),
    )
