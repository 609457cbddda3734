"""Inviting people, and whom to write to while the survey runs.

Promises: a token is never stored, only its hash; rows lie in the order of random ids; a
link goes where it was sent first, whatever address the roster names later.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from teamhealth.credentials.tokens import token, token_hash
from teamhealth.invitations.models import Invitation, SpareSeat
from teamhealth.roster.models import Person

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody to write to, where their link was sent; ``language`` is what the roster says, if it does."""

    invitation: uuid.UUID
    address: str
    name: str
    language: str | None


def invite(
    db: Session, survey_id: str, link_key: bytes, people: Iterable[tuple[uuid.UUID, str]]
) -> None:
    """Make an invitation for each (person id, id of the group in which they answer).

    ``link_key`` is the survey's (32 bytes); every code follows from it.
    """
    coming = iter(people)
    while some := list(islice(coming, _AT_A_TIME)):
        drawn = sorted((uuid.uuid4(), person, group) for person, group in some)
        db.execute(insert(Invitation), [_row(survey_id, link_key, *each) for each in drawn])
    address = select(Person.email).where(Person.id == Invitation.person_id).scalar_subquery()
    ours = (Invitation.survey_id == survey_id, Invitation.address.is_(None))
    db.execute(update(Invitation).where(*ours).values(address=address))


def keep_spare(
    db: Session, survey_id: str, link_key: bytes, seats: Iterable[tuple[str, int]]
) -> None:
    """Make the spare seats of each (answering group, how many), for whoever comes later."""
    drawn = sorted((uuid.uuid4(), group) for group, count in seats for _ in range(count))
    rows = (
        {
            "id": name,
            "survey_id": survey_id,
            "group_id": group,
            "token_hash": token_hash(survey_id, token(link_key, survey_id, str(name))),
        }
        for name, group in drawn
    )
    while some := list(islice(rows, _AT_A_TIME)):
        db.execute(insert(SpareSeat), some)


def everybody(db: Session, survey_id: str, *, hushed: bool = True) -> Iterator[Invited]:
    """Give everybody who has a seat by letter, whether or not they have answered.

    Without ``hushed``, all but those who want no reminders.
    """
    ours = [Invitation.survey_id == survey_id, Invitation.void.is_(False)]
    if not hushed:
        ours.append(Invitation.quiet.is_(False))
    rows = db.execute(
        select(Invitation.id, Invitation.address, Person.name, Person.language)
        .join(Person, Person.id == Invitation.person_id)
        .where(*ours, Invitation.address.is_not(None))
        .order_by(Invitation.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    return (Invited(row.id, row.address, row.name, row.language) for row in rows)


def any_code_hash(db: Session, survey_id: str) -> tuple[uuid.UUID, bytes] | None:
    """Return the id and token hash of one invitation, against which a link key can be tried."""
    row = db.execute(
        select(Invitation.id, Invitation.token_hash)
        .where(Invitation.survey_id == survey_id, Invitation.paper.is_(False))
        .order_by(Invitation.id)
        .limit(1)
    ).one_or_none()
    return (row.id, row.token_hash) if row else None


def forget(db: Session, survey_id: str) -> None:
    """Delete every invitation and spare seat of a survey."""
    for kind in (Invitation, SpareSeat):
        db.execute(delete(kind).where(kind.survey_id == survey_id))


def _row(
    survey_id: str, link_key: bytes, name: uuid.UUID, person: uuid.UUID, group: str
) -> dict[str, object]:
    return {
        "id": name,
        "survey_id": survey_id,
        "group_id": group,
        "person_id": person,
        "token_hash": token_hash(survey_id, token(link_key, survey_id, str(name))),
        "blinded_hash": None,
        "copied": False,
        "paper": False,
        "void": False,
        "quiet": False,
    }
