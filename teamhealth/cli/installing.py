"""``teamhealth init``: an installation is made, or brought up to this version.

Promise: it may be run again at any time; nothing that is there is lost.
"""

from collections.abc import Iterator

import click

from teamhealth import clock
from teamhealth.accounts import setting_up, tokens
from teamhealth.cli.opening import Installation, settings
from teamhealth.cli.printing import json_option, tell
from teamhealth.db import open_database
from teamhealth.i18n.dates import long_date
from teamhealth.keys import files
from teamhealth.migrations import running


@click.command
@click.option(
    "--renew",
    metavar="EMAIL",
    help="Print a new set-up link for this account, if its owner cannot sign in.",
)
@json_option
def init(*, renew: str | None, as_json: bool) -> None:
    """Create or upgrade the database; print a set-up link for the first HR account."""
    found = settings()
    database = open_database(found.database_url)
    try:
        installation = Installation(found, database)
        set_up(installation)
        link = _link(installation, renew)
    finally:
        database.close()
    until = clock.now() + setting_up.LIFE
    facts = {
        "home": str(found.home),
        "link": link,
        "until": until.isoformat() if link else None,
    }
    tell(facts, _told(link, long_date(until, "en")), as_json=as_json)


def set_up(installation: Installation) -> None:
    """Make folders, the key of the desk's cookies and all tables, or bring them up to this version."""
    home, keys = installation.settings.home, installation.settings.keys
    files.make_folder(home)
    files.make_folder(keys)
    tokens.desk_key(home)
    running.upgrade(installation.database)


def _link(installation: Installation, renew: str | None) -> str | None:
    """Return the address of a new set-up link; None where somebody of HR can sign in."""
    now = clock.now()
    with installation.database.write() as db:
        if renew:
            token = setting_up.link_for(db, setting_up.account_of(db, renew), now=now)
        elif setting_up.hr_can_sign_in(db):
            return None
        else:
            token = setting_up.first_link(db, now=now)
        db.commit()
    return f"{installation.settings.base_url}/desk/setup/{token}"


def _told(link: str | None, until: str) -> Iterator[str]:
    yield "The database is ready for this version."
    if link is None:
        yield "Somebody of HR can sign in, so no set-up link is printed; HR gives access to others."
        return
    yield f"Open this link to set up the account; it works once, until {until}, and replaces any before:"
    yield link
