"""Waiting for a worker that has taken the same survey in hand a moment earlier.

A server's worker sweeps every few seconds. So it may be the one that makes the keys or
counts; the command then waits for the outcome instead of ending too early.
"""

import time
from collections.abc import Callable

from teamhealth import clock
from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import State
from teamhealth.db import Database

_PAUSE = 0.2


def settled(
    database: Database, survey_id: str, work: Callable[[], State], *, unless: State
) -> State:
    """Do ``work`` until the survey has left the state ``unless`` or nobody else is at it.

    Return its state then.
    """
    state = work()
    while state is unless:
        with database.read() as db:
            survey = lookup.survey(db, survey_id)
            state, lease = survey.state, survey.lease_until
        if lease is None or lease <= clock.now():
            return state
        time.sleep(_PAUSE)
        state = work()
    return state
