"""After the end of a survey: the result is read back, keys are destroyed, deleted rows leave the disk.

The same for a counted and for a cancelled survey. Each step may be repeated; the survey
asks for them until the last one is done.
"""

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete

from teamhealth import clock, logs
from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import Participation, PinnedFile, State, TrusteeTray
from teamhealth.cells.canonical import digest
from teamhealth.db import Database, open_database
from teamhealth.errors import UnavailableError
from teamhealth.invitations import inviting
from teamhealth.jobs import leasing, places, telling, waiting
from teamhealth.jobs.scrubbing import scrub
from teamhealth.keys import destroying
from teamhealth.responses import boxes
from teamhealth.settings import Settings
from teamhealth.snapshots import storing

OVER = (State.COUNTED, State.PUBLISHED, State.CANCELLED)
"""The states in which a survey needs nothing of what it was made of any more."""

KEYLESS = (*OVER, State.AWAITING_TRUSTEE)
"""The states in which a survey needs no key of this service any more."""


def finish(
    database: Database,
    settings: Settings,
    survey_id: str,
    *,
    on_step: Callable[[str], None] = lambda _name: None,
) -> None:
    """Do what is left to do after a survey was counted, cancelled or handed to its trustee.

    ``on_step`` is told ``checked`` (the stored result was read on a new connection and
    written as a file), ``emptied`` (a cancelled survey's answers were deleted and
    letters queued) or ``boxed`` (the trustee's file was written), then ``destroyed`` (the keys) and ``scrubbed``.
    """
    with leasing.leased(database, survey_id, *KEYLESS) as lease:
        if lease is None:
            return
        with database.read() as db:
            survey = lookup.survey(db, survey_id)
            wanted, state = survey.needs_scrubbing, survey.state
        if not wanted:
            return
        if state is State.AWAITING_TRUSTEE:
            box_file(database, settings, survey_id)
            on_step("boxed")
        elif state is State.CANCELLED:
            _empty(lease)
            on_step("emptied")
        else:
            _check(database, settings, survey_id)
            on_step("checked")
        destroy_keys(database, settings, survey_id)
        if state is not State.AWAITING_TRUSTEE:
            waiting.remove_box(settings, survey_id)
        on_step("destroyed")
        if scrub(database):
            _done(lease)
            on_step("scrubbed")
            logs.event("survey_scrubbed", survey=survey_id)


def destroy_keys(database: Database, settings: Settings, survey_id: str) -> None:
    """Destroy a survey's keys if they are on this machine."""
    if places.has_keys(database, settings) and destroying.destroy(settings.keys, survey_id):
        logs.event("keys_destroyed", survey=survey_id)


def box_file(database: Database, settings: Settings, survey_id: str) -> None:
    """Write the file for the trustee on the machine with the keys, unless it is there."""
    if places.has_keys(database, settings):
        waiting.ensure_box(database, settings, survey_id)


def write_file(settings: Settings, survey_id: str, body: bytes) -> Path:
    """Keep a snapshot as a file, too: ``snapshots/<survey>.json`` in the home folder."""
    path = settings.home / "snapshots" / f"{survey_id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    return path


def _check(database: Database, settings: Settings, survey_id: str) -> None:
    """Read the result as somebody else would; the keys die only after this."""
    fresh = open_database(database.engine.url.render_as_string(hide_password=False))
    try:
        with fresh.read() as db:
            body = storing.body(db, survey_id)
    finally:
        fresh.close()
    if digest(write_file(settings, survey_id, body).read_bytes()) != digest(body):
        raise UnavailableError(
            f"The file of the result of survey {survey_id} could not be written whole; its keys were "
            "not destroyed. Make room on the disk; it is tried again."
        )


def _empty(lease: leasing.Lease) -> None:
    """Tell everybody and delete every answer unread, in one transaction, once."""
    with lease.database.write() as db:
        survey = lease.hold(db)
        telling.tell_cancelled(db, survey, at=clock.now())
        boxes.destroy(db, survey.id)
        inviting.forget(db, survey.id)
        for kind in (Participation, PinnedFile, TrusteeTray):
            db.execute(delete(kind).where(kind.survey_id == survey.id))
        db.commit()


def _done(lease: leasing.Lease) -> None:
    with lease.database.write() as db:
        lease.hold(db).needs_scrubbing = False
        db.commit()
