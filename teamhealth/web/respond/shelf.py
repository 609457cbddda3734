"""What the door knows of each survey, re-read from the database every two seconds.

Promise: a survey that closes, is extended or loses its keys shows so within two
seconds in every process; nothing is shown that another process has changed since.
Messages do not rely on this: they ask the database each time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns.models import PinnedFile, Survey
from teamhealth.db import Database
from teamhealth.web.respond.addresses import PREFIX, Thing
from teamhealth.web.respond.ready import Ready

SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One survey as it stood a moment ago, with the answers made from that.

    ``survey`` belongs to no session and is only read. ``files`` are the addresses of
    the pinned files by name. ``made`` is filled as answers are asked for.
    """

    survey: Survey
    files: dict[str, str]
    until: float
    made: dict[tuple[Thing, str], Ready] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """What the answers depend on; all else of an open survey is pinned."""
        survey = self.survey
        return (survey.state, survey.closes_at, survey.trouble, survey.fingerprint)


class Shelf:
    """Surveys by id, each at most two seconds old. ``ticks`` counts seconds, from anywhere."""

    def __init__(self, database: Database, *, ticks: Callable[[], float]) -> None:
        self._database = database
        self._ticks = ticks
        self._standing: dict[str, Standing] = {}

    def at_hand(self, survey_id: str) -> Standing | None:
        """Return the survey if it was read less than two seconds ago; asks no database."""
        known = self._standing.get(survey_id)
        return known if known and self._ticks() < known.until else None

    def look_up(self, survey_id: str) -> Standing | None:
        """Return the survey as it stands, or None if there is none of that id."""
        if known := self.at_hand(survey_id):
            return known
        with self._database.read() as db:
            survey = db.get(Survey, survey_id)
            if survey is None:
                self._standing.pop(survey_id, None)
                return None
            new = Standing(survey, _files(db, survey_id), self._ticks() + SECONDS)
        old = self._standing.get(survey_id)
        if old and old.key == new.key:
            new = replace(new, made=old.made)
        self._standing[survey_id] = new
        return new


def file_address(digest: str, name: str) -> str:
    """Return the address of a script or style sheet by the SHA-256 of its bytes, in hex."""
    return f"{PREFIX}_s/{digest}/{name}"


def _files(db: Session, survey_id: str) -> dict[str, str]:
    rows = db.execute(
        select(PinnedFile.name, PinnedFile.digest).where(PinnedFile.survey_id == survey_id)
    )
    return {row.name: file_address(row.digest, row.name) for row in rows}
