"""The sample's home: made whole, found again, or made anew.

Promise: only a folder that the demo itself made is ever emptied.
"""

import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from teamhealth import __version__, clock
from teamhealth.accounts import changing
from teamhealth.cli.demo import people, quarters
from teamhealth.cli.installing import set_up
from teamhealth.cli.mailbox import links_by_person
from teamhealth.cli.opening import Installation
from teamhealth.credentials.links import Link
from teamhealth.db import open_database
from teamhealth.errors import RefusedError
from teamhealth.roster import importing
from teamhealth.roster.reading import read
from teamhealth.settings import load

Say = Callable[[str], None]

HR = "hr@northwind.example"
_MARK = "demo.json"
_FRESH = timedelta(days=7)
"""For how long a sample can be shown again; later its open survey would soon be over."""

_WORDS = [
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "island",
    "juniper",
    "lantern",
    "meadow",
]


@dataclass(frozen=True, slots=True)
class Sample:
    """A finished sample: how to sign in, and the survey that is open."""

    version: str
    base_url: str
    made: str
    password: str
    survey: str


def environment(home: Path, base_url: str) -> dict[str, str]:
    """Return the settings of the sample that lives in ``home``."""
    return {
        "TEAMHEALTH_HOME": str(home),
        "TEAMHEALTH_BASE_URL": base_url,
        "TEAMHEALTH_ORGANISATION": people.ROOT,
        "TEAMHEALTH_CONTACT": "Priya Raman, People (priya@northwind.example)",
    }


@contextmanager
def opened(home: Path, base_url: str) -> Iterator[Installation]:
    """Open the sample's installation."""
    settings = load(environment(home, base_url))
    database = open_database(settings.database_url)
    try:
        yield Installation(settings, database)
    finally:
        database.close()


def find(home: Path, base_url: str) -> Sample | None:
    """Return the finished sample of this version and address, or None."""
    try:
        found = Sample(**json.loads((home / _MARK).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    fresh = found.made and clock.now() < datetime.fromisoformat(found.made) + _FRESH
    fits = (found.version, found.base_url) == (__version__, base_url)
    return found if fresh and fits else None


def is_home(home: Path) -> bool:
    """Whether the demo made this folder, so that it is the home of a sample."""
    return (home / _MARK).exists()


def build(home: Path, base_url: str, *, say: Say) -> Sample:
    """Make a sample in ``home`` in place of any earlier one, and tell how it goes."""
    _empty(home)
    say(f"Making a sample organisation in {home}; this takes about a minute.")
    now = clock.now()
    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    with opened(home, base_url) as installation:
        set_up(installation)
        import_people(installation)
        _add_accounts(installation, password)
        *past, present = quarters.quarters(now)
        for quarter in past:
            quarters.live(installation, quarter)
            say(f"  {quarter.title}: launched, answered, counted and published.")
        with clock.stopped(present.opens):
            survey = quarters.launch(installation, present)
        early = dict(list(open_links(installation, survey).items())[::2])
        quarters.answer(installation, survey, present.number, early)
        quarters.take_part(installation, survey)
        say(f"  {present.title}: open; some have answered.")
    sample = Sample(__version__, base_url, now.isoformat(), password, survey)
    (home / _MARK).write_text(json.dumps(asdict(sample)))
    return sample


def finish(home: Path, sample: Sample) -> None:
    """Let the others answer the open survey, close and count it, and publish it."""
    with opened(home, sample.base_url) as installation:
        late = late_links(installation, sample.survey)
        number = len(quarters.quarters(clock.now())) - 1
        quarters.answer(installation, sample.survey, number, late)
        quarters.close(installation, sample.survey)


def open_links(installation: Installation, survey: str) -> dict[str, Link]:
    """Return everybody's link to the open survey, by address, always in the same order."""
    outbox = Path(installation.settings.mail_url.removeprefix("file:"))
    return dict(sorted(links_by_person(outbox, survey).items()))


def late_links(installation: Installation, survey: str) -> dict[str, Link]:
    """Return the links of those who did not answer the sample's survey while it was made."""
    return dict(list(open_links(installation, survey).items())[1::2])


def import_people(installation: Installation) -> None:
    """Import the roster of the sample, as HR would."""
    listed = read(people.roster())
    with installation.database.write() as db:
        diff = importing.preview(db, listed)
        importing.apply(db, listed, diff, lambda: secrets.token_hex(2))
        db.commit()


def _add_accounts(installation: Installation, password: str) -> None:
    leader = people.leader_of(people.SEVEN_OF_NINE)
    with installation.database.write() as db:
        for email, name, is_hr in (
            (HR, "Priya Raman", True),
            (leader.email, leader.name, False),
        ):
            account = changing.add(db, email=email, name=name, is_hr=is_hr)
            changing.set_password(db, account, password)
        db.commit()


def _empty(home: Path) -> None:
    if not home.exists():
        home.mkdir(parents=True, mode=0o700)
    elif any(home.iterdir()) and not is_home(home):
        raise RefusedError(
            f"{home} holds something that the demo did not make. Nothing was changed; "
            "move it away, or set TEAMHEALTH_HOME to another folder."
        )
    else:
        shutil.rmtree(home)
        home.mkdir(mode=0o700)
    mark = home / _MARK
    mark.touch(mode=0o600)  # so that an interrupted try is known as ours
    mark.write_text("{}")
