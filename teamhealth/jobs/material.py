"""What the reports of one counted survey are made from, read once from the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from teamhealth.campaigns import lookup, releasing
from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.model import Snapshot
from teamhealth.conversations.listing import listed
from teamhealth.conversations.models import Comment
from teamhealth.db import Database
from teamhealth.errors import NotFoundError
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.guidance import library_in
from teamhealth.outlets.kinds import Material
from teamhealth.outlets.print_past import MOST_BEFORE
from teamhealth.outlets.sections import Section
from teamhealth.snapshots import storing


@dataclass(frozen=True, slots=True)
class _Comments:
    """Reads what a group lists when its report is printed, so that none is printed that was taken back before."""

    database: Database
    survey_id: str

    def __call__(self, group_id: str) -> Sequence[Comment]:
        with self.database.read() as db:
            return listed(db, self.survey_id, group_id)


def material(
    database: Database,
    survey_id: str,
    *,
    viewer: Viewer = HR,
    language: str = WRITTEN,
    with_comments: bool = True,
    leave_out: frozenset[Section] = frozenset(),
) -> Material:
    """Read all that the reports of a counted survey are made from.

    Raises NotFoundError if it is not counted, UnavailableError if its result was damaged.
    """
    with database.read() as db:
        snapshot = storing.load(db, survey_id)
        release = releasing.of(db, survey_id)
        made = {
            "snapshot": snapshot,
            "instrument": lookup.instrument_of(lookup.survey(db, survey_id)),
            "library": library_in(language),
            "viewer": viewer,
            "earlier": _earlier(db, snapshot),
            "mark": storing.mark(db, survey_id) or "",
            "language": language,
            "leave_out": leave_out,
            "published": release.leaders_from.date() if release else None,
        }
    if with_comments:
        made["comments"] = _Comments(database, survey_id)
    return Material(**made)  # type: ignore[arg-type]


def _earlier(db: Session, snapshot: Snapshot) -> list[Snapshot]:
    """Return the surveys before, the newest first, as far back as a report tells of; no deleted one."""
    found: list[Snapshot] = []
    name = snapshot.survey.previous
    while name is not None and len(found) < MOST_BEFORE:
        try:
            found.append(storing.load(db, name))
        except NotFoundError:
            break
        name = found[-1].survey.previous
    return found
