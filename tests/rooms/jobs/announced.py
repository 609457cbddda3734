"""Northwind, whose last survey is published on a Tuesday, and the letters that follow."""

import email
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path

from sqlalchemy import select

from teamhealth.campaigns import deciding
from teamhealth.campaigns.models import State
from teamhealth.campaigns.releasing import Choices
from teamhealth.jobs.sweeping import sweep
from teamhealth.mail.models import Letter
from tests.desk import make_accounts
from tests.makers import settings_of
from tests.northwind import LATEST, settle

TUESDAY = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
THURSDAY, MONDAY = TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=6)
TALK = TUESDAY + timedelta(days=10)
TOMAS, OLGA, RITA, CARLA = (
    f"{n}@northwind.example" for n in ("tomas", "olga", "rita", "carla")
)


class Firm:
    """Northwind, whose last survey is counted, with a folder for letters."""

    def __init__(self, database, home, at):
        self.database, self.at = database, at
        self.settings = settings_of(database, home)
        settle(database, state=State.COUNTED)
        make_accounts(database, TOMAS, OLGA, RITA)  # Carla has no account

    def publish(self, **choices):
        self.at(TUESDAY)
        with self.database.write() as db:
            deciding.publish(db, LATEST, Choices(**choices), now=TUESDAY)
            db.commit()

    def sweep(self, moment):
        """Sweep at a moment; give (address, subject) of the letters it sent."""
        self.at(moment)
        before = set(self._files())
        sweep(self.database, self.settings)
        with self.database.read() as db:
            assert db.scalars(select(Letter)).all() == []
        new = [_read(path) for path in self._files() if path not in before]
        return sorted(
            (letter["To"].addresses[0].addr_spec, str(letter["Subject"])) for letter in new
        )

    def letter(self, address, beginning):
        """Give the one letter to an address whose subject begins so."""
        (found,) = [
            letter
            for letter in map(_read, self._files())
            if letter["To"].addresses[0].addr_spec == address
            and str(letter["Subject"]).startswith(beginning)
        ]
        return found

    def _files(self):
        return sorted(Path(self.settings.mail_url.removeprefix("file:")).glob("*.eml"))


def _read(path):
    return email.message_from_bytes(path.read_bytes(), policy=policy.default)


def text_of(letter):
    return " ".join(letter.get_body(("plain",)).get_content().split())


READY, NONE = (
    "Your report is ready: Q3 2026",
    "No result of its own, and a talk all the same: Q3 2026",
)
ABOVE, TALKED = (
    "You can now read the groups below yours: Q3 2026",
    "Have you talked about it? Q3 2026",
)
