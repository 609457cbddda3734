"""The view of the page for all employees: who answered, what is strong, what needs care, what comes next.

Promise: no comment, nothing of *Steady leadership*, no other group: everybody may read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from teamhealth.advice.highlights import Highlights, highlights
from teamhealth.cells.model import GroupResult
from teamhealth.i18n.dates import long_date
from teamhealth.outlets.print_facts import Facts, Source
from teamhealth.outlets.print_slides import general
from teamhealth.outlets.themes import ThemeRow

TALK_WITHIN = timedelta(days=14)
"""After publication, or where that is not known after the close."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The page of one group. ``by`` is the day until which each team should have talked."""

    facts: Facts
    group: GroupResult
    responses: int
    found: Highlights
    titles: Mapping[str, str]
    abouts: Mapping[str, str]
    rows: tuple[ThemeRow, ...]
    by: str

    @property
    def told(self) -> bool:
        """Whether any theme has a value."""
        return self.found.sure.margin is not None


def summary_view(
    source: Source, group: GroupResult, responses: int, published: date | None
) -> SummaryView:
    """Work out the page of a group with a result, from what everybody may see."""
    closed = date.fromisoformat(source.seen.survey.closed[:10])
    by = datetime.combine((published or closed) + TALK_WITHIN, time(), UTC)
    return SummaryView(
        facts=source.facts,
        group=group,
        responses=responses,
        found=highlights(source.seen, group.id, source.library.banding),
        titles=source.words.themes,
        abouts={theme.id: theme.definition for theme in source.library.themes},
        rows=general(source, group),
        by=long_date(by, source.reader),
    )
