"""The snapshots last read, parsed, so that a page of a large organisation need not parse it again.

A snapshot never changes, so one that was read once is kept under its mark. Only a few
are kept: a snapshot of a thousand groups takes some megabytes.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from teamhealth.cells.audience import Viewer, seen_by
from teamhealth.cells.model import Snapshot
from teamhealth.errors import NotFoundError
from teamhealth.snapshots import storing

_SURVEYS = 8
_READERS = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """What one reader may see of a snapshot, and the mark of the whole as stored."""

    snapshot: Snapshot
    mark: str


class Shelf:
    """A few snapshots of one database, and what a few readers may see of them; any thread may ask."""

    def __init__(self, surveys: int = _SURVEYS, readers: int = _READERS) -> None:
        self._whole = _Few(surveys)
        self._seen = _Few(readers)

    def read(self, db: Session, survey_id: str, viewer: Viewer) -> Kept:
        """Return what a reader may see of a survey's snapshot.

        Raises NotFoundError and UnavailableError as ``storing.load``.
        """
        mark = storing.mark(db, survey_id)
        if mark is None:
            raise NotFoundError(f"Survey {survey_id} has no result: it is not counted.")
        whole = self._whole.get((survey_id, mark), lambda: storing.load(db, survey_id))
        seen = self._seen.get((survey_id, mark, viewer), lambda: seen_by(whole, viewer))
        return Kept(seen, mark)


class _Few:
    """The few snapshots last asked for."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Snapshot]) -> Snapshot:
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found
        made = make()  # outside the lock: others need not wait; two may make it at once
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return made
