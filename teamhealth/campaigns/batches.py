"""All reports of a survey, wished for by HR and printed by the worker: the wish, its files, its end.

Promise: a batch is given out only while it is what would be printed now; once a comment
that it may hold was taken back, it is not.
"""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth import __version__
from teamhealth.campaigns.released import Batch
from teamhealth.errors import NotFoundError

KEPT = timedelta(days=7)
"""So long after it was wished for a batch is deleted."""


def folder(home: Path, survey_id: str) -> Path:
    """Return where a survey's printed reports lie."""
    return home / "reports" / survey_id


def zip_of(home: Path, batch: Batch) -> Path:
    """Return where a finished batch lies."""
    return folder(home, batch.survey_id) / f"{batch.id}.zip"


def edition(mark: str, comments: int | None, *what: str) -> str:
    """Return what tells prints of a survey apart that would differ.

    ``mark`` is that of the result, ``comments`` how many it lists, None where none are printed.
    """
    told = (__version__, mark, str(comments), *what)
    return hashlib.sha256("|".join(told).encode()).hexdigest()[:32]


def ask(
    db: Session,
    survey_id: str,
    *,
    language: str,
    kinds: Sequence[str],
    comments: bool,
    edition: str,
    total: int,
    now: datetime,
) -> Batch:
    """Wish for a batch; the same that is there already, printed or under way, is given instead."""
    for other in of(db, survey_id):
        same = (other.language, other.kinds, other.comments, other.edition)
        if same == (language, list(kinds), comments, edition):
            return other
    batch = Batch(
        survey_id=survey_id,
        language=language,
        kinds=list(kinds),
        comments=comments,
        edition=edition,
        total=total,
        asked_at=now,
    )
    db.add(batch)
    db.flush()
    return batch


def of(db: Session, survey_id: str) -> Sequence[Batch]:
    """Return a survey's batches, the newest first."""
    return db.scalars(
        select(Batch)
        .where(Batch.survey_id == survey_id)
        .order_by(Batch.asked_at.desc(), Batch.id)
    ).all()


def find(db: Session, survey_id: str, batch_id: uuid.UUID) -> Batch:
    """Return a batch of a survey; NotFoundError for any other."""
    found = db.get(Batch, batch_id)
    if found is None or found.survey_id != survey_id:
        raise NotFoundError(
            "There are no such reports; they are deleted after a week. Nothing was changed. "
            "Have them printed again."
        )
    return found
