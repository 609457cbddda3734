"""Turning the stored roster into another one. What stays the same was decided in ``matching``.

Addresses, external ids and paths are unique in every moment, also when two people or two
groups exchange theirs; so whoever gets another one first gives the old one up.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from teamhealth.db import Base
from teamhealth.roster.listed import Member, Roster
from teamhealth.roster.matching import Matching
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.roster.naming import new_id
from teamhealth.roster.paths import above, name_of
from teamhealth.roster.people_flows import Pair
from teamhealth.roster.storing import Stored

_BATCH = 1000

Row = dict[str, object]


def change(
    db: Session, stored: Stored, now: Roster, matching: Matching, suffix: Callable[[], str]
) -> None:
    """Turn ``stored`` into ``now``; ``suffix`` gives four random characters for an id."""
    ids = _ids(stored, now, matching, suffix)
    left = [stored.people[old.key] for old, who in matching.pairs if old and not who]
    gone = [path for path in reversed(stored.roster.groups) if path not in matching.kept]
    going = [stored.groups[path] for path in gone]
    db.execute(delete(Lead))
    _delete(db, Person.id, left)
    _update(db, Group, [{"id": group, "path": f"/{group}"} for group in going])
    _change_groups(db, stored, now, ids)
    people = _change_people(db, stored, matching.pairs, ids)
    _delete(db, Group.id, going)
    _insert(db, Lead, _leads(now, people, ids))
    db.expire_all()


def _ids(
    stored: Stored, now: Roster, matching: Matching, suffix: Callable[[], str]
) -> dict[str, str]:
    """Return the id of every group by its path now."""
    ids = {path: stored.groups[before] for before, path in matching.kept.items()}
    ids |= matching.choices.back
    taken = set(stored.groups.values())
    for path in now.groups:
        if path not in ids:
            ids[path] = new_id(name_of(path), taken, suffix, plain=not stored.groups)
            taken.add(ids[path])
    return ids


def _change_groups(db: Session, stored: Stored, now: Roster, ids: Mapping[str, str]) -> None:
    before = {row["id"]: row for row in _groups(stored.roster, stored.groups)}
    rows = list(_groups(now, ids))
    changed = [row for row in rows if row["id"] in before and row != before[row["id"]]]
    moved = [row["id"] for row in changed if row["path"] != before[row["id"]]["path"]]
    _update(db, Group, [{"id": group, "path": f"/{group}"} for group in moved])
    _insert(db, Group, [row for row in rows if row["id"] not in before])
    _update(db, Group, changed)


def _change_people(
    db: Session, stored: Stored, pairs: Sequence[Pair], ids: Mapping[str, str]
) -> dict[str, uuid.UUID]:
    """Return everybody's id by their ``key`` now."""
    people: dict[str, uuid.UUID] = {}
    changed: list[Row] = []
    joined: list[Row] = []
    for old, who in pairs:
        if who is None:
            continue
        person = people[who.key] = stored.people[old.key] if old else uuid.uuid4()
        row = _person(person, who, ids)
        if old is None:
            joined.append(row)
        elif row != _person(person, old, stored.groups):
            changed.append(row)
    blank = [
        {"id": row["id"], "email": f"/{row['id']}", "external_id": None} for row in changed
    ]
    _update(db, Person, blank)
    _update(db, Person, changed)
    _insert(db, Person, joined)
    return people


def _groups(roster: Roster, ids: Mapping[str, str]) -> Iterator[Row]:
    for position, path in enumerate(roster.groups):
        higher = above(path)
        yield {
            "id": ids[path],
            "parent_id": ids[higher] if higher else None,
            "path": path,
            "name": name_of(path),
            "position": position,
        }


def _person(person: uuid.UUID, member: Member, ids: Mapping[str, str]) -> Row:
    return {
        "id": person,
        "external_id": member.external_id,
        "email": member.email,
        "name": member.name,
        "language": member.language,
        "group_id": ids[member.group],
        "answers_in_id": ids[member.answers_in] if member.answers_in else None,
        "on_paper": member.on_paper,
    }


def _leads(now: Roster, people: Mapping[str, uuid.UUID], ids: Mapping[str, str]) -> list[Row]:
    return [
        {"person_id": people[who.key], "group_id": ids[path]}
        for who in now.people
        for path in who.leads
    ]


def _insert(db: Session, table: type[Base], rows: Sequence[Row]) -> None:
    if rows:
        db.execute(insert(table), rows)


def _update(db: Session, table: type[Base], rows: Sequence[Row]) -> None:
    if rows:
        db.execute(update(table), rows)


def _delete(db: Session, key: InstrumentedAttribute[object], values: Sequence[object]) -> None:
    for start in range(0, len(values), _BATCH):
        some = key.in_(values[start : start + _BATCH])
        db.execute(
            delete(key.class_).where(some), execution_options={"synchronize_session": False}
        )
