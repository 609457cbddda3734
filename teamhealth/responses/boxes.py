"""Handing the sealed rows to the count, group by group, and deleting what was counted.

Promise: rows come in the order of their hashes, never of their arrival; a few hundred
are in memory at a time; exactly what was read is deleted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from teamhealth.errors import ConflictError
from teamhealth.responses.models import SealedResponse

_AT_A_TIME = 250  # 250 envelopes are about 1.2 MB


@dataclass(frozen=True, slots=True)
class Row:
    """One sealed row without its edit hash; ``envelope`` is None after a withdrawal."""

    nonce_hash: bytes
    nonce: bytes
    signature: bytes
    envelope: bytes | None


def boxes(db: Session, survey_id: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """Give each group that has rows, in the order of its id, with an iterator over them.

    A group's iterator must be used up before the next group is asked for. The survey
    must have left ``open``, else rows may come in while they are read.
    """
    keys = db.execute(
        select(SealedResponse.group_id, SealedResponse.nonce_hash)
        .where(SealedResponse.survey_id == survey_id)
        .order_by(SealedResponse.group_id, SealedResponse.nonce_hash)
    ).all()
    for group_id, members in groupby(keys, key=lambda key: key.group_id):
        yield group_id, _rows(db, [member.nonce_hash for member in members])


def delete_exactly(db: Session, survey_id: str, nonce_hashes: Sequence[bytes]) -> None:
    """Delete these rows of a survey and no other.

    Raises ConflictError if one of them is gone already: somebody else has counted.
    """
    gone = 0
    for start in range(0, len(nonce_hashes), _AT_A_TIME):
        some = nonce_hashes[start : start + _AT_A_TIME]
        gone += len(
            db.scalars(
                delete(SealedResponse)
                .where(
                    SealedResponse.survey_id == survey_id, SealedResponse.nonce_hash.in_(some)
                )
                .returning(SealedResponse.nonce_hash)
                .execution_options(synchronize_session=False)
            ).all()
        )
    if gone != len(nonce_hashes):
        raise ConflictError(
            f"{len(nonce_hashes) - gone} sealed responses of {survey_id} are gone already: "
            "another worker has counted them. Nothing was stored."
        )


def destroy(db: Session, survey_id: str) -> int:
    """Delete every sealed row of a survey unopened; return how many there were."""
    destroyed = db.scalars(
        delete(SealedResponse)
        .where(SealedResponse.survey_id == survey_id)
        .returning(SealedResponse.nonce_hash)
        .execution_options(synchronize_session=False)
    )
    return len(destroyed.all())


def _rows(db: Session, nonce_hashes: list[bytes]) -> Iterator[Row]:
    for start in range(0, len(nonce_hashes), _AT_A_TIME):
        for row in db.execute(
            select(
                SealedResponse.nonce_hash,
                SealedResponse.nonce,
                SealedResponse.signature,
                SealedResponse.envelope,
            )
            .where(SealedResponse.nonce_hash.in_(nonce_hashes[start : start + _AT_A_TIME]))
            .order_by(SealedResponse.nonce_hash)
        ):
            yield Row(*row)
