"""The way to the desk in a letter to a leader, made while it is sent.

Whoever has a password gets the address of the result. Whoever has an account without one
gets a set-up link as HR would make it: it works once, for seven days, and is stored nowhere.
"""

from sqlalchemy import Select, select

from teamhealth import clock
from teamhealth.accounts import setting_up
from teamhealth.accounts.models import Account
from teamhealth.db import Database
from teamhealth.i18n.dates import long_date
from teamhealth.mail.models import Letter
from teamhealth.settings import Settings


def desk_facts(database: Database, settings: Settings, letter: Letter) -> dict[str, str]:
    """Return ``url`` and, for a set-up link, ``setup``, the day until which it works; else empty."""
    with database.read() as db:
        fresh = db.scalar(_without_password(letter.address))
    if fresh is None:
        page = f"/desk/surveys/{letter.survey_id}/results"
        return {"url": settings.base_url + page, "setup": ""}
    with database.write() as db:
        account = db.scalars(_without_password(letter.address)).one()
        token = setting_up.link_for(db, account, now=clock.now())
        db.commit()
    return {
        "url": f"{settings.base_url}/desk/setup/{token}",
        "setup": long_date(clock.now() + setting_up.LIFE, letter.language),
    }


def _without_password(address: str) -> Select[Account]:
    return select(Account).where(
        Account.email == address, Account.active, Account.password == ""
    )
