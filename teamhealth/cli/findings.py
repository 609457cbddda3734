"""What ``teamhealth doctor`` looks at on this machine; each look is one line of its report.

The looks at mail and the database's server go over the network, with a few seconds' patience.
"""

import shutil
import socket
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from teamhealth import content, worker
from teamhealth.db import Database
from teamhealth.db.database import PAGE_SIZE
from teamhealth.instruments.checking import check
from teamhealth.keys import files
from teamhealth.mail import outbox
from teamhealth.settings import Settings

Verdict = Literal["ok", "attention", "broken"]

_SECONDS = 5
_STALE = 60
_LITTLE, _NOTHING = 1_000_000_000, 50_000_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_TOO_MUCH = stat.S_IWGRP | stat.S_IRWXO  # of what a web process with a user of its own reads
_FULL = 2
_QUIET = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}
_MAIL_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and, unless it is in order, what to do."""

    what: str
    verdict: Verdict
    told: str


def of_machine(settings: Settings) -> Iterator[Finding]:
    """Look at everything that needs no database."""
    yield _content()
    yield _base_url(settings)
    yield _disk(settings)
    yield from _keys(settings.keys)
    yield _mail(settings)
    yield _worker(settings)


def of_database(database: Database) -> Finding:
    """Look at whether the database keeps what it was told to keep."""
    with database.engine.connect() as db:

        def setting(name: str) -> str:
            question = f"PRAGMA {name}" if database.is_sqlite else f"SHOW {name}"
            return str(db.exec_driver_sql(question).scalar())

        if database.is_sqlite:
            size = setting("page_size")
            if size != str(PAGE_SIZE):
                return Finding(
                    "durability",
                    "broken",
                    f"The database has pages of {size} bytes instead of {PAGE_SIZE}, which would keep "
                    "the order of answers. Make a new one with `teamhealth init` in an empty home.",
                )
            if setting("journal_mode") != "wal" or int(setting("synchronous")) < _FULL:
                return Finding("durability", "broken", _lossy("journal_mode, synchronous"))
        for name in () if database.is_sqlite else ("fsync", "full_page_writes"):
            if setting(name) != "on":
                return Finding("durability", "broken", _lossy(name))
    return Finding("durability", "ok", "What is acknowledged is on the disk.")


def of_log(database: Database) -> Iterator[Finding]:
    """Look at what PostgreSQL would write into its own log of an answer, with the time."""
    if database.is_sqlite:
        return
    with database.engine.connect() as db:
        loud = [
            name
            for name, quiet in _QUIET.items()
            if db.exec_driver_sql(f"SHOW {name}").scalar() != quiet
        ]
    if loud:
        told = (
            f"PostgreSQL's own log may tell when answers came, or hold sealed ones ({', '.join(loud)}). "
            "Run deploy/postgresql.sql once, as docs/operating.md says."
        )
        yield Finding("database log", "attention", told)
    else:
        yield Finding("database log", "ok", "PostgreSQL's own log is told of no answer.")


def of_outbox(database: Database) -> Finding:
    """Look for letters that the mail server would not take so far."""
    with database.read() as db:
        waiting = outbox.tried_in_vain(db)
    if waiting:
        many = "1 letter was" if waiting == 1 else f"{waiting} letters were"
        told = "Look at the mail server's log for the reason; they are tried again."
        return Finding("letters", "attention", f"{many} tried in vain. {told}")
    return Finding("letters", "ok", "No letter was tried in vain.")


def _lossy(name: str) -> str:
    return (
        f"The database may lose acknowledged answers when the power fails ({name}). "
        "Set it to its safe value; keys are destroyed right after a count."
    )


def _content() -> Finding:
    faults = check(content.folder("surveys") / "ipnb")
    if faults:
        told = f"{len(faults)} faults; `teamhealth content check` lists them."
        return Finding("content", "broken", told)
    return Finding("content", "ok", "The questionnaire is in order.")


def _base_url(settings: Settings) -> Finding:
    if not settings.seals_in_browsers:
        return Finding(
            "address",
            "broken",
            f"TEAMHEALTH_BASE_URL is {settings.base_url}: browsers seal answers only under https. "
            "Put a proxy with a certificate in front, and set the https address.",
        )
    if urlsplit(settings.base_url).scheme != "https":
        told = (
            f"{settings.base_url} works on this machine only; set an https address for others."
        )
        return Finding("address", "attention", told)
    return Finding("address", "ok", f"People reach us at {settings.base_url}.")


def _disk(settings: Settings) -> Finding:
    if not settings.home.is_dir():
        told = f"{settings.home} does not exist; run `teamhealth init`."
        return Finding("disk", "broken", told)
    free = shutil.disk_usage(settings.home).free
    verdict: Verdict = "ok" if free > _LITTLE else "attention" if free > _NOTHING else "broken"
    told = f"{free / 1e9:.1f} GB are free at {settings.home}."
    return Finding("disk", verdict, told + ("" if verdict == "ok" else " Make room there."))


def _keys(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        told = f"{folder} does not exist: this machine makes no keys and counts nothing."
        yield Finding("key files", "attention", f"{told} `teamhealth init` creates it.")
        return
    web = folder / "issuers"
    shared = web.is_dir() and files.is_shared(web)
    of_web = frozenset((folder, web, *web.rglob("*"))) if shared else frozenset()
    loose = [
        place
        for place in (folder, *folder.rglob("*"))
        if place.stat().st_mode & (_TOO_MUCH if place in of_web else _OTHERS)
    ]
    if loose:
        told = f"Others may read {loose[0]}; run `chmod -R go= {folder}`, and ask who did."
        yield Finding("key files", "broken", told)
    elif shared:
        told = "Their group may read the signing keys, and nobody but this user the others."
        yield Finding("key files", "ok", told)
    else:
        yield Finding("key files", "ok", "Nobody but this user may read the keys.")


def _mail(settings: Settings) -> Finding:
    url = urlsplit(settings.mail_url)
    if url.scheme == "file":
        told = f"Letters are written to {settings.mail_url.removeprefix('file:')}, not sent."
        return Finding("mail", "attention", f"{told} Set TEAMHEALTH_MAIL_URL to smtps://…")
    if url.scheme not in _MAIL_PORTS or not url.hostname:
        told = "TEAMHEALTH_MAIL_URL is not file:DIR, smtp://… or smtps://…; correct it."
        return Finding("mail", "broken", told)
    try:
        place = (url.hostname, url.port or _MAIL_PORTS[url.scheme])
        socket.create_connection(place, timeout=_SECONDS).close()
    except OSError as fault:
        told = f"The mail server {url.hostname} does not answer ({fault}); letters wait in the outbox."
        return Finding("mail", "broken", told)
    return Finding("mail", "ok", f"The mail server {url.hostname} answers.")


def _worker(settings: Settings) -> Finding:
    pulse = worker.pulse(settings)
    if not pulse.exists():
        told = "No worker ran here yet; start `teamhealth serve` or `teamhealth worker`."
        return Finding("worker", "attention", told)
    age = time.time() - pulse.stat().st_mtime
    if age > _STALE:
        told = f"The worker last swept {age / 60:.0f} minutes ago; start it again."
        return Finding("worker", "attention", told)
    return Finding("worker", "ok", "The worker sweeps.")
