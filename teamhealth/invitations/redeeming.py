"""Using a link or a paper slip: which group it stands for, and that it is stamped for one slip only.

Promise: the token is hashed on the way in and never stored; what is noted of a use is
the hash of the blinded slip, which nobody can recognise in a response.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from teamhealth.campaigns.admitting import check, require_open, unknown_survey
from teamhealth.campaigns.models import Survey
from teamhealth.credentials.tokens import token_hash
from teamhealth.errors import NotFoundError, UsedLinkError
from teamhealth.invitations.models import Invitation

# Built once, and of the tables: on the way of every answer, making a statement costs
# more than running it.
_INVITATION = Invitation.metadata.tables["invitation"]
_LINK, _SURVEY = _INVITATION.c, Survey.metadata.tables["survey"].c
_OURS = and_(
    _LINK.survey_id == bindparam("survey"),
    _LINK.token_hash == bindparam("hashed_token"),
    or_(_LINK.void.is_(False), _LINK.blinded_hash.is_not(None)),  # void and used: used
)
_FIND = (
    select(_SURVEY.state, _SURVEY.trouble, _LINK.group_id, _LINK.paper)
    .outerjoin(_INVITATION, _OURS)
    .where(_SURVEY.id == bindparam("survey"))
)
_USE = (
    update(_INVITATION)
    .where(_OURS, or_(_LINK.blinded_hash.is_(None), _LINK.blinded_hash == bindparam("mark")))
    .values(blinded_hash=bindparam("mark"))
    .returning(_LINK.group_id)
)
_SPEND = (
    update(_INVITATION)
    .where(_OURS, _LINK.paper, _LINK.blinded_hash.is_(None))
    .values(blinded_hash=bindparam("mark"))
    .returning(_LINK.group_id)
)
_HUSH = update(_INVITATION).where(_OURS).values(quiet=True).returning(_LINK.group_id)
_KNOWN = select(_LINK.group_id).where(_OURS)


@dataclass(frozen=True, slots=True)
class Seat:
    """What a token stands for: an answering group, and whether it came on a paper slip."""

    group_id: str
    paper: bool


def seat_of(db: Session, survey_id: str, token: bytes) -> Seat:
    """Return the seat of a token (10 bytes); this changes nothing.

    Raises NotFoundError for an unknown survey or token, NotOpenError and
    KeysMissingError as ``campaigns.admitting.check``.
    """
    found = db.execute(_FIND, _link(survey_id, token)).one_or_none()
    if found is None:
        raise unknown_survey()
    check(found.state, found.trouble)
    if found.group_id is None:
        raise _unknown_link()
    return Seat(found.group_id, found.paper)


def redeem(db: Session, survey_id: str, token: bytes, blinded: bytes) -> None:
    """Note that the link was used for this blinded slip (256 bytes), once and for all.

    The same slip again changes nothing, so a lost answer can be asked for again.
    Needs a writing session; holds the survey's row until its end.

    Raises UsedLinkError if the link was used for another slip, and as ``seat_of``.
    """
    require_open(db, survey_id)
    link = _link(survey_id, token)
    mark = hashlib.sha256(blinded).digest()
    if db.scalar(_USE, {**link, "mark": mark}) is not None:
        return
    if db.scalar(_KNOWN, link) is None:
        raise _unknown_link()
    raise UsedLinkError(
        "This link was already used on another device or in another browser. "
        "Nothing was stored; with the receipt shown there the answers can be changed."
    )


def spend(db: Session, survey_id: str, token: bytes, mark: bytes) -> str:
    """Use a paper slip whole, for an answer stored in the same transaction; return its group.

    ``mark`` is 32 random bytes, noted where a stamped slip has the hash of what was
    stamped. Needs a writing session. Raises UsedLinkError for a used slip, NotFoundError
    for any other code, also that of a letter: only a slip leads to nobody.
    """
    require_open(db, survey_id)
    link = _link(survey_id, token)
    found: str | None = db.scalar(_SPEND, {**link, "mark": mark})
    if found is not None:
        return found
    if db.scalar(_KNOWN.where(_LINK.paper), link) is None:
        raise _unknown_link()
    raise UsedLinkError(
        "This paper slip was already used. Nothing was stored now; if you pressed Send twice, your "
        "answers have arrived."
    )


def hush(db: Session, survey_id: str, token: bytes) -> None:
    """Send no reminder to whoever has this link, whether or not it was used.

    Needs a writing session. Raises as ``seat_of``.
    """
    require_open(db, survey_id)
    if db.scalar(_HUSH, _link(survey_id, token)) is None:
        raise _unknown_link()


def _link(survey_id: str, token: bytes) -> dict[str, str | bytes]:
    return {"survey": survey_id, "hashed_token": token_hash(survey_id, token)}


def _unknown_link() -> NotFoundError:
    return NotFoundError(
        "This code is not known. Nothing was stored; please compare it with the invitation."
    )
