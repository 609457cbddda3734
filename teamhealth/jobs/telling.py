"""Letters to everybody invited to a survey, whether or not they have answered."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from teamhealth.campaigns import deciding, lookup, reminding
from teamhealth.campaigns.models import State, Survey, TrusteeTray
from teamhealth.db import Database
from teamhealth.invitations import inviting, writing
from teamhealth.jobs import trustee_letters
from teamhealth.mail.models import Letter
from teamhealth.roster.models import Group, Person

INVITATION, REMINDER = "invitation", "reminder"
EXTENDED, CANCELLED = deciding.EXTENDED, "cancelled"
"""Kinds of letters, as their wordings are named."""

_AT_A_TIME = 1000  # so that a hundred thousand letters are queued in seconds


def tell_everybody(db: Session, survey: Survey, kind: str, *, at: datetime) -> int:
    """Queue a letter of that kind to everybody invited, to go out from ``at``; return how many.

    A reminder goes to all who have not switched it off. Each is in the person's language
    where the survey offers it, else in its first.
    """
    facts = writing.facts_of(survey)
    everybody = inviting.everybody(db, survey.id, hushed=kind != REMINDER)
    link = kind != CANCELLED
    count = 0
    while some := list(islice(everybody, _AT_A_TIME)):
        rows = [writing.letter(survey, kind, one, facts, at=at, link=link) for one in some]
        db.execute(insert(Letter), rows)
        count += len(some)
    return count


def tell_cancelled(db: Session, survey: Survey, *, at: datetime) -> None:
    """Queue letters to everybody about a survey's end without a result, and to its trustee.

    A survey that waited for its trustee knows no longer whom it invited; then all those
    are written to whom the roster now has in the groups that were asked.
    """
    tray = db.get(TrusteeTray, survey.id)
    if tray is None or tray.issued is None:
        tell_everybody(db, survey, CANCELLED, at=at)
    else:
        facts = writing.facts_of(survey)
        rows = [
            writing.letter(survey, CANCELLED, one, facts, at=at, link=False)
            for one in asked(db, survey)
        ]
        for start in range(0, len(rows), _AT_A_TIME):
            db.execute(insert(Letter), rows[start : start + _AT_A_TIME])
    if tray is not None:
        trustee_letters.write(db, survey, trustee_letters.OVER, at=at)


def asked(db: Session, survey: Survey) -> Iterator[inviting.Invited]:
    """Give all with an address whom the roster now has in the groups that a survey asked."""
    scope = db.get(Group, survey.scope_id)
    if scope is None:
        return iter(())
    below = Group.path.startswith(scope.path + "/", autoescape=True)
    rows = db.execute(
        select(Person.id, Person.email, Person.name, Person.language)
        .join(Group, Group.id == Person.group_id)
        .where(or_(Group.id == scope.id, below), Person.email.is_not(None))
        .order_by(Person.id)
    )
    return (inviting.Invited(row.id, row.email, row.name, row.language) for row in rows)


def tell_news(database: Database, survey_id: str, *, at: datetime) -> bool:
    """Queue what an open survey's people still have to be told, once; False if there is nothing."""
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        if not survey.to_tell or survey.state is not State.OPEN:
            return False
        tell_everybody(db, survey, survey.to_tell, at=at)
        survey.to_tell = ""
        db.commit()
    return True


def remind(database: Database, survey_id: str, *, at: datetime) -> bool:
    """Queue the reminder of an open survey when it is due, once; False if it is not."""
    with database.read() as db:  # nobody who answers has to wait for what is not due
        if not _is_due(lookup.survey(db, survey_id), at):
            return False
    with database.write() as db:
        survey = lookup.survey(db, survey_id, lock=True)
        if not _is_due(survey, at):
            return False
        tell_everybody(db, survey, REMINDER, at=at)
        survey.reminded = True
        db.commit()
    return True


def _is_due(survey: Survey, at: datetime) -> bool:
    due = reminding.due(survey)
    return survey.state is State.OPEN and due is not None and due <= at < survey.closes_at
