"""Importing a roster: what it would change, and changing it.

Promise: what is stored is what was shown. If the roster was changed between the two,
nothing is stored. The same file imported twice changes nothing the second time. What a
group of the file is the same as may be decided by hand; the preview tells that, too.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from teamhealth.errors import RefusedError
from teamhealth.roster import changing, comparing, storing
from teamhealth.roster.choices import Wish, choose
from teamhealth.roster.diff import Diff
from teamhealth.roster.listed import Roster
from teamhealth.roster.matching import match
from teamhealth.roster.placing import hold_still

_AS_IT_SEEMS = Wish()


def preview(db: Session, roster: Roster, wish: Wish = _AS_IT_SEEMS) -> Diff:
    """Return what importing this roster would change now; WrongUseError for an impossible wish."""
    before = storing.load(db).roster
    return comparing.compare(
        before, roster, match(before, roster, choose(before, roster, wish))
    )


def apply(
    db: Session,
    roster: Roster,
    shown: Diff,
    suffix: Callable[[], str],
    wish: Wish = _AS_IT_SEEMS,
) -> None:
    """Store this roster in place of the present one; ``suffix`` gives four random characters.

    Raises RefusedError if that would change something else than was ``shown``.
    """
    hold_still(db, for_change=True)
    stored = storing.load(db)
    choices = choose(stored.roster, roster, wish)
    matching = match(stored.roster, roster, choices)
    here = set(stored.groups.values()).intersection(choices.back.values())
    if here or comparing.compare(stored.roster, roster, matching) != shown:
        raise RefusedError(
            "The roster was changed by somebody else in the meantime, so this import would do "
            "something else than was shown. Nothing was stored; import the file again."
        )
    changing.change(db, stored, roster, matching, suffix)
