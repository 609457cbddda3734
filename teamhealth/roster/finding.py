"""Finding one person of the roster by what somebody typed."""

from collections.abc import Container

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.roster.leading import answers_in
from teamhealth.roster.models import Group, Lead, Person


def person(db: Session, text: str) -> Person:
    """Return who has that address or ``external_id``, else the only one with that name.

    Raises NotFoundError if there is nobody, RefusedError if several have the name.
    """
    wanted = " ".join(text.split())
    for known in (Person.email == wanted.lower(), Person.external_id == wanted):
        if found := db.scalar(select(Person).where(known)):
            return found
    named = db.scalars(
        select(Person).where(func.lower(Person.name) == wanted.lower()).limit(2)
    ).all()
    if len(named) > 1:
        raise RefusedError(
            f"Several people are called {wanted}. Nothing was changed; give the address of the one you mean."
        )
    if not named:
        raise NotFoundError(
            f"There is nobody “{wanted}” in the roster. Nothing was changed; give the address as the "
            "roster has it, or import the roster with this person first."
        )
    return named[0]


def home(db: Session, who: Person) -> Group:
    """Return the group in which a person answers by the roster, before any roll-up: see ``placing``."""
    group = db.get_one(Group, who.answers_in_id or who.group_id)
    if who.answers_in_id is not None:
        return group
    led = select(Group.path).join(Lead, Lead.group_id == Group.id)
    ours = led.where(Lead.person_id == who.id).order_by(Group.position, Group.id)
    path = answers_in(group.path, db.scalars(ours).all())
    return db.scalars(select(Group).where(Group.path == path)).one()


def nearest(db: Session, group: Group, among: Container[str]) -> str | None:
    """Return the id of a group, or of the first above it, that is ``among`` these; None if none is."""
    at: Group | None = group
    while at is not None and at.id not in among:
        at = db.get(Group, at.parent_id) if at.parent_id else None
    return at.id if at else None
