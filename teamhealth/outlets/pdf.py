"""PDF reports: one for a group with a result of its own, one for the whole organisation.

Promises: everything comes from the snapshot as its reader may see it; the numbers are
those of every other outlet; tagged for screen readers (PDF/UA-1), with embedded fonts of
our own; nothing is fetched from anywhere; the same input gives the same bytes.
"""

from collections.abc import Sequence

from teamhealth.cells.audience import HR, Viewer, seen_by
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.library import Library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.classes import by_class, told_of
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.print_organisation import organisation_view
from teamhealth.outlets.print_past import over_time
from teamhealth.outlets.print_press import press
from teamhealth.outlets.print_team import Said, team_view


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
) -> bytes:
    """Return the report of one group as PDF.

    ``instrument`` is the one pinned to the survey, ``comments`` those that the group lists,
    in their stored order; they are left out if it lists none. ``earlier`` are the surveys
    before in which the reader may open the group, the newest first. ``mark`` is the
    snapshot's (``snapshots.storing``), never its digest. ``language`` is the reader's;
    ``library`` is to be in it, too.

    Raises NotFoundError for a group that the survey does not have, RefusedError for one
    without a result of its own.
    """
    seen = seen_by(snapshot, viewer)
    group = _found(seen, group_id)
    if group.responses is None:
        raise RefusedError(_no_result(seen, group))
    facts = facts_of(seen, mark, _right_before(seen, earlier), language)
    source = Source(seen, facts, instrument, library, language)
    view = team_view(source, group, group.responses, comments)
    over = over_time(seen, [seen_by(one, viewer) for one in earlier], group, source.words)
    return press(
        "team.html", {"v": view, "facts": facts, "guide": library.retro, "over": over}, language
    )


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
    """Return the report on all groups of a survey as PDF.

    Raises RefusedError if not even the whole has a result: too few answered.
    """
    seen = seen_by(snapshot, viewer)
    if seen.root.responses is None:
        raise RefusedError(_no_result(seen, seen.root))
    facts = facts_of(seen, mark, _right_before(seen, earlier), language)
    source = Source(seen, facts, instrument, library, language)
    view = organisation_view(source, seen.root.responses)
    over = over_time(seen, [seen_by(one, viewer) for one in earlier], seen.root, source.words)
    told = [by_class(source, attribute) for attribute in told_of(source)]
    return press(
        "organisation.html",
        {"v": view, "facts": facts, "guide": library.retro, "told": told, "over": over},
        language,
    )


def _right_before(seen: Snapshot, earlier: Sequence[Snapshot]) -> Snapshot | None:
    """Return the survey that changes are told against, None if it is not among these."""
    return next((one for one in earlier if one.survey.id == seen.survey.previous), None)


def _found(seen: Snapshot, group_id: str) -> GroupResult:
    try:
        return seen.group(group_id)
    except KeyError:
        raise NotFoundError(
            f"Survey {seen.survey.id} has no group {group_id!r}; nothing was written."
        ) from None


def _no_result(seen: Snapshot, group: GroupResult) -> str:
    where = (
        f" It is counted in {seen.group(group.counted_in).path}." if group.counted_in else ""
    )
    return f"{group.path} has no result of its own, to protect anonymity.{where} Nothing was written."
