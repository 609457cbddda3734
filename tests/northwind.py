"""A firm with results: Northwind, three surveys through the real count, stored as the close stores them.

Warehouse North has seven answers of nine, Returns a handful that are counted in
Operations. Who leads what: ``LEADERS``.
"""

import random
from datetime import timedelta
from functools import cache

from sqlalchemy import select

from teamhealth.campaigns.models import Audience, State, Survey, SurveyGroup, SurveyLead
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.model import SurveyFacts
from teamhealth.cli.organisation_model import Organisation
from teamhealth.conversations import storing as comments
from teamhealth.disclosure.rollup import launch
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.results.charter import Charter, Place
from teamhealth.results.count import decide, tally_for
from teamhealth.results.sheets import Sheet, form_of
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.snapshots import storing
from tests.conftest import NOON

GROUPS = {  # id: name, id above, people of its own, how many answer
    "northwind": ("Northwind", None, 6, 5),
    "operations": ("Operations", "northwind", 5, 3),
    "warehouse-north": ("Warehouse North", "operations", 9, 7),
    "warehouse-south": ("Warehouse South", "operations", 16, 12),
    "transport": ("Transport", "operations", 22, 15),
    "returns": ("Returns", "operations", 6, 3),
    "customer-care": ("Customer Care", "northwind", 4, 3),
    "service-desk": ("Service Desk", "customer-care", 31, 24),
    "field-service": ("Field Service", "customer-care", 12, 9),
    "product": ("Product", "northwind", 5, 4),
    "platform": ("Platform", "product", 18, 15),
    "mobile": ("Mobile <beta>", "product", 9, 6),
    "finance": ("People & Finance", "northwind", 15, 13),
}
LEADERS = {
    "tomas@northwind.example": ("warehouse-north",),
    "olga@northwind.example": ("operations",),
    "rita@northwind.example": ("returns",),
    "carla@northwind.example": ("service-desk", "platform"),
}
SHIFTS = {
    ("warehouse-north", "co_regulation"): 0.9,
    ("warehouse-north", "focus_recovery"): -1.1,
    ("transport", "listening"): -0.5,
    ("service-desk", "focus_recovery"): -0.8,
    ("platform", "psych_safety"): 0.7,
}
LATELY = {("service-desk", "listening"): 0.7, ("warehouse-north", "focus_recovery"): -1.5}
"""What is different in the last survey."""

SURVEYS = ("q1-2026", "q2-2026", "q3-2026")
LATEST = SURVEYS[-1]


@cache
def counted(form="quarterly", audience="leader", languages=("en",)):
    """Count three surveys of the same people; give (snapshot, comments) of each, the first first."""
    told, before = [], None
    for number, name in enumerate(SURVEYS):
        snapshot, said = _count(name, number, form, audience, languages, before)
        told.append((snapshot, said))
        before = snapshot
    return tuple(told)


def settle(
    database,
    form="quarterly",
    audience="leader",
    languages=("en",),
    *,
    state=State.PUBLISHED,
    change=lambda snapshot: snapshot,
    leaders=LEADERS,
):
    """Store roster, leaders, surveys, snapshots and comments; give the last snapshot.

    ``state`` is that of the last survey, ``change`` is done to its snapshot before,
    ``leaders`` say who leads what.
    """
    results = counted(form, audience, languages)
    last = change(results[-1][0])
    with database.write() as db:
        _roster(db, leaders)
        for snapshot, said in (*results[:-1], (last, results[-1][1])):
            reached = state if snapshot is last else State.PUBLISHED
            db.add(_survey(snapshot, form, audience, languages, reached))
            db.flush()
            db.add_all(_pinned(snapshot))
            db.add_all(_led(db, snapshot))
            storing.store(db, snapshot, at=NOON)
            comments.store(db, snapshot.survey.id, said)
        db.commit()
    return last


def _count(name, number, form, audience, languages, before):  # noqa: PLR0917
    instrument = library().instrument(form, languages)
    tree, people = _tree()
    fixed = launch(tree, people, 5)
    below = tree.totals(people).tolist()
    places = tuple(
        Place(
            group, above, _path(group), title, below[at], fixed.reportable[at],
            bytes(256) if fixed.invited[at] else None,
        )
        for at, (group, (title, above, _, _)) in enumerate(GROUPS.items())
    )  # fmt: skip
    opened = NOON + timedelta(days=91 * number - 182)
    facts = SurveyFacts(
        name, f"Q{number + 1} 2026", form, str(opened.date()),
        str((opened + timedelta(days=11)).date()), 5, languages, digest(_body(instrument)),
        "ABCD-EFGH-JKMN-PQRS", audience, before.survey.id if before else None,
    )  # fmt: skip
    charter = Charter(facts, instrument, places, before, "0.1.0")
    layout, tally = form_of(instrument, tree), tally_for(charter, form_of(instrument, tree))
    says = Organisation(instrument, 7, SHIFTS | (LATELY if number == len(SURVEYS) - 1 else {}))
    for at, (group, (_, _, _, many)) in enumerate(GROUPS.items()):
        sheets = [
            _sheet(says, layout, group, f"{group}-{person}-{number}") for person in range(many)
        ]
        tally.add(_answers_in(fixed, tree, at), sheets)
    return decide(charter, tally, void=0, shuffle=random.Random(number).shuffle)  # noqa: S311


def _sheet(says, layout, group, person):
    said = says.says(group, person)
    turned = {
        item: 6 - mark if item in layout.reverse else mark
        for item, mark in said.answers.items()
    }
    return Sheet(
        bytes(turned.get(item, 0) for item in layout.items),
        said.answers.get(layout.recommend),
        tuple(said.comments.items()),
        bytes(32),
    )


def _answers_in(fixed, tree, at):
    while not fixed.invited[at]:
        at = tree.parent[at]
    return at


def _tree():
    ids = tuple(GROUPS)
    parents = tuple(
        -1 if above is None else ids.index(above) for _, above, _, _ in GROUPS.values()
    )
    people = [own for _, _, own, _ in GROUPS.values()]
    return Tree(ids, parents), people


def _path(group):
    name, above, _, _ = GROUPS[group]
    return f"{_path(above)}/{name}" if above else name


def _body(instrument):
    return canonical(to_plain(instrument))


def _roster(db, leaders):
    for position, (group, (name, above, _, _)) in enumerate(GROUPS.items()):
        db.add(
            Group(id=group, parent_id=above, path=_path(group), name=name, position=position)
        )
        db.flush()
    for email, led in leaders.items():
        person = Person(email=email, name=email.split("@")[0].title(), group_id=led[0])
        db.add(person)
        db.flush()
        db.add_all(Lead(person_id=person.id, group_id=group) for group in led)


def _survey(snapshot, form, audience, languages, state):
    facts = snapshot.survey
    body = _body(library().instrument(form, languages))
    closed = NOON + timedelta(days=1)
    return Survey(
        id=facts.id, title=facts.title, form=form, state=state, k=5, languages=list(languages),
        scope_id="northwind", leader_theme=Audience(audience), base_url="http://localhost:8000",
        created_at=NOON + timedelta(days=SURVEYS.index(facts.id)), opened_at=NOON,
        closes_at=closed, closes_latest=closed + timedelta(days=14), closed_at=closed,
        previous_id=facts.previous, headcount=snapshot.root.invited, instrument=body,
        instrument_digest=digest(body), manifest=b"{}", fingerprint="ABCDEFGHJKMNPQRS",
    )  # fmt: skip


def _led(db, snapshot):
    return [
        SurveyLead(
            survey_id=snapshot.survey.id, person_id=lead.person_id, group_id=lead.group_id
        )
        for lead in db.scalars(select(Lead))
    ]


def _pinned(snapshot):
    return [
        SurveyGroup(
            survey_id=snapshot.survey.id, group_id=group.id, position=position,
            parent_id=group.parent, path=group.path, name=group.name, people=0, invited=0,
            reportable=True, answers_in=None, comments_in=None,
        )
        for position, group in enumerate(snapshot.groups)
    ]  # fmt: skip
