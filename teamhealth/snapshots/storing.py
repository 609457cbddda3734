"""Storing a survey's snapshot once, and reading it back as it was stored.

Promise: there is no function here that changes one.
"""

import hashlib
import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.cells.canonical import digest
from teamhealth.cells.model import Snapshot
from teamhealth.cells.plain import from_plain, written
from teamhealth.errors import NotFoundError, UnavailableError
from teamhealth.snapshots.models import StoredSnapshot


def store(db: Session, snapshot: Snapshot, *, at: datetime) -> str:
    """Insert a survey's snapshot and return its digest (SHA-256, hex).

    The database refuses a second one of the same survey (IntegrityError).
    """
    body = written(snapshot)
    stored = StoredSnapshot(
        survey_id=snapshot.survey.id, digest=digest(body), body=body, counted_at=at
    )
    db.add(stored)
    db.flush()
    return stored.digest


def load(db: Session, survey_id: str) -> Snapshot:
    """Return a survey's snapshot; NotFoundError and UnavailableError as ``body``."""
    return from_plain(json.loads(body(db, survey_id)))


def mark(db: Session, survey_id: str) -> str | None:
    """Return what is printed of a survey's snapshot to know it again; None if it is not counted.

    Not its digest: of a small group's snapshot a reader knows all but a few small numbers,
    and would find these by trying which fit the digest.
    """
    row = db.execute(
        select(StoredSnapshot.salt, StoredSnapshot.digest).where(
            StoredSnapshot.survey_id == survey_id
        )
    ).one_or_none()
    return hashlib.sha256(row.salt + bytes.fromhex(row.digest)).hexdigest() if row else None


def body(db: Session, survey_id: str) -> bytes:
    """Return the canonical JSON of a survey's snapshot.

    Raises NotFoundError if it is not counted, UnavailableError if the stored bytes are
    not those that were stored: nothing of them is shown.
    """
    stored = db.get(StoredSnapshot, survey_id)
    if stored is None:
        raise NotFoundError(
            f"Survey {survey_id} has no result: it is not counted. Nothing was written."
        )
    if digest(stored.body) != stored.digest:
        raise UnavailableError(
            f"The stored result of survey {survey_id} was changed or damaged: its digest does not "
            "fit. Nothing of it is shown; restore it from a backup (`teamhealth restore`)."
        )
    return stored.body
