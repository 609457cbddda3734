"""The close: from ``open`` to ``counted``, once, and whatever happens meanwhile.

Where a trustee counts, it ends in ``awaiting_trustee`` (``waiting``).

Promise: every acknowledged response is counted once or, if the survey is cancelled,
destroyed unread; nothing is deleted but what was counted; killed anywhere, a rerun ends
in the same state.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from secrets import SystemRandom, token_bytes

from teamhealth import __version__, clock, logs
from teamhealth.campaigns import deciding, lookup
from teamhealth.campaigns.models import State
from teamhealth.db import Database
from teamhealth.errors import AuditFailedError, KeysMissingError
from teamhealth.jobs import alarming, finishing, leasing, places, recording, waiting
from teamhealth.jobs.charters import charter_of
from teamhealth.jobs.watching import box_of
from teamhealth.keys import destroying
from teamhealth.responses import boxes
from teamhealth.results import fanning
from teamhealth.results.count import count
from teamhealth.results.counted_list import filled
from teamhealth.settings import Settings

PATIENCE = timedelta(days=14)
"""How long a box waits for code that can count it; then it is destroyed unopened."""

LOST = "The keys of this survey were lost, so that nobody can open the answers any more."
FAILED = "The answers could not be counted within fourteen days without risking anonymity."
"""Reasons that everybody invited is told."""

Step = Callable[[str], None]


def close(
    database: Database,
    settings: Settings,
    survey_id: str,
    *,
    on_step: Step = lambda _name: None,
    version: str = __version__,
) -> State:
    """Close a survey, count it where this machine has its keys, and return its state then.

    ``on_step`` is told what was done: ``closing``, ``counting`` (about to), ``counted``, ``storing`` (all but the
    commit), ``stored``, then as ``finishing.finish``; with a trustee ``entrusting`` and
    ``entrusted`` in place of the middle four. If another worker is at it, ``closing`` is returned.

    Raises AuditFailedError, and stores no result, if the audit objects; HR is written to,
    and the same ``version`` does not try again.
    """
    if _stop(database, survey_id):
        on_step("closing")
    with leasing.leased(database, survey_id, State.CLOSING) as lease:
        if lease is not None:
            _close(lease, settings, on_step, version)
    finishing.finish(database, settings, survey_id, on_step=on_step)
    with database.read() as db:
        return lookup.survey(db, survey_id).state


def _stop(database: Database, survey_id: str) -> bool:
    """Let no further answer in; False if that was done before. Waits for those being stored."""
    with database.write() as db:
        if lookup.survey(db, survey_id, lock=True).state is not State.OPEN:
            return False
        deciding.close_now(db, survey_id, now=clock.now())
        db.commit()
    logs.event("survey_closing", survey=survey_id)
    return True


def _close(lease: leasing.Lease, settings: Settings, on_step: Step, version: str) -> None:
    with lease.database.read() as db:
        survey = lookup.survey(db, lease.survey_id)
        trusted = survey.trustee is not None
        overdue = bool(survey.closed_at and clock.now() >= survey.closed_at + PATIENCE)
        refused_before = survey.trouble == _objection(version)
    if trusted:
        waiting.begin(lease, on_step=on_step)
        return
    if overdue:
        _cancel(lease, FAILED)
        return
    if refused_before or not places.has_keys(lease.database, settings):
        return
    try:
        on_step("counting")
        counted = _count(lease, settings, version)
    except KeysMissingError:
        _lost(lease, settings)
        return
    except AuditFailedError:
        _object(lease, version)
        raise
    on_step("counted")
    recording.record(lease, counted, on_step=on_step)
    on_step("stored")
    logs.event("survey_counted", survey=lease.survey_id)


def _count(lease: leasing.Lease, settings: Settings, version: str) -> recording.Counted:
    """Count what lies in the box.

    It reads in a transaction that nobody waits for; no answer comes in any more.
    """
    with lease.database.read() as db:
        survey = lookup.survey(db, lease.survey_id)
        box = box_of(survey, settings)
        charter = charter_of(db, survey, version=version)
        rows = _with_signs_of_life(lease, boxes.boxes(db, survey.id))
        shuffle, many = SystemRandom().shuffle, fanning.worth_starting()
        result = count(rows, box, charter, shuffle=shuffle, processes=many)
    listed = filled(result.snapshot, result.nonce_hashes, token_bytes)
    return recording.Counted(result.snapshot, result.comments, listed, result.rows)


def _with_signs_of_life(
    lease: leasing.Lease, groups: Iterator[tuple[str, Iterator[boxes.Row]]]
) -> Iterator[tuple[str, Iterator[boxes.Row]]]:
    """Give a sign of life from time to time while rows are read, and before all that comes then."""
    for group, rows in groups:
        yield group, _each(lease, rows)
    if clock.now() > lease.until - leasing.PATIENCE * 0.9:
        lease.renew()


def _each(lease: leasing.Lease, rows: Iterator[boxes.Row]) -> Iterator[boxes.Row]:
    for row in rows:
        if clock.now() > lease.until - leasing.PATIENCE / 2:
            lease.renew()
        yield row


def _objection(version: str) -> str:
    return (
        f"Version {version} counted this survey and its audit objected: showing the result could "
        "have put anonymity at risk. Nothing was stored, and the answers are still sealed. A "
        "corrected version counts them by itself; without one they are destroyed unread fourteen "
        "days after the close."
    )


def _object(lease: leasing.Lease, version: str) -> None:
    with lease.database.write() as db:
        survey = lease.hold(db)
        survey.trouble = _objection(version)
        survey.trouble_since = survey.trouble_since or clock.now()
        until = (survey.closed_at or clock.now()) + PATIENCE
        alarming.tell_hr(db, survey, until=until, at=clock.now())
        db.commit()
    logs.event("audit_failed", level=logging.ERROR, survey=lease.survey_id)


def _lost(lease: leasing.Lease, settings: Settings) -> None:
    """Cancel a survey whose box nobody can open, unless its keys may be on another machine."""
    logs.event("keys_missing", survey=lease.survey_id)
    if lease.database.is_sqlite or lease.survey_id in destroying.surveys(settings.keys):
        _cancel(lease, LOST)
        return
    with lease.database.write() as db:
        survey = lease.hold(db)
        survey.trouble = "The key that opens this survey's answers is not on this machine."
        survey.trouble_since = survey.trouble_since or clock.now()
        db.commit()


def _cancel(lease: leasing.Lease, reason: str) -> None:
    with lease.database.write() as db:
        lease.hold(db)
        deciding.cancel(db, lease.survey_id, reason=reason, now=clock.now()).lease_until = None
        db.commit()
    logs.event("survey_cancelled", survey=lease.survey_id)
