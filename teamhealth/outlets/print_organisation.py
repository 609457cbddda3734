"""The view of the organisation's report: the whole first, then its groups in the order of the tree.

No group is ranked or coloured as good or bad; a group without a result says where it is
counted, in the one sentence that every hidden cell has.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from teamhealth.advice.highlights import Highlights, highlights, is_divided
from teamhealth.advice.suggesting import Suggestion, suggest
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import EnpsCell, GroupResult, Snapshot
from teamhealth.cells.silence import is_comparable
from teamhealth.outlets import numbers, print_statements
from teamhealth.outlets.foundations import DriversView, Foundation, drivers, foundations
from teamhealth.outlets.print_facts import Facts, Source
from teamhealth.outlets.print_statements import Block, StatementRow
from teamhealth.outlets.themes import ThemeRow, theme_rows
from teamhealth.outlets.wording import Wording

_DEEPEST = 4
_PRACTICES = 2


@dataclass(frozen=True, slots=True)
class GroupCell:
    """One theme of one group in the table: the mean as written, and how it lies beside the usual.

    ``divided`` says that people in the group see it very differently.
    """

    mean: str | None
    compared: str | None
    divided: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the table. ``depth`` is 1 for what stands right below the organisation.

    ``counted_in`` names the group that a hidden one is counted in; ``cells`` are empty then.
    ``comparable`` is false where too few are heard to see it beside others.
    """

    name: str
    depth: int
    invited: int
    responses: int | None
    counted_in: str
    cells: tuple[GroupCell, ...]
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The organisation's report. ``columns`` are the titles of the themes in the groups' table."""

    facts: Facts
    group: GroupResult
    responses: int
    found: Highlights
    words: Wording
    titles: Mapping[str, str]
    rows: tuple[ThemeRow, ...]
    blocks: tuple[Block, ...]
    besides: tuple[StatementRow, ...]
    enps: EnpsCell | None
    practices: tuple[Suggestion, ...]
    columns: tuple[str, ...]
    groups: tuple[GroupRow, ...]
    foundations: tuple[Foundation, ...]
    drivers: DriversView | None

    @property
    def with_result(self) -> int:
        """How many groups below the whole have a result of their own."""
        return sum(row.responses is not None for row in self.groups)

    @property
    def split(self) -> bool:
        """Whether people in some group see a theme very differently."""
        return any(cell.divided for row in self.groups for cell in row.cells)

    @property
    def unheard(self) -> bool:
        """Whether too few of some group are heard to compare it."""
        return any(not row.comparable for row in self.groups)

    @property
    def protected(self) -> bool:
        """Whether a group with a result keeps a theme back."""
        return any(cell.mean is None for row in self.groups for cell in row.cells)


def organisation_view(source: Source, responses: int) -> OrganisationView:
    """Work out the report of an organisation with a result."""
    seen, library, words = source.seen, source.library, source.words
    root = seen.root
    found = highlights(seen, root.id, library.banding)
    general = [theme.id for theme in seen.themes if theme.id != LEADER_THEME]
    return OrganisationView(
        facts=source.facts,
        group=root,
        responses=responses,
        found=found,
        words=words,
        titles=words.themes,
        rows=theme_rows(seen, root, words),
        blocks=print_statements.blocks(source, root),
        besides=print_statements.besides(source, root),
        enps=root.enps,
        practices=suggest(library.practices, found, general, _PRACTICES),
        columns=tuple(words.themes[theme] for theme in general),
        groups=_groups(seen, general, words.reader),
        foundations=foundations(seen, words),
        drivers=drivers(seen, words),
    )


def _groups(seen: Snapshot, themes: list[str], language: str) -> tuple[GroupRow, ...]:
    names = {group.id: group.name for group in seen.groups}
    depths: dict[str | None, int] = {seen.root.id: 0}
    rows = []
    for group in seen.groups[1:]:
        depths[group.id] = depths[group.parent] + 1
        rows.append(
            GroupRow(
                name=group.name,
                depth=min(depths[group.id], _DEEPEST),
                invited=group.invited,
                responses=group.responses,
                counted_in=names[group.counted_in] if group.counted_in else "",
                cells=_cells(group, themes, language) if group.responses is not None else (),
                comparable=is_comparable(group),
            )
        )
    return tuple(rows)


def _cells(group: GroupResult, themes: list[str], language: str) -> tuple[GroupCell, ...]:
    found = (group.themes.get(theme) for theme in themes)
    return tuple(
        GroupCell(numbers.mean(cell, language), cell.compared, is_divided(cell))
        if cell
        else GroupCell(None, None)
        for cell in found
    )
