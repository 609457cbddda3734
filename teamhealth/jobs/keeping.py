"""Backup and restore: everything that was promised to be kept, and nothing that was promised to die.

Promise: a backup holds no sealed response, no invitation, no letter and no key. So a
restore cannot go on with a survey that was running: it is cancelled.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import String, Table, column, exists, insert, inspect, select, table, update
from sqlalchemy.orm import Session

from teamhealth import __version__, clock, logs
from teamhealth.accounts import models as accounts
from teamhealth.campaigns import models as campaigns
from teamhealth.campaigns import released
from teamhealth.campaigns.models import State, Survey
from teamhealth.conversations import models as conversations
from teamhealth.db import Base, Database
from teamhealth.errors import RefusedError, TeamHealthError
from teamhealth.invitations import models as invitations
from teamhealth.jobs import finishing, rows
from teamhealth.mail import models as mail
from teamhealth.responses import models as responses
from teamhealth.roster import models as roster
from teamhealth.settings import Settings
from teamhealth.snapshots import models as snapshots
from teamhealth.snapshots import storing

FORMAT = 1
MORTAL = frozenset(
    {
        "sealed_response",
        "invitation",
        "spare_seat",
        "letter",
        "participation",
        "pinned_file",
        "desk_session",
        "set_up_link",
        "api_token",
        "sign_in_try",
        "trustee_tray",
        "batch",
    }
)
"""Tables whose rows die with their survey or by their own date; they are never backed up.

Of tokens for programs so that no backup brings back one that was ended since.
"""

RESTORED = (
    "This survey was running when the backup was made that has since been restored. "
    "Answers given before and after are gone; nobody has read them."
)
"""The reason for its end, as told to whoever asks."""

_ROOMS = (
    roster,
    mail,
    accounts,
    campaigns,
    released,
    invitations,
    responses,
    snapshots,
    conversations,
)  # all that have tables
_ABOUT = "backup.json"
_AT_A_TIME = 500
_ENDED = (State.COUNTED, State.PUBLISHED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought back. ``cancelled`` are ids and titles of surveys that were running."""

    made: str
    surveys: int
    cancelled: tuple[tuple[str, str], ...]

    def lines(self) -> Iterator[str]:
        """Tell it in words, with what is left to do for people."""
        yield f"The backup of {self.made} is restored: {self.surveys} surveys, their results, the roster."
        for name, title in self.cancelled:
            yield (
                f"“{title}” ({name}) was running then. It is cancelled, its links and sealed answers are "
                "gone; please tell those who were invited, and launch it again."
            )


def kept() -> list[Table]:
    """Return the tables of a backup, each after those it points at."""
    return [each for each in Base.metadata.sorted_tables if each.name not in MORTAL]


def backup(database: Database, settings: Settings, file: Path) -> int:
    """Write everything that is kept into ``file``, whole or not at all; return the number of rows.

    All tables are read as of one moment, while the service runs on. It is one zip for
    both databases, readable by its owner alone: it holds the roster and all results.
    """
    del settings  # keys and outbox are on purpose not in it
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    count = 0
    with _as_of_now(database) as db, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as pack:
        about = {
            "format": FORMAT,
            "version": __version__,
            "schema": _schema(db),
            "made": clock.now().isoformat(),
        }
        pack.writestr(_ABOUT, json.dumps(about))
        for each in kept():
            with pack.open(_member(each), "w") as lines:
                for row in _rows(db, each):
                    lines.write(
                        json.dumps(rows.to_plain(row), ensure_ascii=False).encode() + b"\n"
                    )
                    count += 1
    new.replace(file)
    logs.event("backup_written", count=count)
    return count


def restore(database: Database, settings: Settings, file: Path) -> Restored:
    """Fill an empty installation from a backup, whole or not at all, and cancel what was running.

    Raises RefusedError if the installation is not empty or the backup was made by a
    version with other tables, TeamHealthError if the file is none of ours or damaged.
    """
    try:
        with zipfile.ZipFile(file) as pack, database.write() as db:
            about = json.loads(pack.read(_ABOUT))
            _require_fit(db, about)
            for each in kept():
                _fill(db, each, pack)
            found = _settle(db)
            bodies = {
                name: storing.body(db, name)
                for name in db.scalars(select(snapshots.StoredSnapshot.survey_id))
            }
            db.commit()
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise TeamHealthError(
            f"{file.name} cannot be restored ({type(fault).__name__}): it is no backup of Team "
            "Health, or it is damaged. Nothing was stored; try another backup."
        ) from None
    for name, body in bodies.items():
        finishing.write_file(settings, name, body)
    logs.event("restored", count=found[0])
    return Restored(about["made"], *found)


def _as_of_now(database: Database) -> Session:
    """Open a session that sees one moment, on both databases."""
    engine = database.engine
    if not database.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    return Session(engine)


def _member(each: Table) -> str:
    return f"tables/{each.name}.jsonl"


def _rows(db: Session, each: Table) -> Iterator[Any]:
    # Groups by path, because a group can only be stored after the one above it.
    order = [each.c.path] if each is roster.Group.__table__ else list(each.primary_key)
    yield from db.execute(select(each).order_by(*order).execution_options(yield_per=_AT_A_TIME))


def _schema(db: Session) -> list[str]:
    if not inspect(db.connection()).has_table("alembic_version"):
        return []
    chosen = select(column("version_num", String)).select_from(table("alembic_version"))
    return sorted(db.scalars(chosen))


def _require_fit(db: Session, about: dict[str, Any]) -> None:
    if about["format"] != FORMAT or about["schema"] != _schema(db):
        raise RefusedError(
            f"This backup was made by version {about['version']}, whose tables differ from those of "
            f"version {__version__}. Nothing was stored. Install that version, restore there, then upgrade."
        )
    for each in Base.metadata.sorted_tables:
        if each is accounts.SetUpLink.__table__:
            continue  # `init` has just made the first one; it is void once accounts are restored
        if db.scalar(select(exists().select_from(each))):
            raise RefusedError(
                "This installation is not empty. Nothing was stored. A backup is restored into a new "
                "home and a new database (`teamhealth init` makes them)."
            )


def _fill(db: Session, each: Table, pack: zipfile.ZipFile) -> None:
    with pack.open(_member(each)) as lines:
        while some := [json.loads(line) for line in islice(lines, _AT_A_TIME)]:
            db.execute(insert(each), [rows.from_plain(each, plain) for plain in some])


def _settle(db: Session) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Cancel what was running; return the number of surveys, and ids and titles of those."""
    surveys = db.execute(select(Survey.id, Survey.title, Survey.state)).all()
    running = [row for row in surveys if row.state not in _ENDED]
    db.execute(
        update(released.Release).values(tells_at=None)
    )  # what was told is not told again
    db.execute(update(Survey).values(lease_until=None, to_tell="", needs_scrubbing=False))
    for row in running:
        db.execute(
            update(Survey)
            .where(Survey.id == row.id)
            .values(state=State.CANCELLED, trouble=RESTORED, trouble_since=None)
        )
    return len(surveys), tuple((row.id, row.title) for row in running)
