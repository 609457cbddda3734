"""The list in which everybody can look for their own answer, and which tells nobody how many there were."""

from collections.abc import Callable, Sequence

from teamhealth.cells.model import Snapshot
from teamhealth.errors import AuditFailedError

HASH = 32
"""Bytes of each entry."""


def length(snapshot: Snapshot) -> int:
    """Return how many entries the list of a result has: it follows from what is published alone."""
    return (snapshot.root.responses or 0) + snapshot.survey.k - 1


def filled(
    snapshot: Snapshot, nonce_hashes: Sequence[bytes], draw: Callable[[int], bytes]
) -> list[bytes]:
    """Return the counted nonce hashes in ascending order, among random ones that fill the list up.

    ``draw`` returns so many random bytes. Raises AuditFailedError if more were counted
    than the result can stand for.
    """
    spare = length(snapshot) - len(nonce_hashes)
    if spare < 0:
        raise AuditFailedError(
            f"More responses of survey {snapshot.survey.id} were counted than its result can stand "
            "for. Nothing was stored."
        )
    return sorted([*nonce_hashes, *(draw(HASH) for _ in range(spare))])
