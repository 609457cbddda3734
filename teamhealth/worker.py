"""The background worker: Huey is its clock, ``jobs.sweeping`` its work, the database its queue.

Every few seconds a sweep does whatever is due. All that waits to be done is state in the
database; a message of Huey says no more than "sweep now", and losing one costs nothing.
Several workers may run, on several machines: each machine sweeps for itself, because only
the one with the keys can make keys and count.
"""

import hashlib
import json
import logging
import os
import signal
import socket
import sqlite3
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.consumer import Consumer, Scheduler
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from teamhealth import logs
from teamhealth.db import Database
from teamhealth.errors import SettingsError, UnavailableError
from teamhealth.jobs.sweeping import sweep
from teamhealth.settings import Settings

EVERY = 5
"""Seconds between two sweeps of a machine."""

_LAST_WORDS = 30
"""Seconds a sweep gets to end when the worker is asked to stop; killed, it is repeated later."""

_HEALTH = 10


def pulse(settings: Settings) -> Path:
    """Return the file that the worker of this machine touches after each sweep."""
    return settings.home / "worker.pulse"


def run(settings: Settings, database: Database, *, companion_of: int = 0) -> None:
    """Sweep until SIGTERM or SIGINT, or until the process ``companion_of`` is no longer our parent.

    Raises SettingsError for a queue that cannot be used.
    """
    _listen_to_huey()
    huey = _queue(settings)
    _Sweep(settings, database).register(huey)
    consumer = _Consumer(
        huey, workers=1, max_delay=1.0, shutdown_timeout=_LAST_WORDS, graceful_signal="TERM"
    )
    consumer.start()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    seconds = 0
    while not stop.wait(1) and companion_of in (0, os.getppid()):
        seconds += 1
        if seconds % _HEALTH == 0:
            consumer.check_worker_health()
    consumer.stop(graceful=True)


@dataclass(frozen=True)
class _Sweep:
    settings: Settings
    database: Database

    def register(self, huey: Huey) -> None:
        # A message older than a sweep's turn is dropped: after a long count one sweep is enough.
        huey.periodic_task(lambda _now: True, name="sweep", expires=EVERY)(self.once)

    def once(self) -> None:
        try:
            sweep(self.database, self.settings)
        except Exception as fault:  # noqa: BLE001  (whatever it was, the next sweep tries again)
            logs.event("sweep_failed", level=logging.ERROR, problem=type(fault).__name__)
        pulse(self.settings).touch()


class _Clock(Scheduler):
    periodic_task_seconds = EVERY


class _Consumer(Consumer):
    scheduler_class = _Clock


class _Words(Serializer):
    """Messages as JSON: Huey's own pickles would run whatever somebody wrote into the queue."""

    def _serialize(self, data: Message) -> bytes:
        expires = data.expires_resolved
        words = [data.id, data.name, expires.isoformat() if expires else None]
        return json.dumps(words).encode()

    def _deserialize(self, data: bytes) -> Message:
        name, task, expires = json.loads(bytes(data))
        until = datetime.fromisoformat(expires) if expires else None
        return Message(
            name, task, None, 0, 0, None, (), {}, None, None, EVERY, expires_resolved=until
        )


def _queue(settings: Settings) -> Huey:
    name = _name(settings)
    more = {"results": False, "serializer": _Words()}
    try:
        url = make_url(settings.queue_url)
        kind = url.get_backend_name()
        if kind == "sqlite" and url.database:
            return SqliteHuey(name, filename=url.database, **more)
        if kind in ("postgresql", "postgres"):
            dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
            return PostgresHuey(name, dsn=dsn, table_prefix="teamhealth_queue", **more)
        if kind in ("redis", "rediss"):
            return RedisHuey(name, url=settings.queue_url, **more)
    except ConfigurationError as fault:
        raise SettingsError(
            f"TEAMHEALTH_QUEUE_URL cannot be used here: {fault} No worker was started."
        ) from None
    except (psycopg.Error, sqlite3.Error) as fault:
        raise UnavailableError(
            f"The queue of TEAMHEALTH_QUEUE_URL does not answer ({type(fault).__name__}); "
            "no worker was started. Start it again when the queue runs."
        ) from None
    except ArgumentError:
        pass
    raise SettingsError(
        "TEAMHEALTH_QUEUE_URL is not sqlite:///…, postgresql://… or redis://…; "
        "no worker was started. Correct the environment and try again."
    )


def _name(settings: Settings) -> str:
    """Name the queue after the machine and its home, so that no other machine takes its turn."""
    place = f"{socket.gethostname()}|{settings.home}"
    return f"sweep-{hashlib.sha256(place.encode()).hexdigest()[:16]}"


class _Faults(logging.Handler):
    """Turns Huey's own warnings into events without their words, which may tell anything."""

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[0] if record.exc_info else None
        problem = fault.__name__ if fault else "queue"
        logs.event("sweep_failed", level=record.levelno, step="queue", problem=problem)


def _listen_to_huey() -> None:
    logger = logging.getLogger("huey")
    logger.handlers = [_Faults(logging.WARNING)]
    logger.propagate = False
