"""A letter to HR when a closed survey could not be counted: the audit kept its result back.

Each objection is written of once; the operator sees it in the log and by ``teamhealth doctor``.
"""

import uuid
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from teamhealth.accounts.models import Account
from teamhealth.campaigns.models import Survey
from teamhealth.i18n.dates import day_and_time
from teamhealth.invitations import writing
from teamhealth.invitations.inviting import Invited
from teamhealth.mail.models import Letter

UNCOUNTED = "uncounted"
"""The kind of letter, as its wording is named."""

_NOBODY = uuid.UUID(int=0)  # whoever is of HR has no seat in this letter


def tell_hr(db: Session, survey: Survey, *, until: datetime, at: datetime) -> int:
    """Queue a letter to everybody of HR, in their account's or the survey's first language; return how many.

    ``until`` is when the answers are destroyed unread if they still cannot be counted.
    """
    who = db.scalars(
        select(Account).where(Account.is_hr, Account.active).order_by(Account.email)
    )
    readers = [(one, one.language or survey.languages[0]) for one in who]
    facts = writing.facts_of(survey, *(language for _, language in readers))
    rows = [
        writing.letter(
            survey,
            UNCOUNTED,
            Invited(_NOBODY, one.email, one.name, language),
            facts,
            at=at,
            link=False,
            until=day_and_time(until, language),
        )
        for one, language in readers
    ]
    if rows:
        db.execute(insert(Letter), rows)
    return len(rows)
