"""Inviting people, and whom to write to while the survey runs.

Promise: a token is never stored, only its hash; rows lie in the order of random ids.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from teamhealth.credentials.tokens import token, token_hash
from teamhealth.invitations.models import Invitation
from teamhealth.roster.models import Person

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody to write to; ``language`` is what the roster says, if it does."""

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


def everybody(db: Session, survey_id: str) -> Iterator[Invited]:
    """Give everybody invited to a survey, whether or not they have answered."""
    rows = db.execute(
        select(Invitation.id, Person.email, Person.name, Person.language)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.survey_id == survey_id)
        .order_by(Invitation.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    return (Invited(row.id, row.email, row.name, row.language) for row in rows)


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
    """Delete every invitation of a survey."""
    db.execute(delete(Invitation).where(Invitation.survey_id == survey_id))


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
        "paper": False,
        "void": False,
        "quiet": False,
    }
