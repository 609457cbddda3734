"""PDF reports: one for a group with a result of its own, one for the whole organisation.

Promises: everything comes from the snapshot as its reader may see it; the numbers are
those of every other outlet; tagged for screen readers (PDF/UA-1), with embedded fonts of
our own; nothing is fetched from anywhere; the same input gives the same bytes.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from teamhealth.cells.audience import HR, Viewer, seen_by
from teamhealth.cells.model import Snapshot
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.library import Library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.classes import by_class, told_of
from teamhealth.outlets.handouts import with_result
from teamhealth.outlets.print_facts import Source, facts_of, right_before
from teamhealth.outlets.print_fit import FILLED, FLOWING, PAGES, tries
from teamhealth.outlets.print_organisation import organisation_view
from teamhealth.outlets.print_past import over_time
from teamhealth.outlets.print_press import Try, press_fitting
from teamhealth.outlets.print_team import Said, team_view
from teamhealth.outlets.sections import Section

_ANY = 1 << 30
"""As many pages as it takes."""


def team_report(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    viewer: Viewer = HR,
    earlier: Sequence[Snapshot] = (),
    comments: Sequence[Said] = (),
    mark: str = "",
    language: str = WRITTEN,
    tried: Collection[str] = (),
    leave_out: Collection[Section] = frozenset(),
) -> bytes:
    """Return the report of one group as PDF: four pages below ten answers, six below twenty, else eight.

    ``instrument`` is the one pinned to the survey, ``comments`` those that the group lists,
    in their stored order; they are left out if it lists none. ``earlier`` are the surveys
    before in which the reader may open the group, the newest first. ``mark`` is the
    snapshot's (``snapshots.storing``), never its digest. ``language`` is the reader's;
    ``library`` is to be in it, too. ``tried`` are the ids of practices that the group has tried
    before. The page for who leads the group, where the reader may have it, comes on top.

    Raises NotFoundError for a group that the survey does not have, RefusedError for one
    without a result of its own.
    """
    seen = seen_by(snapshot, viewer)
    group, responses = with_result(seen, group_id)
    facts = facts_of(seen, mark, right_before(seen, earlier), language)
    source = Source(seen, facts, instrument, library, language)
    over = over_time(seen, [seen_by(one, viewer) for one in earlier], group, source.words)
    fixed: Mapping[str, object] = {"facts": facts, "guide": library.retro, "over": over}

    def given() -> Iterator[Try]:
        for fit in tries(
            len(comments),
            responses=responses,
            statements=facts.statements,
            language=language,
        ):
            view = team_view(
                source, group, responses, comments, tried=tried, leave_out=leave_out, fit=fit
            )
            pages = PAGES[view.size] + (view.leader is not None)
            yield Try({**fixed, "v": view}, pages, fit.shrunk, last=fit.comments is not None)

    return press_fitting("team.html", given(), language)


def organisation_report(
    snapshot: Snapshot,
    instrument: Instrument,
    library: Library,
    *,
    group_id: str | None = None,
    viewer: Viewer = HR,
    earlier: Sequence[Snapshot] = (),
    mark: str = "",
    language: str = WRITTEN,
) -> bytes:
    """Return the report on all groups of a survey as PDF, or on a branch: one group and all below it.

    A branch tells nothing that is known of the organisation as a whole only: what the themes
    can carry, what moves together, and what people said of themselves.

    Raises NotFoundError for a group that the survey does not have, RefusedError for one
    without a result of its own.
    """
    seen = seen_by(snapshot, viewer)
    root, responses = with_result(seen, group_id or seen.root.id)
    facts = facts_of(seen, mark, right_before(seen, earlier), language)
    source = Source(seen, facts, instrument, library, language)
    over = over_time(seen, [seen_by(one, viewer) for one in earlier], root, source.words)
    whole = root.id == seen.root.id
    told = [by_class(source, one) for one in told_of(source)] if whole else []
    fixed: Mapping[str, object] = {"facts": facts, "told": told, "over": over}
    given = (
        Try(
            {**fixed, "v": organisation_view(source, root, responses, fit)},
            _ANY,
            fit.shrunk,
            FILLED,
        )
        for fit in FLOWING
    )
    return press_fitting("organisation.html", given, language)
