"""What ties a response to its survey and group: the signed slip and the envelope's label.

Promise: a signature for one group is none for another, and an envelope copied onto
another slip, group or survey does not open. Ids are ``[a-z0-9-]{1,40}``, so the ``|``
between them cannot be forged.
"""

from teamhealth.credentials.codes import PROTOCOL, b64


def slip(nonce: bytes, survey: str, group: str) -> bytes:
    """Return the message that is signed blindly; ``nonce`` is RFC 9474's 32-byte prefix."""
    return nonce + f"{PROTOCOL}|response|{survey}|{group}".encode()


def label(nonce_hash: bytes, survey: str, group: str) -> bytes:
    """Return the text without which an envelope does not open (HPKE's ``info``)."""
    return f"{PROTOCOL}|envelope|{survey}|{group}|{b64(nonce_hash)}".encode()
