"""What follows from a receipt: three secrets that lead neither to each other nor back.

The browser makes the receipt (10 random bytes) and shows it; nobody else ever has it
unless its owner types it in. Twin in the browser: receipt.js.
"""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from teamhealth.credentials.codes import PROTOCOL


@dataclass(frozen=True, slots=True)
class ReceiptSecrets:
    """The secrets of one receipt in one survey, 32 bytes each, and their SHA-256.

    ``nonce`` is the secret part of the slip, ``nonce_hash`` its entry in the list of
    counted responses; ``edit`` replaces or withdraws the response; ``reply_hash``
    travels inside the letter, for a conversation about a comment.
    """

    nonce: bytes
    edit: bytes
    reply: bytes
    nonce_hash: bytes
    edit_hash: bytes
    reply_hash: bytes


def derive(receipt: bytes, survey: str) -> ReceiptSecrets:
    """Return the secrets of a receipt (10 bytes) in a survey, by HKDF-SHA256 (RFC 5869)."""
    nonce, edit, reply = (
        HKDF(
            algorithm=SHA256(),
            length=32,
            salt=f"{PROTOCOL}|receipt|{survey}".encode(),
            info=name,
        ).derive(receipt)
        for name in (b"nonce", b"edit", b"reply")
    )
    return ReceiptSecrets(
        nonce=nonce,
        edit=edit,
        reply=reply,
        nonce_hash=hashlib.sha256(nonce).digest(),
        edit_hash=hashlib.sha256(edit).digest(),
        reply_hash=hashlib.sha256(reply).digest(),
    )


def comment_mark(reply_hash: bytes, question: str) -> bytes:
    """Return by what a receipt's owner finds their comment on a question (32 bytes).

    One a question, so that two comments of one person do not show that they are.
    """
    return hashlib.sha256(reply_hash + question.encode()).digest()
