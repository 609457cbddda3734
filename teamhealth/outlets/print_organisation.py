"""The view of the organisation's report, or of a branch's: the whole of it first, then the groups below.

A branch tells nothing that is known of the organisation only: neither what the themes
can carry nor what moves together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from teamhealth.advice.highlights import Highlights, highlights
from teamhealth.advice.suggesting import Suggestion, suggest
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import EnpsCell, GroupResult
from teamhealth.outlets import print_statements
from teamhealth.outlets.foundations import DriversView, Foundation, drivers, foundations
from teamhealth.outlets.print_facts import Facts, Source
from teamhealth.outlets.print_fit import Fit
from teamhealth.outlets.print_groups import Groups, groups_below
from teamhealth.outlets.print_statements import Block, StatementRow
from teamhealth.outlets.print_team import TalkingPoint, talking_points
from teamhealth.outlets.themes import ThemeRow, theme_rows
from teamhealth.outlets.wording import Wording

_PRACTICES = 2
_ALL = Fit()


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """The report on ``group`` and all groups below. ``columns`` are the titles of the themes in their table.

    ``whole`` is false for a branch; ``foundations`` and ``drivers`` are empty then.
    """

    facts: Facts
    whole: bool
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
    columns: tuple[str, ...]
    groups: Groups
    foundations: tuple[Foundation, ...]
    drivers: DriversView | None


def organisation_view(
    source: Source, group: GroupResult, responses: int, fit: Fit = _ALL
) -> OrganisationView:
    """Work out the report of a group with a result; of the survey's first it is the organisation's."""
    seen, library, words = source.seen, source.library, source.words
    whole = group.id == seen.root.id
    found = highlights(seen, group.id, library.banding)
    general = [theme.id for theme in seen.themes if theme.id != LEADER_THEME]
    return OrganisationView(
        facts=source.facts,
        whole=whole,
        group=group,
        responses=responses,
        found=found,
        words=words,
        titles=words.themes,
        rows=theme_rows(seen, group, words),
        talk=talking_points(source, group, found),
        blocks=print_statements.blocks(source, group),
        besides=print_statements.besides(source, group),
        enps=group.enps,
        practices=suggest(library.practices, found, general, _PRACTICES - fit.lean),
        columns=tuple(words.themes[theme] for theme in general),
        groups=groups_below(seen, group, general, words),
        foundations=foundations(seen, words) if whole else (),
        drivers=drivers(seen, words) if whole else None,
    )
