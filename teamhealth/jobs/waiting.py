"""From ``closing`` to ``awaiting_trustee``: the box is made ready for whoever alone can open it.

Promise: how many stamps were given is written down and everything that leads to a
person is deleted, in one transaction; the answers stay as they are. A file for the
trustee can be written again at any time until the result has come, and only the
trustee can open it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from teamhealth import __version__, clock, logs
from teamhealth.campaigns import entrusting, lookup
from teamhealth.campaigns.models import PinnedFile, Survey
from teamhealth.db import Database
from teamhealth.invitations import inviting
from teamhealth.invitations.models import Invitation
from teamhealth.jobs import leasing
from teamhealth.jobs.charters import charter_of
from teamhealth.keys import files
from teamhealth.responses import boxes
from teamhealth.settings import Settings
from teamhealth.trustee import contents, sealing
from teamhealth.trustee.contents import About, Place


def begin(lease: leasing.Lease, *, on_step: Callable[[str], None]) -> None:
    """Hand a closed survey over to its trustee; ``on_step`` is told ``entrusting`` (all but the commit) and ``entrusted``."""
    with lease.database.write() as db:
        survey = lease.hold(db)
        entrusting.await_result(db, survey, _issued(db, survey.id), now=clock.now())
        inviting.forget(db, survey.id)
        db.execute(delete(PinnedFile).where(PinnedFile.survey_id == survey.id))
        survey.needs_scrubbing = True
        survey.lease_until = None
        db.flush()
        on_step("entrusting")
        db.commit()
    on_step("entrusted")
    logs.event("survey_entrusted", survey=lease.survey_id)


def ensure_box(database: Database, settings: Settings, survey_id: str) -> None:
    """Write the file for the trustee unless it is there."""
    place = entrusting.box_place(settings, survey_id)
    if not place.exists():
        files.make_folder(place.parent)
        write_box(database, survey_id, place)
        files.sync(place.parent)


def write_box(database: Database, survey_id: str, place: Path) -> None:
    """Write the file for the trustee, whole or not at all, a few hundred rows at a time.

    Raises RefusedError unless the survey waits for its trustee.
    """
    new = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with (
            database.read() as db,
            os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            if files.is_shared(place.parent):  # with a web process that runs as another user
                os.fchmod(file.fileno(), files.SHARED)
            survey = lookup.survey(db, survey_id)
            about = _about(db, survey)
            lines, size = contents.lines(about, boxes.boxes(db, survey_id), _seats(db, survey))
            who = entrusting.trustee_of(survey)
            for piece in sealing.seal(
                lines, who.box, survey_id, size=size, key=token_bytes(32)
            ):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def with_boxes(settings: Settings) -> frozenset[str]:
    """Return the ids of all surveys that have a file for a trustee on this machine."""
    found = entrusting.box_place(settings, "any").parent.glob("*.box")
    return frozenset(place.stem for place in found)


def remove_box(settings: Settings, survey_id: str) -> None:
    """Remove the file for the trustee; what is not there is no fault."""
    entrusting.box_place(settings, survey_id).unlink(missing_ok=True)


def _issued(db: Session, survey_id: str) -> dict[str, int]:
    rows = db.execute(
        select(Invitation.group_id, func.count().label("used"))
        .where(Invitation.survey_id == survey_id, Invitation.blinded_hash.is_not(None))
        .group_by(Invitation.group_id)
    )
    return {row.group_id: row.used for row in rows}


def _about(db: Session, survey: Survey) -> About:
    issued = entrusting.require_awaited(db, survey).issued or {}
    charter = charter_of(db, survey, version=__version__)
    groups = lookup.groups_of(db, survey)
    return About(
        manifest=(survey.manifest or b"").decode(),
        instrument=(survey.instrument or b"").decode(),
        facts=charter.survey,
        places=[
            Place(
                id=group.group_id,
                parent=group.parent_id,
                path=group.path,
                name=group.name,
                people=group.people,
                leaf=group.leaf,
                issued=issued.get(group.group_id, 0),
            )
            for group in groups
        ],
        previous=charter.previous,
    )


def _seats(db: Session, survey: Survey) -> int:
    return sum(group.invited + group.spare for group in lookup.groups_of(db, survey))
