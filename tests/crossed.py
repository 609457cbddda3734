"""A firm whose people told how long they have been there and at which site: counted, and stored as at a close.

Its tree is that of ``results.makers.COMPANY``, twice as large.
"""

from dataclasses import replace
from functools import cache

from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.cells.canonical import canonical, digest
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Attribute
from teamhealth.instruments.plain import to_plain
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.snapshots import storing
from tests.conftest import NOON
from tests.rooms.results.makers import COMPANY, charter, decided, seeded, survey


def _options(texts):
    return tuple({"en": text} for text in texts)


YEARS = (
    "Less than 1 year", "1 or 2 years", "3 to 5 years", "6 to 10 years", "11 years or more",
)  # fmt: skip
TENURE = Attribute(
    "tenure",
    {"en": "How many full years have you worked here?"},
    _options(YEARS),
    ordered=True,
)
SITES = ("Leeds", "Hull <old harbour>", "York & Selby")
NAMES = (
    "Acme", "Operations", "Customer Care", "Product", "Warehouse North", "Warehouse South",
    "Transport", "Service Desk", "Field Service", "Returns", "Night Shift", "Platform",
    "Mobile",
)  # fmt: skip
BOSS, LEADER = "boss@acme.example", "lead@acme.example"
"""The one leads the root, the other Operations."""


def asked_of(form="quarterly", sites=SITES):
    """Give a form that also asks how long people have been here, and at which of these sites."""
    where = Attribute("site", {"en": "At which site do you mostly work?"}, _options(sites))
    return replace(library().instrument(form, ["en"]), attributes=(TENURE, where))


@cache
def counted(form="quarterly", sites=SITES, *, seed=4, times=2):
    """Count a survey; give the snapshot and its instrument."""
    asked = asked_of(form, sites)
    parents, people = COMPANY
    given, fixed = charter(parents, [n * times for n in people], asked=asked)
    shape, sheets = survey(given, fixed, seeded(seed))
    snapshot, _ = decided(given, shape, sheets)
    return _named(snapshot), asked


def without(snapshot, asked):
    """Give the same survey as if people had been asked nothing about themselves."""
    return replace(snapshot, cross_cuts={}), replace(asked, attributes=())


def settle(database, snapshot, asked, *, state=State.PUBLISHED):
    """Store roster, leaders and the counted survey; give its id."""
    with database.write() as db:
        for at, group in enumerate(snapshot.groups):
            db.add(
                Group(
                    id=group.id, parent_id=group.parent, path=group.path, name=group.name,
                    position=at,
                )
            )  # fmt: skip
            db.flush()
        for email, led in ((BOSS, 0), (LEADER, 1)):
            home = snapshot.groups[led].id
            leader = Person(email=email, name=email, group_id=home)
            db.add(leader)
            db.flush()
            db.add(Lead(person_id=leader.id, group_id=home))
        db.commit()
    return store(database, snapshot, asked, state=state)


def store(database, snapshot, asked, *, state=State.PUBLISHED):
    """Store a counted survey of a firm whose root is in the roster; give its id."""
    body, facts = canonical(to_plain(asked)), snapshot.survey
    with database.write() as db:
        db.add(
            Survey(
                id=facts.id, title=facts.title, form=asked.form, state=state, k=5,
                languages=["en"], scope_id=snapshot.root.id, closed_at=NOON,
                base_url="http://localhost:8000", created_at=NOON, opened_at=NOON,
                closes_at=NOON, closes_latest=NOON, headcount=snapshot.root.invited,
                instrument=body, instrument_digest=digest(body),
            )
        )  # fmt: skip
        db.flush()
        db.add_all(
            SurveyGroup(
                survey_id=facts.id, group_id=group.id, position=at, parent_id=group.parent,
                path=group.path, name=group.name, people=0, invited=0, reportable=True,
            )
            for at, group in enumerate(snapshot.groups)
        )  # fmt: skip
        storing.store(db, snapshot, at=NOON)
        db.commit()
    return facts.id


def _named(snapshot):
    groups = []
    for group, name in zip(snapshot.groups, NAMES, strict=True):
        above = {one.id: one.path for one in groups}.get(group.parent)
        groups.append(replace(group, name=name, path=f"{above}/{name}" if above else name))
    return replace(snapshot, groups=tuple(groups))
