"""Putting right who is invited while a survey is open: void, readdress, move, join.

Promise (law 9): whether somebody has answered changes nothing that anybody is told.
Reply, letters and rows touched are the same; who has answered already gets a link that
answers as used, which only the person learns. Seats given anew are spare ones, so that
nobody can redirect a group's links to themselves (``campaigns.seats``).
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from teamhealth.accounts.addresses import is_address, plain_address
from teamhealth.campaigns import answering, lookup, seats
from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.errors import RefusedError
from teamhealth.invitations import writing
from teamhealth.invitations.inviting import Invited
from teamhealth.invitations.models import Invitation, SpareSeat
from teamhealth.mail.models import Letter
from teamhealth.roster import finding
from teamhealth.roster.models import Person

_NO_SEAT = uuid.UUID(int=0)

ACTS = ("void", "readdress", "move", "join")

DONE = (
    "Done. If an earlier link of this person was already used, that answer stays where it was; "
    "nobody is told whether it was."
)
"""The reply to every act."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One person in one open survey, with all the seats they had by letter; at most one is not void."""

    db: Session
    survey: Survey
    who: Person
    seats: Sequence[Invitation]
    at: datetime

    def valid(self) -> Invitation:
        """Return the seat they have; RefusedError if they have none."""
        for seat in self.seats:
            if not seat.void:
                return seat
        raise RefusedError(
            f"{self.who.name} has no valid invitation to this survey. Nothing was changed; "
            "who should have one can be let in as a late person."
        )

    def tell(self, kind: str, address: str, seat: Invitation | None, **more: str) -> None:
        """Queue one letter; with the link of ``seat``, if one is given."""
        name, language = self.who.name, self.who.language
        person = Invited(seat.id if seat else _NO_SEAT, address, name, language)
        facts, link = writing.facts_of(self.survey), seat is not None
        row = writing.letter(self.survey, kind, person, facts, at=self.at, link=link, **more)
        self.db.execute(insert(Letter), [row])

    def tell_former(self, address: str) -> None:
        """Tell every other address to which a link of this person went."""
        former = {seat.address for seat in self.seats if seat.address} - {address}
        for one in sorted(former):
            self.tell("redirected", one, None)

    def hold_back(self, seat: Invitation) -> None:
        """Delete the letters with this link that have not gone out yet."""
        self.db.execute(delete(Letter).where(Letter.invitation_id == seat.id))

    def take_away(self, seat: Invitation) -> None:
        """Let nobody take a seat any more."""
        self.hold_back(seat)
        seat.void = True
        here = (
            SurveyGroup.survey_id == self.survey.id,
            SurveyGroup.group_id == seat.group_id,
        )
        self.db.execute(update(SurveyGroup).where(*here).values(gone=SurveyGroup.gone + 1))

    def seat_in(self, group: SurveyGroup, address: str) -> Invitation:
        """Give them a spare seat of a group; one that counts as used if they have answered."""
        seats.spend(self.db, self.survey, group.group_id)
        ours = (
            SpareSeat.survey_id == self.survey.id,
            SpareSeat.group_id == group.group_id,
        )
        free = self.db.scalars(select(SpareSeat).where(*ours).order_by(SpareSeat.id)).first()
        if free is None:
            raise RefusedError(f"{group.name} has no spare seat left. Nothing was changed.")
        mark = next((one.blinded_hash for one in self.seats if one.blinded_hash), None)
        new = Invitation(
            id=free.id,
            survey_id=self.survey.id,
            group_id=group.group_id,
            person_id=self.who.id,
            token_hash=free.token_hash,
            blinded_hash=mark,
            address=address,
            copied=mark is not None,
            quiet=any(one.quiet for one in self.seats),
        )
        self.db.delete(free)
        self.db.add(new)
        self.db.flush()
        return new


def void(db: Session, survey_id: str, who: str, *, at: datetime) -> None:
    """Take a person's seat away, as of somebody who leaves; an answer given stays.

    The person is told. Raises NotFoundError and RefusedError, as all of these.
    """
    case = _case(db, survey_id, who, at)
    seat = case.valid()
    case.take_away(seat)
    case.tell("void", seat.address or "", None)
    db.flush()


def readdress(db: Session, survey_id: str, who: str, address: str, *, at: datetime) -> None:
    """Send a person's link to another address, in the roster, too; the earlier one is told."""
    case = _case(db, survey_id, who, at)
    seat = case.valid()
    new = plain_address(address)
    if not is_address(new):
        raise RefusedError(
            f"“{address}” is no e-mail address. Nothing was changed; write it like name@example.org."
        )
    if new == seat.address:
        raise RefusedError(
            f"Letters for {case.who.name} go to that address already. Nothing was changed."
        )
    _require_free(db, case.who, new)
    seats.spend(db, case.survey, seat.group_id)
    case.hold_back(seat)
    case.tell("redirected", seat.address or "", None)
    case.who.email = seat.address = new
    case.tell("readdressed", new, seat)
    db.flush()


def move(db: Session, survey_id: str, who: str, path: str, *, at: datetime) -> str:
    """Give a person a new link for another group, in place of theirs; return that group's path.

    The group is the one in which the people of ``path`` answer.
    """
    case = _case(db, survey_id, who, at)
    seat = case.valid()
    group = answering.of_path(db, case.survey, path)
    if group.group_id == seat.group_id:
        raise RefusedError(
            f"{case.who.name} already answers in {group.path}. Nothing was changed."
        )
    case.take_away(seat)
    address = seat.address or ""
    case.tell("moved", address, case.seat_in(group, address), group=group.name)
    return group.path


def join(db: Session, survey_id: str, who: str, *, at: datetime) -> str:
    """Let in a person who has no valid seat, where the roster places them; return that group's path.

    The letter goes to the roster's address; any other that an earlier link went to is told.
    """
    case = _case(db, survey_id, who, at)
    address = case.who.email
    if not all(seat.void for seat in case.seats):
        raise RefusedError(
            f"{case.who.name} has a valid invitation to this survey. Nothing was changed."
        )
    if case.who.on_paper or address is None:
        raise RefusedError(
            f"{case.who.name} gets a paper slip, by the roster. Nothing was changed; hand out a slip, or "
            "correct the roster first."
        )
    group = answering.of_person(db, case.survey, case.who)
    case.tell_former(address)
    case.tell("joined", address, case.seat_in(group, address), group=group.name)
    return group.path


def _case(db: Session, survey_id: str, who: str, at: datetime) -> _Case:
    survey = lookup.survey(db, survey_id, lock=True)
    if survey.state is not State.OPEN:
        raise RefusedError(
            f"This can be put right only while a survey is open, and survey {survey.id} is "
            f"{survey.state.value}. Nothing was changed."
        )
    person = finding.person(db, who)
    ours = (Invitation.survey_id == survey.id, Invitation.person_id == person.id)
    found = db.scalars(select(Invitation).where(*ours)).all()
    return _Case(db, survey, person, found, at)


def _require_free(db: Session, who: Person, address: str) -> None:
    other = db.scalar(select(Person.name).where(Person.email == address, Person.id != who.id))
    if other is not None:
        raise RefusedError(
            f"{address} is the address of {other} in the roster. Nothing was changed; a link goes to one person."
        )
