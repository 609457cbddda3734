"""The page of one group with a result: everything its templates say, worked out beforehand.

What stands on it follows from the number of answers: *small* below ten, where statements
are words; *medium* below twenty; else *large*, with the eNPS.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from teamhealth.advice.highlights import Highlights, highlights
from teamhealth.advice.suggesting import Suggestion, suggest
from teamhealth.advice.talking import statements as worth_talking_about
from teamhealth.cells import counts
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Change, Compared, EnpsCell, GroupResult, Snapshot
from teamhealth.instruments.library import Library
from teamhealth.outlets import figures, numbers, print_statements, spreads
from teamhealth.outlets.past import Past, past
from teamhealth.outlets.plotting import Figure
from teamhealth.outlets.print_statements import Block, StatementRow
from teamhealth.outlets.spreads import Spread
from teamhealth.outlets.themes import ThemeRow, leader_row, theme_rows
from teamhealth.outlets.trends import Trend, trend
from teamhealth.outlets.wording import Wording
from teamhealth.web.desk.reading import Result
from teamhealth.web.desk.speaking import gettext

_MEDIUM, _LARGE = 10, 20
_MOVED = frozenset(Change) - {Change.UNCLEAR}


@dataclass(frozen=True, slots=True)
class LeaderFold:
    """What only the audience of *Steady leadership* finds on the page."""

    row: ThemeRow
    statements: tuple[StatementRow, ...]
    spread: Spread


@dataclass(frozen=True, slots=True)
class Enps:
    """The eNPS from twenty answers: the score with its sign, its range, and the shares behind it."""

    score: str
    between: str
    promoters: str
    passives: str
    detractors: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group's page. ``read_with`` is the group that lists this group's comments, if it is another."""

    group: GroupResult
    words: Wording
    responses: int
    size: str
    found: Highlights
    rows: tuple[ThemeRow, ...]
    blocks: tuple[Block, ...]
    besides: tuple[StatementRow, ...]
    talk: tuple[StatementRow, ...]
    spread: Spread
    leader: LeaderFold | None
    enps: Enps | None
    trend: Trend | None
    practices: tuple[Suggestion, ...]
    question: str
    read_with: GroupResult | None
    themes_figure: Figure | None
    spread_figure: Figure | None

    @property
    def means(self) -> bool:
        """Whether any theme has a mean; with one statement a theme a small group has words only."""
        return any(row.cell for row in self.rows)

    @property
    def shows_spread(self) -> bool:
        """Whether any statement of the themes shows how answers spread."""
        return any(block.spread for block in self.blocks)

    @property
    def past(self) -> Past | None:
        """What is to be said of the group in the survey before, beside what moved."""
        return past(self.group, self.words.reader)

    @property
    def moved(self) -> tuple[ThemeRow, ...]:
        """Themes that have likely changed since the survey before."""
        return tuple(row for row in self.rows if row.cell and row.cell.change in _MOVED)

    @property
    def unlike(self) -> tuple[ThemeRow, ...]:
        """Themes that are clearly higher or lower than usual."""
        return tuple(
            row
            for row in self.rows
            if row.cell and row.cell.compared in {Compared.HIGHER, Compared.LOWER}
        )

    def compared(self, what: str) -> tuple[str, ...]:
        """Return the titles of the themes that are higher, usual or lower beside the others."""
        return tuple(row.title for row in self.rows if row.cell and row.cell.compared == what)

    @property
    def shown(self) -> int:
        """How many themes have a mean."""
        return sum(row.cell is not None for row in self.rows)


def group_view(
    result: Result,
    group: GroupResult,
    responses: int,
    before: Sequence[Snapshot] = (),
) -> GroupView:
    """Work out the page of a group that has a result; ``before`` are earlier surveys, newest first."""
    seen, words, library = result.seen, result.wording, result.source.library
    found = highlights(seen, group.id, library.banding)
    rows = theme_rows(seen, group, words)
    blocks = print_statements.blocks(result.source, group)
    besides = print_statements.besides(result.source, group)
    told = [*(row for block in blocks for row in block.rows), *besides]
    over = trend(seen, before, group.id, words)
    return GroupView(
        group=group,
        words=words,
        responses=responses,
        size="small" if responses < _MEDIUM else "medium" if responses < _LARGE else "large",
        found=found,
        rows=rows,
        blocks=blocks,
        besides=besides,
        talk=tuple(
            print_statements.row(result.source, one.item, one.cell, group.invited)
            for one in worth_talking_about(seen, found)
        ),
        spread=spreads.spread(told),
        leader=_leader(result, group),
        enps=_enps(group.enps, words.reader),
        trend=over,
        practices=suggest(library.practices, found, [row.id for row in rows]),
        question=_question(found, library),
        read_with=_read_with(seen, group),
        themes_figure=_themes_figure(rows, group, result, over),
        spread_figure=figures.spread(told, words.answers) if any(r.bar for r in told) else None,
    )


def _leader(result: Result, group: GroupResult) -> LeaderFold | None:
    row = leader_row(result.seen, group, result.wording)
    if row is None:
        return None
    told = print_statements.leader_rows(result.source, group)
    return LeaderFold(row, told, spreads.spread(told))


def _enps(cell: EnpsCell | None, language: str) -> Enps | None:
    if cell is None or cell.score is None:
        return None
    detractors, passives, promoters = (
        numbers.per_cent(s, language) for s in counts.shares(cell.counts)
    )
    between = numbers.signed_between(cell.interval, language) if cell.interval else ""
    return Enps(numbers.signed(cell.score, language), between, promoters, passives, detractors)


def _question(found: Highlights, library: Library) -> str:
    """Return a question for the talk, about what asks for care, else about what to keep."""
    finding = found.care or found.keep
    return library.theme(finding.theme).prompts[0] if finding else ""


def _read_with(seen: Snapshot, group: GroupResult) -> GroupResult | None:
    if group.comments_in is None or group.comments_in == group.id:
        return None
    return seen.group(group.comments_in)


def _themes_figure(
    rows: Sequence[ThemeRow], group: GroupResult, result: Result, over: Trend | None
) -> Figure | None:
    seen, words = result.seen, result.wording
    previous = {row.id: row.before for row in over.rows} if over else {}
    lines = [
        figures.Line(
            row.title, row.cell, point.value if (point := previous.get(row.id)) else None
        )
        for row in rows
        if row.cell and row.id != LEADER_THEME
    ]
    if not lines:
        return None
    return figures.intervals(
        lines,
        words.reader,
        now=group.name,
        before=over.surveys[-2].title if over else "",
        most=gettext("most groups at %(organisation)s", organisation=seen.root.name),
    )
