"""Taking a survey in hand, so that of many workers one does the work.

Promise: whoever lost the lease, because it took too long or was thought dead, stores
nothing. A killed worker's lease runs out by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow

from sqlalchemy.orm import Session

from teamhealth import clock
from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.db import Database
from teamhealth.errors import TeamHealthError, UnavailableError

PATIENCE = timedelta(minutes=5)
"""After so long without a sign of life another worker may take over."""


class LeaseLostError(UnavailableError):
    """Another worker took over, or somebody decided otherwise; nothing was stored."""


@dataclass
class Lease:
    """One survey in one worker's hand, while it is in one of ``states``."""

    database: Database
    survey_id: str
    states: tuple[State, ...]
    until: datetime

    def hold(self, db: Session) -> Survey:
        """Return the survey, locked until the end of the transaction.

        Raises LeaseLostError if it is no longer ours or no longer in its state.
        """
        survey = lookup.survey(db, self.survey_id, lock=True)
        if survey.lease_until != self.until or survey.state not in self.states:
            raise LeaseLostError(
                f"Another worker has taken survey {self.survey_id} over, or its state was changed. "
                "Nothing was stored."
            )
        return survey

    def renew(self) -> None:
        """Give a sign of life; LeaseLostError as ``hold``."""
        with self.database.write() as db:
            survey = self.hold(db)
            survey.lease_until = until = _until(clock.now())
            db.commit()
        self.until = until


@contextmanager
def leased(database: Database, survey_id: str, *states: State) -> Iterator[Lease | None]:
    """Take a survey in hand; None if it is in no such state or in another worker's hand.

    After an unexpected fault the lease is left to run out, so that a fault that will
    come again is not met every few seconds.
    """
    lease = _take(database, survey_id, states)
    if lease is None:
        yield None
        return
    try:
        yield lease
    except Exception as fault:
        if isinstance(fault, TeamHealthError):
            _release(lease)
        raise
    except BaseException:
        _release(lease)
        raise
    _release(lease)


def _take(database: Database, survey_id: str, states: tuple[State, ...]) -> Lease | None:
    now = clock.now()
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        if survey.state not in states or (survey.lease_until and survey.lease_until > now):
            return None
        survey.lease_until = until = _until(now)
        db.commit()
    return Lease(database, survey_id, states, until)


def _until(now: datetime) -> datetime:
    """Return when a lease runs out; its random part tells two of the same second apart."""
    return now + PATIENCE - timedelta(microseconds=randbelow(1_000_000))


def _release(lease: Lease) -> None:
    with lease.database.write() as db:
        survey = lookup.survey(db, lease.survey_id, lock=True)
        if survey.lease_until == lease.until:
            survey.lease_until = None
            db.commit()
