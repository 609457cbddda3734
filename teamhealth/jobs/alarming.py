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
    """Queue a letter to everybody of HR, in the survey's first language; return how many.

    ``until`` is when the answers are destroyed unread if they still cannot be counted.
    """
    language = survey.languages[0]
    facts = writing.facts_of(survey)
    wait = day_and_time(until, language)
    who = db.scalars(
        select(Account).where(Account.is_hr, Account.active).order_by(Account.email)
    )
    rows = [
        writing.letter(
            survey,
            UNCOUNTED,
            Invited(_NOBODY, one.email, one.name, language),
            facts,
            at=at,
            link=False,
            until=wait,
        )
        for one in who
    ]
    if rows:
        db.execute(insert(Letter), rows)
    return len(rows)
