"""One survey's result as the person at the desk may read it: which groups, which themes, which surveys before.

Promise: everything on a results page comes from here, so from a snapshot; what is not
this person's to see does not exist for them.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from flask import current_app
from sqlalchemy.orm import Session

from teamhealth.accounts.access import Access
from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.audience import Viewer
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.errors import NotFoundError
from teamhealth.instruments.guidance import library_in
from teamhealth.instruments.model import Instrument
from teamhealth.instruments.plain import from_plain
from teamhealth.outlets.branches import Tree
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.wording import Wording, wording_of
from teamhealth.snapshots.shelf import Shelf
from teamhealth.web.desk import rights
from teamhealth.web.desk.speaking import gettext, language

SHELF = "teamhealth.shelf"  # where the app keeps its Shelf
_COUNTED = (State.COUNTED, State.PUBLISHED)
_EARLIER = 7
"""So many surveys before are told of; two years of quarters."""


@dataclass(frozen=True, slots=True)
class Result:
    """A counted survey for one reader. ``mark`` is that of the whole stored snapshot.

    ``below_from`` is when the reader will see the groups below those they lead, None where
    nothing is held back.
    """

    id: str
    title: str
    published: bool
    viewer: Viewer
    mark: str
    seen: Snapshot
    tree: Tree
    source: Source
    wording: Wording
    below_from: datetime | None = None

    @property
    def closed(self) -> datetime:
        """The day on which it closed."""
        return datetime.fromisoformat(self.seen.survey.closed).replace(tzinfo=UTC)

    def group(self, group_id: str) -> GroupResult:
        """Return a group that the reader may open; NotFoundError for any other."""
        for group in self.tree.groups:
            if group.id == group_id:
                return group
        raise _not_theirs()

    def opens(self, group_id: str | None) -> bool:
        """Tell whether the reader may open a group."""
        return group_id in self.tree

    @property
    def compares(self) -> bool:
        """Whether the count could say what is usual: of any group that the reader may open."""
        return any(
            cell.compared for group in self.tree.groups for cell in group.themes.values()
        )

    @property
    def whole(self) -> bool:
        """Whether the reader may open all of it."""
        return len(self.tree.groups) == len(self.seen.groups)


def result(db: Session, access: Access, survey_id: str) -> Result:
    """Return a survey's result; NotFoundError where there is none for this person."""
    found = rights.survey(db, access, survey_id)
    if not found.has_result:
        raise _not_theirs()
    viewer = rights.viewer(db, access, survey_id)
    kept = _shelf().read(db, survey_id, viewer)
    seen = kept.snapshot
    opened = rights.opened(db, access, found.survey, seen.groups)
    if not opened:
        raise _not_theirs()
    later = () if access.is_hr else access.opened(seen.groups) - opened
    reader = language()
    instrument, wording = _words(found.survey.instrument or b"", reader)
    return Result(
        id=survey_id,
        title=found.survey.title,
        published=found.survey.state is State.PUBLISHED,
        viewer=viewer,
        mark=kept.mark,
        seen=seen,
        tree=Tree(seen, opened),
        source=Source(
            seen,
            facts_of(seen, kept.mark, None, reader),
            instrument,
            library_in(reader),
            reader,
        ),
        wording=wording,
        below_from=rights.below_from(db, found.survey) if later else None,
    )


def earlier(db: Session, access: Access, now: Result, group_id: str) -> list[Snapshot]:
    """Return the surveys before, newest first, in which this person may open that group."""
    found: list[Snapshot] = []
    name = now.seen.survey.previous
    while name is not None and len(found) < _EARLIER:
        survey = db.get(Survey, name)
        if survey is None or survey.state not in _COUNTED:
            break
        snapshot = _shelf().read(db, name, rights.viewer(db, access, name)).snapshot
        opened = rights.opened(db, access, survey, snapshot.groups)
        if not opened:
            break
        if group_id in opened:
            found.append(snapshot)
        name = snapshot.survey.previous
    return found


@lru_cache(maxsize=48)
def _words(body: bytes, reader: str) -> tuple[Instrument, Wording]:
    instrument = from_plain(json.loads(body))
    return instrument, wording_of(instrument, reader)


def _shelf() -> Shelf:
    shelf = current_app.extensions[SHELF]
    assert isinstance(shelf, Shelf)  # noqa: S101  (tells mypy; the blueprint puts nothing else there)
    return shelf


def _not_theirs() -> NotFoundError:
    return NotFoundError(
        gettext("There is no such result, or it is not yours to see. Nothing was changed.")
    )
