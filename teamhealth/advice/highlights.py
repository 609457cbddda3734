"""What one group's result says in a few words: keep, care for, changed, how sure; or nothing clearly.

Every finding keeps the cell it rests on. The rules are few, and rather silent than bold:

- Signs up: most of the theme's interval lies in the high band, the count called it *higher*
  than usual in the organisation, or *likely higher* than before. Signs down: the mirror.
- *Keep*: high on the scale or higher than usual, and no sign down.
- *Care*: low on the scale; or lower than usual or likely fallen, and no sign up.
- Of several, the one with more signs is named first, then the one whose interval reaches
  further, then the order of the questionnaire. The others are in ``also``: none is ranked.
- Where focus and recovery asks for care, it comes first: load is looked at before habits.
- The leader's theme is never among them. It is ``leader``, where this reader may see it.
- A theme that people see very differently is never one to keep; it is in ``divided``.
- A theme whose statements make no one score (``apart``) is none of these: its mean says nothing.

A mean without an interval, a word of one item, a difference from another team: nothing
follows from these. Below ten answers the cells say less, so less is found.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace

from teamhealth.advice.bands import bands_of, lies_in
from teamhealth.advice.sureness import Sureness, sureness_of
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Band as Coherence
from teamhealth.cells.model import (
    Change,
    Compared,
    GroupResult,
    Snapshot,
    ThemeCell,
    ThemeFacts,
)
from teamhealth.instruments.themes import BANDS, Band, Banding

LOAD_THEME = "focus_recovery"


class Sign(enum.StrEnum):
    """One thing that a theme's cell says about it."""

    HIGH = "high"
    HIGHER = "higher"
    RISEN = "risen"
    LOW = "low"
    LOWER = "lower"
    FALLEN = "fallen"


UP = frozenset({Sign.HIGH, Sign.HIGHER, Sign.RISEN})
DOWN = frozenset({Sign.LOW, Sign.LOWER, Sign.FALLEN})


@dataclass(frozen=True, slots=True)
class Finding:
    """One theme of one group: its cell, the bands its interval lies in, and all that it says.

    ``bands`` are all three where its statements make no one score. ``signs`` are in the order
    of ``Sign``. ``also`` are the ids of other themes of which the same could have been told.
    """

    group: str
    theme: str
    cell: ThemeCell
    bands: tuple[Band, ...]
    signs: tuple[Sign, ...]
    also: tuple[str, ...] = ()

    @property
    def down(self) -> bool:
        """Whether any sign points down, as at each theme to care for and at none to keep."""
        return bool(DOWN & set(self.signs))


@dataclass(frozen=True, slots=True)
class Highlights:
    """What stands out at one group. ``keep`` and ``care`` are None where nothing does clearly.

    ``divided`` is what people in the group see very differently, ``apart`` the ids of themes
    that make no one score, ``looked_at`` all themes in which something could have been found;
    with ``risen`` and ``fallen`` in the order of the questionnaire. ``followed`` are all themes
    whose change since the survey before the count has told, those apart too. ``agreed`` says that
    ``leader`` stands among the others for everybody, and is left out of what is found there.
    ``leader`` is the theme of steady leadership for its audience: for support only, never
    compared with the others.
    """

    group: str
    keep: Finding | None
    care: Finding | None
    risen: tuple[Finding, ...]
    fallen: tuple[Finding, ...]
    sure: Sureness
    leader: Finding | None
    divided: tuple[Finding, ...] = ()
    apart: tuple[str, ...] = ()
    looked_at: tuple[Finding, ...] = ()
    followed: tuple[Finding, ...] = ()
    agreed: bool = False

    @property
    def steady(self) -> bool:
        """Whether changes were looked for, and none was clear in any theme."""
        return bool(self.followed) and all(
            one.cell.change is Change.UNCLEAR for one in self.followed
        )

    @property
    def nothing(self) -> bool:
        """Whether no theme stands out clearly, up or down."""
        return self.keep is None and self.care is None

    @property
    def load_first(self) -> bool:
        """Whether load and recovery come before everything else."""
        return self.care is not None and self.care.theme == LOAD_THEME


def highlights(snapshot: Snapshot, group_id: str, banding: Banding) -> Highlights:
    """Return what stands out at one group of a snapshot that its reader may see.

    Raises KeyError for an id that the snapshot does not have. A group without a result has
    no finding.
    """
    group = snapshot.group(group_id)
    told = [
        _finding(group, theme, group.themes[theme.id], banding)
        for theme in snapshot.themes
        if theme.id in group.themes
    ]
    general = [finding for finding in told if finding.theme != LEADER_THEME]
    agreed = snapshot.survey.leader_theme == "agreed"
    apart = {theme.id for theme in snapshot.themes if is_apart(theme)}
    found = [finding for finding in general if finding.theme not in apart]
    asked = [i for theme in snapshot.themes if theme.id != LEADER_THEME for i in theme.items]
    return Highlights(
        group=group.id,
        keep=_named([f for f in found if _is_strong(f)], _reach_up),
        care=_named([f for f in found if _asks_for_care(f)], _reach_down),
        risen=tuple(finding for finding in found if Sign.RISEN in finding.signs),
        fallen=tuple(finding for finding in found if Sign.FALLEN in finding.signs),
        sure=sureness_of(group, [finding.cell for finding in general], asked),
        leader=next((finding for finding in told if finding.theme == LEADER_THEME), None),
        divided=tuple(finding for finding in found if is_divided(finding.cell)),
        apart=tuple(finding.theme for finding in general if finding.theme in apart),
        looked_at=tuple(found),
        followed=tuple(
            finding
            for finding in (told if agreed else general)
            if finding.cell.change is not None
        ),
        agreed=agreed and len(told) > len(general),
    )


def is_divided(cell: ThemeCell) -> bool:
    """Tell whether people in a group see a theme very differently; never told below ten answers."""
    return cell.agreement is not None and cell.agreement.divided


def is_apart(theme: ThemeFacts) -> bool:
    """Tell whether a theme's statements make no one score, over the whole organisation."""
    return theme.reliability is not None and theme.reliability.band is Coherence.APART


def _finding(
    group: GroupResult, theme: ThemeFacts, cell: ThemeCell, banding: Banding
) -> Finding:
    said = {
        Sign.HIGH: lies_in(cell, "high", banding),
        Sign.HIGHER: cell.compared is Compared.HIGHER,
        Sign.RISEN: cell.change in {Change.VERY_LIKELY_HIGHER, Change.LIKELY_HIGHER},
        Sign.LOW: lies_in(cell, "low", banding),
        Sign.LOWER: cell.compared is Compared.LOWER,
        Sign.FALLEN: cell.change in {Change.VERY_LIKELY_LOWER, Change.LIKELY_LOWER},
    }
    signs = tuple(sign for sign, holds in said.items() if holds)
    bands = BANDS if is_apart(theme) else bands_of(cell, banding)
    return Finding(group.id, theme.id, cell, bands, signs)


def _is_strong(finding: Finding) -> bool:
    signs = set(finding.signs)
    return (
        not is_divided(finding.cell)
        and bool(signs & {Sign.HIGH, Sign.HIGHER})
        and not signs & DOWN
    )


def _asks_for_care(finding: Finding) -> bool:
    signs = set(finding.signs)
    return Sign.LOW in signs or (bool(signs & DOWN) and not signs & UP)


def _reach_up(finding: Finding) -> tuple[float, ...]:
    """Order the strong: more signs first, then the one that is high even at its lower end."""
    ups = len(UP & set(finding.signs))
    return (-ups, -(finding.cell.interval.low if finding.cell.interval else 0.0))


def _reach_down(finding: Finding) -> tuple[float, ...]:
    """Order what asks for care: load, then low on the scale, then more signs, then the upper end."""
    signs = set(finding.signs)
    return (
        float(finding.theme != LOAD_THEME),
        float(Sign.LOW not in signs),
        -len(DOWN & signs),
        finding.cell.interval.high if finding.cell.interval else 5.0,
    )


def _named(
    found: list[Finding], order: Callable[[Finding], tuple[float, ...]]
) -> Finding | None:
    """Return the first in that order, with the others' names; None where there is none."""
    if not found:
        return None
    first = min(found, key=order)
    also = tuple(finding.theme for finding in found if finding.theme != first.theme)
    return replace(first, also=also)
