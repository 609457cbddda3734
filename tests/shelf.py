"""A counted survey put where the desk finds it, and read from there by HR and by whoever leads a group."""

from dataclasses import dataclass, field, replace

from teamhealth.campaigns.models import Audience, State, Survey, SurveyGroup, SurveyLead
from teamhealth.cells.canonical import canonical, digest
from teamhealth.conversations import storing as conversations
from teamhealth.instruments.plain import to_plain
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.snapshots import storing
from tests.conftest import NOON
from tests.desk import HR, desk_of, make_accounts, signed_in_client

LED = 400
"""Groups g0, g1 … that somebody leads."""


def leader(group):
    """Give the address of who leads a group."""
    return f"{group}@acme.example"


@dataclass
class Shelf:
    """A desk at which surveys of groups g0, g1 … are read, one after the other."""

    database: object
    home: object
    led: int = LED
    people: dict = field(default_factory=dict)
    clients: dict = field(default_factory=dict)

    def __post_init__(self):
        names = [f"g{at}" for at in range(self.led)]
        with self.database.write() as db:
            for at, name in enumerate(names):
                above = "g0" if at else None
                db.add(Group(id=name, parent_id=above, path=name, name=name, position=at))
                db.flush()
                person = Person(email=leader(name), name=name, group_id=name)
                db.add(person)
                db.flush()
                self.people[name] = person.id
                db.add(Lead(person_id=person.id, group_id=name))
            db.commit()
        make_accounts(self.database, *map(leader, names))
        self.app = desk_of(self.database, self.home)

    def put(self, snapshot, instrument, comments=(), name="s1"):
        """Store a published result under a name, with who led which group."""
        body = canonical(to_plain(instrument))
        facts = replace(
            snapshot.survey, id=name, instrument_digest=digest(body), form=instrument.form
        )
        with self.database.write() as db:
            db.add(
                Survey(
                    id=name, title=facts.title, form=facts.form, state=State.PUBLISHED, k=facts.k,
                    languages=list(instrument.languages), scope_id="g0", base_url="http://localhost:8000",
                    leader_theme=Audience(facts.leader_theme), created_at=NOON, opened_at=NOON,
                    closes_at=NOON, closes_latest=NOON, closed_at=NOON, manifest=b"{}",
                    headcount=snapshot.root.invited, instrument=body, fingerprint="ABCDEFGHJKMNPQRS",
                    instrument_digest=facts.instrument_digest,
                )
            )  # fmt: skip
            db.flush()
            for at, group in enumerate(snapshot.groups[: self.led]):
                db.add(_pinned(name, group, at))
                person = self.people[group.id]
                db.add(SurveyLead(survey_id=name, person_id=person, group_id=group.id))
            storing.store(db, replace(snapshot, survey=facts), at=NOON)
            conversations.store(db, name, comments)
            db.commit()
        return name

    def client(self, email=HR):
        """Give the browser in which somebody is signed in."""
        if email not in self.clients:
            self.clients[email] = signed_in_client(
                self.database, self.home, email, app=self.app
            )
        return self.clients[email]

    def get(self, name, page, email=HR):
        """Give what the desk answers to somebody who opens a page of a survey."""
        return self.client(email).get(f"/desk/surveys/{name}/{page}")


def _pinned(survey, group, at):
    return SurveyGroup(
        survey_id=survey, group_id=group.id, position=at, parent_id=group.parent, path=group.path,
        name=group.name, people=0, invited=0, reportable=True, answers_in=None, comments_in=None,
    )  # fmt: skip
