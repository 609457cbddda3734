"""The roster as the database holds it, in the shape of a file."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.roster.listed import Member, Roster
from teamhealth.roster.models import Group, Lead, Person


@dataclass(frozen=True, slots=True)
class Stored:
    """A roster, the ids of its groups by path and of its people by their ``key``."""

    roster: Roster
    groups: Mapping[str, str]
    people: Mapping[str, uuid.UUID]


def load(db: Session) -> Stored:
    """Read the whole roster; the people by address, then by id, as the order of the file is not kept."""
    groups = {
        row.id: row.path
        for row in db.execute(select(Group.id, Group.path).order_by(Group.position, Group.id))
    }
    order = {group: number for number, group in enumerate(groups)}
    leads: dict[uuid.UUID, list[str]] = defaultdict(list)
    for person, group in db.execute(select(Lead.person_id, Lead.group_id)):
        leads[person].append(group)
    people: dict[uuid.UUID, Member] = {}
    columns = select(*Person.__table__.columns)
    in_order = columns.order_by(Person.email.nulls_last(), Person.external_id)
    for row in db.execute(in_order):
        led = sorted(leads.get(row.id, ()), key=order.__getitem__)
        people[row.id] = Member(
            email=row.email,
            name=row.name,
            group=groups[row.group_id],
            leads=tuple(groups[group] for group in led),
            language=row.language,
            external_id=row.external_id,
            answers_in=groups[row.answers_in_id] if row.answers_in_id else None,
            on_paper=row.on_paper,
        )
    return Stored(
        Roster(tuple(groups.values()), tuple(people.values())),
        {path: group for group, path in groups.items()},
        {member.key: person for person, member in people.items()},
    )
