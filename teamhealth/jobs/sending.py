"""Sending whatever letters are due, a run at a time.

Promises: nobody is left out, whatever fails; a kill costs at most one duplicate, which
has the Message-ID of the first; a letter with a personal link goes out only while its
survey takes answers.

The rules: ``mail_rate`` letters a minute and process where a mail server takes them,
each sweep its share; a folder takes as many as there are. A run ends after a minute, so
that a sweep comes to its other work, and at the first sign that the server takes no
letter at all: then everything due waits, a minute at first, half an hour at last. A
refused letter stays and is tried again each day, until its survey closes; one without
a link, for a fortnight.
"""

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from typing import Protocol

from sqlalchemy import exists, or_

from teamhealth import logs
from teamhealth.campaigns.models import State, Survey
from teamhealth.db import Database
from teamhealth.errors import (
    KeysMissingError,
    LetterDelayedError,
    LetterRefusedError,
    MailError,
)
from teamhealth.jobs import entering, result_letters
from teamhealth.jobs.enclosing import Enclosures
from teamhealth.mail import composing, outbox
from teamhealth.mail.models import Letter
from teamhealth.mail.pacing import Pace
from teamhealth.mail.transports import Transport
from teamhealth.settings import Settings

_CLAIM = timedelta(minutes=10)  # longer than a run and its slowest letter together
_SECONDS = 60  # of one run
_LONGEST_WAIT = timedelta(minutes=30)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_TRIES = 14  # of a refused letter that does not end with its survey
_IN_A_ROW = 5  # so many letters not taken, and it is not the letters' fault

_PACE = Pace()


class Link(Protocol):
    """Makes the personal link of a letter: ``jobs.linking``."""

    def __call__(
        self, *, survey_id: str, invitation: uuid.UUID, language: str
    ) -> dict[str, str]:
        """Return ``url``, ``code`` and ``address``; KeysMissingError if not on this machine."""


def send_due(
    database: Database,
    transport: Transport,
    settings: Settings,
    now: datetime,
    link: Link,
    *,
    pace: Pace = _PACE,
    ticks: Callable[[], float] = time.monotonic,
) -> int:
    """Send what is due; return how many letters were handed over.

    Raises SettingsError if ``mail_from`` is no address.
    """
    sender = composing.sender(settings.mail_from)
    end = ticks() + _SECONDS
    room = pace.room(settings.mail_rate) if transport.is_paced else None
    with closing(transport), Enclosures(database, settings) as enclosures:
        run = _Run(database, transport, sender, settings, enclosures, now, link)
        while room != 0 and ticks() < end and run.send_one():
            if room is not None:
                pace.note()
                room -= 1
    if run.sent:
        logs.event("letters_sent", count=run.sent)
    return run.sent


@dataclass
class _Run:
    database: Database
    transport: Transport
    sender: Address
    settings: Settings
    enclosures: Enclosures
    now: datetime
    link: Link
    sent: int = 0
    in_a_row: int = 0  # letters that were not taken since the last one that was
    elsewhere: set[str] = field(default_factory=set)  # surveys whose link key is not here

    def send_one(self) -> bool:
        """Claim, send and delete one letter; False if there is none, or no use in going on."""
        letter = self._claim()
        if letter is None:
            return False
        try:
            self._hand_over(letter)
        except KeysMissingError:
            self.elsewhere.add(letter.survey_id or "")
            self._store(outbox.release, letter.id)
            return True
        except LetterRefusedError as fault:
            more = self._failed(letter, fault, wait=_DAY)
            if letter.invitation_id is None and letter.attempts >= _TRIES:
                self._store(outbox.forget, letter.id)
            return more
        except MailError as fault:
            hopeless = not isinstance(fault, LetterDelayedError)
            return self._failed(letter, fault, wait=_wait(letter), hopeless=hopeless)
        except Exception as fault:  # noqa: BLE001  (one letter's fault must not keep others back)
            return self._failed(letter, fault, wait=_wait(letter))
        self._store(outbox.forget, letter.id)
        self.sent += 1
        self.in_a_row = 0
        return True

    def _claim(self) -> Letter | None:
        takes_answers = exists().where(
            Survey.id == Letter.survey_id,
            Survey.state == State.OPEN,
            Survey.trouble == "",
            Survey.closes_at > self.now,
        )
        may_go = or_(Letter.invitation_id.is_(None), takes_answers)
        here = or_(Letter.invitation_id.is_(None), Letter.survey_id.not_in(self.elsewhere))
        with self.database.write() as db:
            letter = outbox.claim(db, may_go, here, now=self.now, until=self.now + _CLAIM)
            db.commit()
        return letter

    def _hand_over(self, letter: Letter) -> None:
        facts = {**letter.facts, "name": letter.name}
        if letter.invitation_id is not None and letter.survey_id is not None:
            facts |= self.link(
                survey_id=letter.survey_id,
                invitation=letter.invitation_id,
                language=letter.language,
            )
        elif letter.kind in result_letters.AT_THE_DESK:
            facts |= entering.desk_facts(self.database, self.settings, letter)
        pdfs = self.enclosures.of(letter)
        message = composing.compose(letter, facts, sender=self.sender, at=self.now, pdfs=pdfs)
        self.transport.send(message)

    def _failed(
        self, letter: Letter, fault: Exception, *, wait: timedelta, hopeless: bool = False
    ) -> bool:
        """Keep the letter for later, and with it all others if none would be taken."""
        logs.event(
            "letter_failed",
            level=logging.WARNING,
            survey=letter.survey_id or "",
            kind=letter.kind,
            problem=type(fault).__name__,
        )
        self._store(outbox.put_off, letter.id, until=self.now + wait)
        self.in_a_row += 1
        if not hopeless and self.in_a_row < _IN_A_ROW:
            return True
        self._store(
            outbox.put_all_off, now=self.now, until=self.now + (wait if hopeless else _MINUTE)
        )
        return False

    def _store(self, change: Callable[..., None], *what: object, **more: object) -> None:
        with self.database.write() as db:
            change(db, *what, **more)
            db.commit()


def _wait(letter: Letter) -> timedelta:
    """Return how long to wait after this try: a minute, two, four, and so on."""
    return min(_MINUTE * (1 << min(letter.attempts, 10)), _LONGEST_WAIT)
