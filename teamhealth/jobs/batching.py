"""Batches of reports: printed a run at a time, packed into one zip, deleted after a week.

Promise: of many workers one prints a batch; killed anywhere, it is taken up where it was
left. A batch that holds what would no longer be printed, such as a comment taken back, goes
within a sweep.
"""

import logging
import shutil
import time
import uuid
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import randbelow

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from teamhealth import clock, logs
from teamhealth.campaigns import batches
from teamhealth.campaigns.released import Batch
from teamhealth.cells.model import Snapshot
from teamhealth.conversations import listing
from teamhealth.db import Database
from teamhealth.jobs import enclosing
from teamhealth.jobs.printing import HANDS, RECYCLED, Run, failed, left, printing
from teamhealth.keys import files
from teamhealth.outlets import kinds
from teamhealth.outlets.kinds import Wanted
from teamhealth.settings import Settings
from teamhealth.snapshots import storing

_PATIENCE = timedelta(minutes=3)
_SECONDS = 60  # of one run, so that a sweep comes to its other work
_A_FIXED_DAY = (2026, 1, 1, 0, 0, 0)
_AT_A_TIME = 1 << 20


@dataclass(frozen=True, slots=True)
class How:
    """How printing goes on: by so many processes, each for so many reports, so many seconds a run."""

    hands: int = HANDS
    recycled: int = RECYCLED
    seconds: float = _SECONDS
    ticks: Callable[[], float] = time.monotonic


def print_due(database: Database, settings: Settings, how: How = How()) -> int:
    """Print what is wished for, the oldest first, for a minute; return how many reports were."""
    with database.read() as db:
        waiting = db.scalars(
            select(Batch.id).where(Batch.ready_at.is_(None)).order_by(Batch.asked_at, Batch.id)
        ).all()
    end = how.ticks() + how.seconds
    count = 0
    for batch_id in waiting:
        if how.ticks() >= end:
            break
        hold = _take(database, batch_id)
        if hold is not None:
            count += _print(hold, settings, how, end)
    return count


def tidy(database: Database, settings: Settings, *, now: datetime) -> None:
    """Delete batches that are a week old or no longer what would be printed, and files that belong to none."""
    root = settings.home / "reports"
    # What lies there is looked at before the rows: a batch has its row before it has a file.
    surveys = [each for each in root.iterdir() if each.is_dir()] if root.is_dir() else []
    places = [place for survey in surveys for place in survey.iterdir()]
    with database.read() as db:
        rows = db.scalars(select(Batch)).all()
        over = [one.id for one in rows if _is_over(db, one, now)]
    if over:
        with database.write() as db:
            db.execute(delete(Batch).where(Batch.id.in_(over)))
            db.commit()
        logs.event("reports_deleted", count=len(over))
    known = {str(one.id) for one in rows if one.id not in over}
    for place in places:
        if place.name.partition(".")[0] not in known and not _is_young_letter(place, now):
            _remove(place)


@dataclass
class _Hold:
    """One batch in one worker's hand."""

    database: Database
    batch: Batch
    until: datetime

    def note(self, **what: object) -> bool:
        """Store how far it is, and give a sign of life; False if another worker has taken over."""
        until = _until(clock.now())
        with self.database.write() as db:
            found = db.execute(
                update(Batch)
                .where(Batch.id == self.batch.id, Batch.lease_until == self.until)
                .values(**{"lease_until": until, **what})
            )
            db.commit()
        self.until = until
        return bool(found.rowcount)  # type: ignore[attr-defined]


def _take(database: Database, batch_id: uuid.UUID) -> _Hold | None:
    now = clock.now()
    until = _until(now)
    free = or_(Batch.lease_until.is_(None), Batch.lease_until <= now)
    with database.write() as db:
        found = db.execute(
            update(Batch)
            .where(Batch.id == batch_id, Batch.ready_at.is_(None), free)
            .values(lease_until=until)
        )
        batch = db.get(Batch, batch_id) if found.rowcount else None  # type: ignore[attr-defined]
        db.commit()
        if batch is None:
            return None
        db.refresh(batch)
        db.expunge(batch)
    return _Hold(database, batch, until)


def _print(hold: _Hold, settings: Settings, how: How, end: float) -> int:
    batch = hold.batch
    folder = batches.folder(settings.home, batch.survey_id) / str(batch.id)
    with hold.database.read() as db:
        wanted = wanted_of(storing.load(db, batch.survey_id), batch.kinds)
    count = 0
    run = Run.of(
        hold.database, batch.survey_id, folder, batch.language, comments=batch.comments
    )
    work = printing(run, wanted, hands=how.hands, recycled=how.recycled)
    with closing(work):
        for told in work:
            count += 1
            if told.problem:
                logs.event(
                    "report_failed",
                    level=logging.WARNING,
                    survey=batch.survey_id,
                    kind=told.one.kind.value,
                    problem=told.problem,
                )
            if not hold.note(**_progress(folder, wanted)):
                return count
            if how.ticks() >= end:
                break
    if left(folder, wanted):
        hold.note(lease_until=None)
        return count
    place = batches.zip_of(settings.home, batch)
    pack(place, folder, wanted)
    if files.is_shared(settings.home / "reports"):  # the pages run as another user
        place.parent.chmod(0o2750)
        place.chmod(files.SHARED)
    if hold.note(**_progress(folder, wanted), ready_at=clock.now(), lease_until=None):
        _remove(folder)
        logs.event("reports_ready", survey=batch.survey_id, count=len(wanted))
    return count


def wanted_of(snapshot: Snapshot, chosen: Sequence[str]) -> list[Wanted]:
    """Return what a batch of these kinds holds."""
    return [one for one in kinds.wanted(snapshot) if one.kind.value in chosen]


def pack(place: Path, folder: Path, wanted: Sequence[Wanted]) -> None:
    """Write what was printed into one zip, whole or not at all; PDFs are compressed already."""
    part = place.with_name(place.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as pack:
        for one in wanted:
            file = folder / one.file_name
            if file.is_file():
                about = zipfile.ZipInfo(one.file_name, _A_FIXED_DAY)
                about.external_attr = 0o600 << 16
                about.file_size = file.stat().st_size
                with file.open("rb") as source, pack.open(about, "w") as target:
                    shutil.copyfileobj(source, target, _AT_A_TIME)
    part.replace(place)


def _progress(folder: Path, wanted: Sequence[Wanted]) -> dict[str, int]:
    missing = len(left(folder, wanted))
    bad = len(failed(folder))
    return {"done": len(wanted) - missing - bad, "failed": bad}


def _is_over(db: Session, batch: Batch, now: datetime) -> bool:
    comments = sum(listing.how_many(db, batch.survey_id).values()) if batch.comments else None
    mark = storing.mark(db, batch.survey_id) or ""
    is_old = now >= batch.asked_at + batches.KEPT
    return is_old or batches.edition(mark, comments) != batch.edition


def _is_young_letter(place: Path, now: datetime) -> bool:
    """Tell whether these are PDFs for letters that may still be sent."""
    old = (now - batches.KEPT).timestamp()
    return place.name.startswith(enclosing.FOLDER) and place.stat().st_mtime > old


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)


def _until(now: datetime) -> datetime:
    """Return when a lease runs out; its random part tells two of the same second apart."""
    return now + _PATIENCE - timedelta(microseconds=randbelow(1_000_000))
