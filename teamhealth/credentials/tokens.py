"""The token of an invitation: what stands in a link, and what is stored of it.

Promise: tokens follow from the link key, so a reminder repeats them although only
their hashes are stored; once the link key is destroyed nothing can.
"""

import hashlib
import hmac

from teamhealth.credentials.codes import CODE_BYTES, PROTOCOL


def token(link_key: bytes, survey: str, invitation: str) -> bytes:
    """Return the 10 bytes of an invitation's link.

    ``link_key`` is the survey's (32 random bytes); ``survey`` and ``invitation`` are
    ids without ``|``.
    """
    named = f"{PROTOCOL}|token|{survey}|{invitation}".encode()
    return hmac.digest(link_key, named, "sha256")[:CODE_BYTES]


def token_hash(survey: str, token: bytes) -> bytes:
    """Return what is stored of a token: 32 bytes that lead back to nobody."""
    return hashlib.sha256(f"{PROTOCOL}|invitation|{survey}|".encode() + token).digest()
