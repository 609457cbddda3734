"""What answers are made of, and looking for it in every byte of every file."""

import re

from sqlalchemy import select

from teamhealth.credentials import receipts as derived
from teamhealth.credentials.codes import b64, from_code
from teamhealth.invitations.models import Invitation
from teamhealth.responses.models import SealedResponse

CUT = (
    24  # bytes out of the middle of each secret: what a half-overwritten page would still show
)
_PLAIN = re.compile(rb'[a-z]_\d":\s?[1-5][,}]')
"""An answer in clear, as the letter inside an envelope writes it."""


def stored(database, settings):
    """Give a piece of everything that is stored while a survey is open, by what it is."""
    with database.read() as db:
        rows = db.scalars(select(SealedResponse)).all()
        links = db.scalars(select(Invitation)).all()
    found = {}
    for number, row in enumerate(rows):
        for kind in ("envelope", "nonce", "signature", "edit_hash"):
            found[f"{kind} {number}"] = getattr(row, kind)
    for number, link in enumerate(links):
        found[f"token hash {number}"] = link.token_hash
        if link.blinded_hash is not None:
            found[f"blinded hash {number}"] = link.blinded_hash
    for file in settings.keys.rglob("*"):
        if file.is_file():
            found[f"key {file.name}"] = file.read_bytes()
    return {what: _middle(body) for what, body in found.items()}


def known_to_people(survey, codes=(), receipts=()):
    """Give what only a letter or a browser holds: tokens, receipts and what follows from these."""
    found = {f"code {n}": code.encode() for n, code in enumerate(codes)}
    found |= {f"token {n}": from_code(code) for n, code in enumerate(codes)}
    for n, receipt in enumerate(receipts):
        secrets = derived.derive(from_code(receipt), survey)
        for kind in ("edit", "reply"):
            found[f"{kind} secret {n}"] = getattr(secrets, kind)
            found[f"{kind} secret {n} in a message"] = b64(getattr(secrets, kind)).encode()
        found[f"receipt {n}"] = receipt.encode()
        found[f"receipt {n} as bytes"] = from_code(receipt)
    return found


def _middle(body):
    start = max(0, len(body) // 2 - CUT // 2)
    return body[start : start + CUT]


def found_in(folder, pieces, *, besides=()):
    """Give which pieces, or answers in clear, are found in which file; ``besides`` is not looked at."""
    hits = set()
    for file in folder.rglob("*"):
        if file.is_file() and not any(file.is_relative_to(place) for place in besides):
            body = file.read_bytes()
            hits |= {(what, file.name) for what, secret in pieces.items() if secret in body}
            if _PLAIN.search(body):
                hits.add(("an answer in clear", file.name))
    return hits
