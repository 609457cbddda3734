"""One quarter at the sample organisation: launched, written, answered, closed, published, as by its people.

The answers go through the respondent's door with the real protocol; the door stands in
this process, so that no server is needed to build a past.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import select

from teamhealth import clock
from teamhealth.campaigns import deciding, lookup, requesting
from teamhealth.campaigns.models import State
from teamhealth.campaigns.releasing import Choices
from teamhealth.cli import simulating
from teamhealth.cli.answering import Visitor
from teamhealth.cli.demo import story
from teamhealth.cli.mailbox import links_by_person
from teamhealth.cli.opening import Installation
from teamhealth.credentials.links import Link
from teamhealth.errors import UnavailableError
from teamhealth.instruments.asking import Ask
from teamhealth.jobs import closing, launching, participation
from teamhealth.jobs.sweeping import sweep
from teamhealth.roster.models import Group
from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front

LANGUAGES = ("en", "de", "ar")
LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter: its number in the story (from 0), its title and when its survey is opened."""

    number: int
    title: str
    opens: datetime


def quarters(now: datetime) -> list[Quarter]:
    """Return four quarters of the past and the one whose survey is open since three days."""
    opened = now - timedelta(days=3)
    found = []
    for number in range(5):
        opens = opened - timedelta(days=91 * (4 - number))
        title = f"Quarter {(opens.month + 2) // 3}, {opens.year}"
        found.append(Quarter(number, title, opens))
    return found


_FOR_A_SAMPLE = Choices(
    at_once_because="This is a sample: all of it can be looked at.", letters=False
)


def live(installation: Installation, quarter: Quarter) -> str:
    """Let a quarter of the past happen, to the published result; return its survey's id."""
    with TemporaryDirectory() as folder, clock.stopped(quarter.opens):
        there = _with_letters_in(installation, Path(folder))
        survey = launch(there, quarter)
        answer(there, survey, quarter.number, links_by_person(Path(folder), survey))
        with clock.stopped(quarter.opens + LASTS):
            close(there, survey)
    return survey


def launch(installation: Installation, quarter: Quarter) -> str:
    """Launch a quarter's survey and write to everybody; return its id."""
    database, settings = installation.database, installation.settings
    with database.write() as db:
        survey = requesting.request(
            db,
            settings,
            form="quarterly",
            title=quarter.title,
            closes_at=quarter.opens + LASTS,
            at=clock.now(),
            languages=LANGUAGES,
            asks=(Ask("tenure"),),
            paper_note="Tuesday and Thursday 13:30 to 14:00, training room 2",
        ).id
        db.commit()
    launching.prepare(database, settings, survey)
    sweep(database, settings)
    return survey


def answer(
    installation: Installation, survey: str, number: int, links: dict[str, Link]
) -> None:
    """Let people answer with these links, by address, as the story tells for quarter ``number``."""
    with installation.database.read() as db:
        instrument = lookup.instrument_of(lookup.survey(db, survey))
        ids = {group.path: group.id for group in db.scalars(select(Group))}
    door = Front(create_app(installation.database, installation.settings))
    visitor = Visitor(
        installation.settings.base_url,
        survey,
        patience=0,
        transport=httpx.WSGITransport(door),
    )
    result = simulating.run(
        visitor, links, story.fills(number, instrument, ids, links), concurrency=1
    )
    if result.count("failed") or result.count("refused"):
        raise UnavailableError(
            f"Some people of the sample could not answer ({result.reasons()}). "
            "The sample was not finished; run the demo again."
        )


def close(installation: Installation, survey: str) -> None:
    """Close, count and publish."""
    state = closing.close(installation.database, installation.settings, survey)
    if state is not State.COUNTED:
        raise UnavailableError(
            f"The sample's survey {survey} is {state.value} and was not counted; run the demo again."
        )
    with installation.database.write() as db:
        deciding.publish(db, survey, _FOR_A_SAMPLE, now=clock.now())
        db.commit()


def take_part(installation: Installation, survey: str) -> None:
    """Reckon the participation of an open survey, as the worker does once a day."""
    participation.refresh(installation.database, survey, now=clock.now())


def _with_letters_in(installation: Installation, folder: Path) -> Installation:
    return replace(
        installation, settings=replace(installation.settings, mail_url=f"file:{folder}")
    )
