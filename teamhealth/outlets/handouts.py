"""PDFs to hand out: slides to show to the team, one page for all employees, a talk without numbers.

Promises: no comment, nothing of *Steady leadership*, whoever prints them: everybody may read
them. Everything comes from the snapshot; tagged, our own fonts, the same bytes each time.
"""

from datetime import date

from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.library import Library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.print_press import press


def slides(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    language: str = WRITTEN,
) -> bytes:
    """Return the slides of a group with a result."""
    return _printed("slides.html", snapshot, group_id, instrument, library, language)


def summary(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    published: date | None = None,
    language: str = WRITTEN,
) -> bytes:
    """Return the page for all employees of a group with a result."""
    return _printed("summary.html", snapshot, group_id, instrument, library, language)


def talk_guide(
    snapshot: Snapshot,
    group_id: str,
    instrument: Instrument,
    library: Library,
    *,
    above: bool = True,
    language: str = WRITTEN,
) -> bytes:
    """Return the guide to a talk without numbers, for a group without a result."""
    return _printed("talk.html", snapshot, group_id, instrument, library, language)


def _printed(template, snapshot, group_id, instrument, library, language):
    seen = seen_by(snapshot, HR)
    group = seen.group(group_id)
    facts = facts_of(seen, "", None, language)
    return press(template, {"group": group, "facts": facts}, language)
