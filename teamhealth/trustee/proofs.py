"""Checking the proof that a trustee has both keys, and a machine that counts as this one does."""

import json

from teamhealth.cells import reading
from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import unb64
from teamhealth.errors import RefusedError
from teamhealth.trustee.parties import Trustee

PROOF = "proof"
"""The kind of signature under a proof."""

_FIELDS = frozenset({"v", "survey", "code_version", "likeness", "signature"})
_LARGEST = 10_000  # bytes


def check_proof(body: bytes, who: Trustee, survey: str, expected: str) -> None:
    """Check the proof of a survey's rehearsal; RefusedError with what is wrong.

    ``expected`` is the likeness of the result that the made-up answers have.
    """
    try:
        plain = json.loads(body) if len(body) <= _LARGEST else None
        told = reading.record(plain, "proof", _FIELDS)
        signature = unb64(reading.text(told.pop("signature"), "signature"), 64)
    except (ValueError, RecursionError):
        raise _refused("it is damaged, or it is no proof") from None
    if not who.signed(PROOF, canonical(told), signature):
        raise _refused("it is not signed with the key of this survey’s trustee")
    if told["v"] != 1 or told["survey"] != survey:
        raise _refused("it is of another survey’s rehearsal")
    if told["likeness"] != expected:
        raise _refused(
            "the trustee’s machine counted the made-up answers differently. It runs version "
            f"{told['code_version']}; install the one that runs here, and use the newest rehearsal"
        )


def _refused(why: str) -> RefusedError:
    return RefusedError(
        f"This proof was not taken: {why}. Nothing was stored, and nobody is invited yet. It is the "
        "file that the trustee’s `rehearse` wrote."
    )
