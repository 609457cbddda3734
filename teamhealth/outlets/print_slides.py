"""The view of the slides that a leader shows to the team: one idea a slide, for everybody's eyes.

Promises: no comment, nothing of *Steady leadership*, and no statement that few share: on a
wall it would stand alone. The leader's own report has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from teamhealth.advice.highlights import Highlights, highlights
from teamhealth.advice.talking import statements
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import GroupResult
from teamhealth.outlets import print_statements
from teamhealth.outlets.print_facts import Facts, Source
from teamhealth.outlets.print_team import TalkingPoint
from teamhealth.outlets.themes import ThemeRow, theme_rows
from teamhealth.outlets.wording import Wording

_FIELDS = ("first_step", "owner", "until", "sign")
"""What of the action card is filled in together at the wall."""


@dataclass(frozen=True, slots=True)
class SlidesView:
    """The slides of one group. ``questions`` open the talk, ``fields`` are to be filled in."""

    facts: Facts
    group: GroupResult
    responses: int
    found: Highlights
    words: Wording
    titles: Mapping[str, str]
    rows: tuple[ThemeRow, ...]
    talk: tuple[TalkingPoint, ...]
    questions: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether any theme has a value."""
        return self.found.sure.margin is not None


def slides_view(source: Source, group: GroupResult, responses: int) -> SlidesView:
    """Work out the slides of a group with a result, from what everybody may see."""
    seen, library = source.seen, source.library
    found = highlights(seen, group.id, library.banding)
    return SlidesView(
        facts=source.facts,
        group=group,
        responses=responses,
        found=found,
        words=source.words,
        titles=source.words.themes,
        rows=general(source, group),
        talk=_talk(source, found),
        questions=library.retro.questions,
        fields=tuple(line.text for line in library.retro.card if line.id in _FIELDS),
    )


def general(source: Source, group: GroupResult) -> tuple[ThemeRow, ...]:
    """Return a group's themes without the leader's, even where that is agreed for all readers."""
    rows = theme_rows(source.seen, group, source.words)
    return tuple(row for row in rows if row.id != LEADER_THEME)


def _talk(source: Source, found: Highlights) -> tuple[TalkingPoint, ...]:
    return tuple(
        TalkingPoint(
            theme=source.words.themes[one.theme],
            row=print_statements.row(source, one.item, one.cell),
            shared=one.shared,
            prompt=source.library.theme(one.theme).prompts[0],
        )
        for one in statements(source.seen, found, on_a_wall=True)
    )
