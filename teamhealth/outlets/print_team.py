"""The view of one group's report: everything its templates print, worked out beforehand.

The length follows the number of answers: *small* below ten, *medium* below twenty, else
*large*. A small team's report has no page that only says what is not shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from teamhealth.advice.highlights import Highlights, highlights
from teamhealth.advice.suggesting import Occasion, Suggestion, for_finding, suggest
from teamhealth.advice.talking import statements as worth_talking_about
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import EnpsCell, GroupResult, Snapshot
from teamhealth.instruments.library import Library
from teamhealth.instruments.retro import RetroFormat
from teamhealth.instruments.themes import Theme
from teamhealth.outlets import print_statements
from teamhealth.outlets.print_facts import Facts, Source
from teamhealth.outlets.print_fit import Fit
from teamhealth.outlets.print_statements import Block, StatementRow
from teamhealth.outlets.sections import Section
from teamhealth.outlets.themes import ThemeRow, leader_row, theme_rows
from teamhealth.outlets.wording import Wording

_MANY = 30
_ALL = Fit()
_SIZES = ((10, "small", "retro_30"), (20, "medium", "retro_60"), (1 << 60, "large", "retro_60"))


class Said(Protocol):
    """A comment as it is stored: the question's id and the text."""

    @property
    def question(self) -> str:
        """Return the id of the open question."""

    @property
    def body(self) -> str:
        """Return the words."""


@dataclass(frozen=True, slots=True)
class TalkingPoint:
    """One statement worth a talk: its theme, and a question to ask about it."""

    theme: str
    row: StatementRow
    shared: bool
    prompt: str


@dataclass(frozen=True, slots=True)
class LeaderPart:
    """What only the audience of *Steady leadership* reads."""

    row: ThemeRow
    statements: tuple[StatementRow, ...]
    theme: Theme
    practices: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class TeamView:
    """One group's report. ``read_with`` names the group whose list holds this group's comments.

    ``size`` follows the number of answers, ``notes`` says whether there is room for what is known
    about practices and themes; ``more_comments`` is how many did not find room.
    """

    size: str
    notes: bool
    facts: Facts
    group: GroupResult
    responses: int
    found: Highlights
    words: Wording
    titles: Mapping[str, str]
    rows: tuple[ThemeRow, ...]
    talk: tuple[TalkingPoint, ...]
    blocks: tuple[Block, ...]
    besides: tuple[StatementRow, ...]
    enps: EnpsCell | None
    practices: tuple[Suggestion, ...]
    keeping: tuple[Suggestion, ...]
    explained: tuple[Theme, ...]
    agenda: RetroFormat
    comments: tuple[tuple[str, tuple[str, ...]], ...]
    more_comments: int
    read_with: str
    leader: LeaderPart | None
    left_out: frozenset[Section]


def team_view(
    source: Source,
    group: GroupResult,
    responses: int,
    comments: Sequence[Said],
    *,
    tried: Collection[str] = (),
    leave_out: Collection[Section] = frozenset(),
    fit: Fit = _ALL,
) -> TeamView:
    """Work out the report of a group with a result."""
    seen, library, words = source.seen, source.library, source.words
    found = highlights(seen, group.id, library.banding)
    size, agenda = next((name, talk) for below, name, talk in _SIZES if responses < below)
    asked = [theme.id for theme in seen.themes if theme.id != LEADER_THEME]
    own = comments if group.comments_in == group.id else ()
    most = _most_practices(size, source.facts.statements, fit)
    left = frozenset(leave_out)
    return TeamView(
        size=size,
        notes=size != "small" and fit.lean == 0,
        facts=source.facts,
        group=group,
        responses=responses,
        found=found,
        words=words,
        titles=words.themes,
        rows=theme_rows(seen, group, words),
        talk=() if Section.POINTS in left else talking_points(source, group, found),
        blocks=print_statements.blocks(source, group),
        besides=print_statements.besides(source, group),
        enps=group.enps,
        practices=suggest(library.practices, found, asked, most, tried=tried),
        keeping=_keeping(found, library, tried) if size != "small" else (),
        explained=tuple(theme for theme in library.themes if theme.id in asked),
        agenda=next(talk for talk in library.retro_formats if talk.id == agenda),
        comments=_by_question(own[: fit.comments], words),
        more_comments=len(own) - len(own[: fit.comments]),
        read_with=_read_with(seen, group),
        leader=None if Section.LEADER in left else _leader(source, group, found, tried),
        left_out=left,
    )


def _most_practices(size: str, statements: int, fit: Fit) -> int:
    if size == "small":
        return 2 if statements < _MANY and fit.lean == 0 else 1
    return max(1, 3 - fit.lean)


def talking_points(
    source: Source, group: GroupResult, found: Highlights
) -> tuple[TalkingPoint, ...]:
    """Return up to three statements of a group that are worth a talk."""
    return tuple(
        TalkingPoint(
            theme=source.words.themes[one.theme],
            row=print_statements.row(source, one.item, group.items[one.item], group.invited),
            shared=one.shared,
            prompt=source.library.theme(one.theme).prompts[0],
        )
        for one in worth_talking_about(source.seen, found)
    )


def _keeping(
    found: Highlights, library: Library, tried: Collection[str]
) -> tuple[Suggestion, ...]:
    """Return one practice for the theme to keep, beside those for the theme to care for."""
    if found.care is None or found.keep is None:
        return ()
    return for_finding(library.practices, found.keep, Occasion.KEEP, 1, tried=tried)


def _by_question(
    comments: Sequence[Said], words: Wording
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the comments question by question, in the order in which they are stored."""
    asked = dict.fromkeys(comment.question for comment in comments)
    return tuple(
        (
            words.questions[question],
            tuple(comment.body for comment in comments if comment.question == question),
        )
        for question in asked
    )


def _read_with(seen: Snapshot, group: GroupResult) -> str:
    if group.comments_in is None or group.comments_in == group.id:
        return ""
    return seen.group(group.comments_in).name


def _leader(
    source: Source, group: GroupResult, found: Highlights, tried: Collection[str]
) -> LeaderPart | None:
    row = leader_row(source.seen, group, source.words)
    if row is None or found.leader is None:
        return None
    return LeaderPart(
        row=row,
        statements=print_statements.leader_rows(source, group),
        theme=source.library.theme(LEADER_THEME),
        practices=for_finding(
            source.library.practices, found.leader, Occasion.CARE, 2, tried=tried
        ),
    )
