"""Who answers where by the roster as it is now: own group, leader rule, a person's exception.

Roll-up comes later, in the survey: here nobody knows yet how small is too small.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.errors import NotFoundError
from teamhealth.roster.leading import answers_in
from teamhealth.roster.models import Group, Lead, Person
from teamhealth.roster.paths import is_within, tidy


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """One group; ``parent`` is its number in the placement, −1 for the first."""

    id: str
    name: str
    path: str
    parent: int


@dataclass(frozen=True, slots=True)
class PlacedPerson:
    """One person; ``group`` is the number of the group in which they answer.

    Who is ``on_paper`` draws a paper slip and gets no letter.
    """

    id: uuid.UUID
    group: int
    on_paper: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """Everybody who can be asked; ``groups`` in the order of the tree, the top group first."""

    groups: tuple[PlacedGroup, ...]
    people: tuple[PlacedPerson, ...]


def place(db: Session, scope_path: str | None) -> Placement:
    """Place the people of a group and all below it (None: everybody).

    Who belongs there but would answer outside, as its leader would, answers in its top group.
    Raises NotFoundError if there is no such group.
    """
    hold_still(db)
    groups = _groups(db, scope_path)
    return Placement(groups, tuple(_people(db, groups)))


def hold_still(db: Session, *, for_change: bool = False) -> None:
    """Let readers and an import of the roster wait for each other, so that nobody reads half of one."""
    top = select(Group.id).where(Group.parent_id.is_(None))
    db.execute(top.with_for_update(read=not for_change)).all()


def _groups(db: Session, scope_path: str | None) -> tuple[PlacedGroup, ...]:
    rows = db.execute(
        select(Group.id, Group.name, Group.path, Group.parent_id).order_by(
            Group.position, Group.id
        )
    ).all()
    if not rows:
        raise NotFoundError(
            "There are no people yet, so nothing was done. "
            "Import the roster first (`teamhealth roster import FILE.csv`)."
        )
    scope = rows[0].path if scope_path is None else tidy(scope_path)
    inside = [row for row in rows if is_within(row.path, scope)]
    if not inside:
        raise NotFoundError(
            f"There is no group “{scope}” in the roster, so nothing was done. "
            f"Write its whole path as in the roster file, beginning with “{rows[0].path}”."
        )
    number = {row.id: v for v, row in enumerate(inside)}
    return tuple(
        PlacedGroup(row.id, row.name, row.path, number.get(row.parent_id, -1)) for row in inside
    )


def _people(db: Session, groups: Sequence[PlacedGroup]) -> Iterator[PlacedPerson]:
    number = {group.id: v for v, group in enumerate(groups)}
    number_of = {group.path: v for v, group in enumerate(groups)}
    leads = _leads(db)
    rows = db.execute(
        select(Person.id, Person.group_id, Person.answers_in_id, Person.on_paper).order_by(
            Person.id
        )
    )
    for person in rows:
        own = number.get(person.group_id)
        if own is None:
            continue
        if person.answers_in_id is not None:
            home = number.get(person.answers_in_id, 0)
        elif person.id in leads:
            path = answers_in(groups[own].path, leads[person.id])
            home = number_of.get(path, 0)
        else:
            home = own
        yield PlacedPerson(person.id, home, person.on_paper)


def _leads(db: Session) -> dict[uuid.UUID, list[str]]:
    """Return the paths of the groups each leader leads, in the order of the tree."""
    rows = db.execute(
        select(Lead.person_id, Group.path)
        .join(Group, Group.id == Lead.group_id)
        .order_by(Group.position, Group.id)
    )
    leads = defaultdict(list)
    for person, path in rows:
        leads[person].append(path)
    return leads
