"""Who is at the desk in this request, and which pages are for whom.

Every page is for people who are signed in, unless it is marked ``@for_everybody``; a
page that nobody marked is closed, not open.
"""

import uuid
from collections.abc import Callable
from functools import wraps

from flask import g
from flask.typing import ResponseReturnValue

from teamhealth.accounts.access import Access
from teamhealth.errors import NotFoundError
from teamhealth.web.desk.speaking import gettext

_OPEN = "teamhealth_for_everybody"

View = Callable[..., ResponseReturnValue]


def access() -> Access:
    """Return what the signed-in person may see.

    Only pages that are not ``@for_everybody`` may ask: on those nobody may be signed in.
    """
    found = maybe_access()
    assert found is not None  # noqa: S101  (the door of ``app`` let nobody else in)
    return found


def maybe_access() -> Access | None:
    """Return what the signed-in person may see, or None if nobody is signed in."""
    found: Access | None = g.get("access")
    return found


def account_id() -> uuid.UUID:
    """Return the account of the signed-in person."""
    found: uuid.UUID = g.account_id
    return found


def for_everybody(view: View) -> View:
    """Open a page to people who are not signed in."""
    setattr(view, _OPEN, True)
    return view


def is_for_everybody(view: object) -> bool:
    """Tell whether a view was marked so."""
    return getattr(view, _OPEN, False)


def hr_only(view: View) -> View:
    """Close a page to everybody but HR; to others it does not exist."""

    @wraps(view)
    def guarded(*args: object, **more: object) -> ResponseReturnValue:
        if not access().is_hr:
            raise NotFoundError(
                gettext(
                    "There is nothing here, or it is not yours to see. Nothing was changed."
                )
            )
        return view(*args, **more)

    return guarded
