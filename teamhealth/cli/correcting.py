"""``teamhealth survey void|readdress|move|join``: somebody is wrong or missing in an open survey.

Promise (law 9): what is printed does not depend on whether the person has answered.
"""

from collections.abc import Callable
from datetime import datetime

import click
from sqlalchemy.orm import Session

from teamhealth import clock, logs
from teamhealth.cli.opening import opened
from teamhealth.cli.posting import post
from teamhealth.cli.printing import json_option, tell
from teamhealth.invitations import correcting

Act = Callable[[Session, datetime], str | None]

_survey = click.argument("survey", metavar="ID")
_who = click.argument("who", metavar="PERSON")


@click.command
@_survey
@_who
@json_option
def void(*, survey: str, who: str, as_json: bool) -> None:
    """Take a person's seat away, as of somebody who leaves; an answer given stays.

    PERSON is an address, an external id, or a name that only one person has.
    """
    _do("void", survey, lambda db, at: correcting.void(db, survey, who, at=at), as_json)


@click.command
@_survey
@_who
@click.argument("address")
@json_option
def readdress(*, survey: str, who: str, address: str, as_json: bool) -> None:
    """Send a person's link to another ADDRESS, in the roster, too; the earlier one is told.

    Takes one of the group's spare seats. PERSON as for `void`.
    """
    _do(
        "readdress",
        survey,
        lambda db, at: correcting.readdress(db, survey, who, address, at=at),
        as_json,
    )


@click.command
@_survey
@_who
@click.argument("path", metavar="GROUP")
@json_option
def move(*, survey: str, who: str, path: str, as_json: bool) -> None:
    """Give a person a new link for another GROUP (its whole path), in place of theirs.

    Takes one of that group's spare seats. PERSON as for `void`.
    """
    _do("move", survey, lambda db, at: correcting.move(db, survey, who, path, at=at), as_json)


@click.command
@_survey
@_who
@json_option
def join(*, survey: str, who: str, as_json: bool) -> None:
    """Invite a person of the roster who has no valid invitation, such as somebody who came late.

    Takes one of the spare seats of the group where the roster places them. PERSON as for `void`.
    """
    _do("join", survey, lambda db, at: correcting.join(db, survey, who, at=at), as_json)


def _do(kind: str, survey: str, act: Act, as_json: bool) -> None:
    with opened() as installation:
        with installation.database.write() as db:
            group = act(db, clock.now())
            db.commit()
        logs.event("seat_changed", survey=survey, kind=kind)
        post(installation)
    lines = [correcting.DONE]
    if group:
        lines.append(f"The link is for {group}.")
    tell(
        {"survey": survey, "act": kind, "group": group, "told": correcting.DONE},
        lines,
        as_json=as_json,
    )
