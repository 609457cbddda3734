"""Taking a sealed response in, and letting its owner replace or withdraw it.

Promise: a row says which group, never who and never when; there is no function here
that opens an envelope. An acknowledged response stays until the close deletes exactly
what it has counted.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Executable, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from teamhealth.campaigns.admitting import check, require_open, unknown_survey
from teamhealth.campaigns.models import Survey
from teamhealth.errors import ConflictError, NotFoundError
from teamhealth.responses.models import SealedResponse

# Built once, and of the table: on the way of every answer, making a statement costs more
# than running it.
_TABLE = SealedResponse.metadata.tables["sealed_response"]
_ROW = _TABLE.c
_STORE: dict[str, Executable] = {
    kind: insert(_TABLE).on_conflict_do_nothing().returning(_ROW.nonce_hash)
    for kind, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_STORED = select(_ROW.survey_id, _ROW.group_id, _ROW.envelope, _ROW.edit_hash).where(
    _ROW.nonce_hash == bindparam("key")
)


@dataclass(frozen=True, slots=True)
class Handed:
    """One response as handed in: sizes in bytes are 32, 256, 4 177 and 32.

    ``signature`` must have been verified against the group's key by the caller.
    """

    group_id: str
    nonce: bytes
    signature: bytes
    envelope: bytes
    edit_hash: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What the owner of a receipt is told: the group, and whether an envelope is stored."""

    group_id: str
    stored: bool


def take(db: Session, survey_id: str, handed: Handed) -> None:
    """Store a response; the very same bytes again change nothing.

    Needs a writing session; holds the survey's row until its end, so that no close
    can overtake it.

    Raises NotOpenError unless the survey is open, ConflictError if the credential was
    spent for another envelope or the edit secret belongs to another response.
    """
    require_open(db, survey_id)
    row = {
        "nonce_hash": hashlib.sha256(handed.nonce).digest(),
        "survey_id": survey_id,
        "group_id": handed.group_id,
        "nonce": handed.nonce,
        "signature": handed.signature,
        "envelope": handed.envelope,
        "edit_hash": handed.edit_hash,
    }
    if db.scalar(_STORE[db.get_bind().dialect.name], row) is not None:
        return
    stored = db.execute(_STORED, {"key": row["nonce_hash"]}).one_or_none()
    if stored is None or tuple(stored) != tuple(row[name] for name in stored._fields):
        raise ConflictError(
            "Another response was stored for this credential. This one was not stored; "
            "with the receipt of the other one it can be changed."
        )


def look(db: Session, survey_id: str, edit: bytes) -> Kept:
    """Return what is kept under an edit secret (32 bytes).

    Raises NotFoundError for an unknown secret, NotOpenError once the survey closes.
    """
    row = db.execute(
        select(Survey.state, Survey.trouble).where(Survey.id == survey_id)
    ).one_or_none()
    if row is None:
        raise unknown_survey()
    check(row.state, row.trouble)
    found = db.execute(
        select(SealedResponse.group_id, SealedResponse.envelope.is_not(None)).where(
            SealedResponse.survey_id == survey_id,
            SealedResponse.edit_hash == hashlib.sha256(edit).digest(),
        )
    ).one_or_none()
    if found is None:
        raise _unknown_receipt()
    group_id, stored = found
    return Kept(group_id=group_id, stored=stored)


def replace(db: Session, survey_id: str, edit: bytes, envelope: bytes | None) -> None:
    """Put another envelope (4 177 bytes) in the place of the one kept; None withdraws it.

    The row of a withdrawn response stays, empty: answering again is replacing.
    Raises NotFoundError for an unknown secret, NotOpenError unless the survey is open.
    """
    require_open(db, survey_id)
    changed = db.execute(
        update(SealedResponse)
        .where(
            SealedResponse.survey_id == survey_id,
            SealedResponse.edit_hash == hashlib.sha256(edit).digest(),
        )
        .values(envelope=envelope)
        .returning(SealedResponse.group_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if changed is None:
        raise _unknown_receipt()


def _unknown_receipt() -> NotFoundError:
    return NotFoundError(
        "No response belongs to this receipt. Nothing was changed; please compare its characters."
    )
