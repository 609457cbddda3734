"""Letters a minute: invitations from the outbox through SMTP to a server in another process.

The whole way of a sweep, without its rate limit: claim, compose in the person's
language with the personal link, hand over, delete, each letter in transactions of its
own. The server is aiosmtpd on this machine, so the line costs nothing; there is no
budget, but the default rate is 25 a minute and a large organisation wants thousands.
"""

import multiprocessing
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from budgets import finish, noted

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from teamhealth import clock
from teamhealth.db import open_database
from teamhealth.jobs import linking, sending
from teamhealth.mail.pacing import Pace
from teamhealth.mail.transports import open_transport
from teamhealth.migrations.tables import metadata
from tests import firms, postoffice

PEOPLE = 500
NO_LIMIT = 1_000_000


def take_letters(line: Connection) -> None:
    """Run the mail server until told to stop; tell its address first, then how many came."""
    with postoffice.opened() as office:
        line.send(office.url)
        line.recv()
        line.send(len(office.letters))


def main() -> None:
    """Launch a survey, send its invitations, and count."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=take_letters, args=(there,))
    server.start()
    url = here.recv()
    with tempfile.TemporaryDirectory() as home:
        sent, seconds, processor = _send(Path(home), url)
    here.send("stop")
    came = here.recv()
    server.join()
    if not sent == came == PEOPLE + 1:
        raise SystemExit(f"{PEOPLE + 1} letters were due, {sent} were sent and {came} came")
    noted("letters a minute through SMTP", sent / seconds * 60, "", "(rate limit off)")
    noted("  of which processor time a letter", processor / sent * 1000, "ms")
    finish()


def _send(home: Path, url: str) -> tuple[int, float, float]:
    database = open_database(f"sqlite:///{home / 'teamhealth.sqlite3'}")
    metadata.create_all(database.engine)
    settings = firms.found(database, home, {"Acme": 1, "Acme/North": PEOPLE})
    settings = replace(settings, mail_rate=NO_LIMIT)
    now = clock.now()
    wish = {"at": now, "closes_at": now + timedelta(days=14), "languages": ("en", "de")}
    firms.launch(database, settings, **wish)
    link = partial(linking.link_facts, database, settings)
    began, spent = time.monotonic(), time.process_time()
    sent = sending.send_due(
        database, open_transport(url), settings, clock.now(), link, pace=Pace()
    )
    took = time.monotonic() - began, time.process_time() - spent
    database.close()
    return sent, *took


if __name__ == "__main__":
    main()
