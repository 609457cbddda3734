"""PDFs to hand out: slides to show to the team, one page for all employees, a talk without numbers.

Promises: no comment and nothing of *Steady leadership*, whoever prints them: everybody may
read them. Everything comes from the snapshot; tagged, our own fonts, the same bytes each time.
"""

from collections.abc import Sequence
from datetime import date

from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.library import Library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.print_facts import Source, facts_of, right_before
from teamhealth.outlets.print_guide import guide_view
from teamhealth.outlets.print_press import press_on, press_slides
from teamhealth.outlets.print_slides import slides_view
from teamhealth.outlets.print_summary import summary_view


def slides(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    earlier: Sequence[Snapshot] = (),
    language: str = WRITTEN,
) -> bytes:
    """Return the slides of a group, six to nine of them, sixteen to nine.

    Raises NotFoundError for a group that the survey does not have, RefusedError for one
    without a result of its own.
    """
    source = _source(snapshot, instrument, library, earlier, language)
    group, responses = with_result(source.seen, group_id)
    view = slides_view(source, group, responses)
    return press_slides("slides.html", {"v": view, "facts": source.facts}, language)


def summary(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    earlier: Sequence[Snapshot] = (),
    published: date | None = None,
    language: str = WRITTEN,
) -> bytes:
    """Return the page for all employees of a group, one page in every language.

    ``published`` is the day on which the results were; by two weeks later each team should
    have talked. Raises as ``slides``.
    """
    source = _source(snapshot, instrument, library, earlier, language)
    group, responses = with_result(source.seen, group_id)
    view = summary_view(source, group, responses, published)
    return press_on(1, "summary.html", {"v": view, "facts": source.facts}, language)


def talk_guide(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    above: bool = True,
    language: str = WRITTEN,
) -> bytes:
    """Return the guide to a talk without numbers, two pages, for a group without a result.

    ``above`` says that its reader may see the summary of the group in which it is counted.
    Raises NotFoundError as ``slides``, RefusedError for a group that has a result.
    """
    source = _source(snapshot, instrument, library, (), language)
    group = found(source.seen, group_id)
    if group.responses is not None:
        raise RefusedError(
            f"{group.path} has a result of its own, so there is no talk without numbers for it. "
            "Nothing was written; take its report or its slides."
        )
    view = guide_view(source, group, above=above)
    return press_on(2, "talk.html", {"v": view, "facts": source.facts}, language)


def found(seen: Snapshot, group_id: str) -> GroupResult:
    """Return a group; NotFoundError if the survey has none with that id."""
    try:
        return seen.group(group_id)
    except KeyError:
        raise NotFoundError(
            f"Survey {seen.survey.id} has no group {group_id!r}; nothing was written."
        ) from None


def with_result(seen: Snapshot, group_id: str) -> tuple[GroupResult, int]:
    """Return a group and the number of its answers.

    Raises NotFoundError if the survey does not have it, RefusedError if it has no result.
    """
    group = found(seen, group_id)
    if group.responses is None:
        where = (
            f" It is counted in {seen.group(group.counted_in).path}."
            if group.counted_in
            else ""
        )
        raise RefusedError(
            f"{group.path} has no result of its own, to protect anonymity.{where} "
            "Nothing was written."
        )
    return group, group.responses


def _source(
    snapshot: Snapshot,
    instrument: Instrument,
    library: Library,
    earlier: Sequence[Snapshot],
    language: str,
) -> Source:
    """Return what everybody may read: the leader's theme is not in it unless agreed for all."""
    seen = seen_by(snapshot, HR)
    facts = facts_of(seen, "", right_before(seen, earlier), language)
    return Source(seen, facts, instrument, library, language)
