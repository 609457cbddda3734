"""Scripts and style sheets by the digest of their bytes: as pinned at launch, else as shipped.

Promise: an address never changes its bytes, so a survey keeps the scripts it was
launched with across upgrades, and browsers may keep them for ever.
"""

import hashlib
from functools import cache

from sqlalchemy import select

from teamhealth import content
from teamhealth.campaigns import scripts
from teamhealth.campaigns.models import PinnedFile
from teamhealth.db import Database
from teamhealth.web.respond.ready import FOREVER, Ready, make
from teamhealth.web.respond.shelf import file_address

SCRIPT = "answer.js"  # all modules in one readable file, joined at launch
STYLE = "respond.css"
PLAIN_STYLE = "plain.css"  # beside it, of the form without scripts; served as shipped

_KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


class Files:
    """Files of this door, each read and packed once a process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, str], Ready] = {}

    def find(self, digest: str, name: str) -> Ready | None:
        """Return the file of that name whose bytes have that SHA-256 (hex), or None."""
        if known := self._known.get((digest, name)):
            return known
        kind = _KINDS.get(name[name.rfind(".") :])
        body = self._pinned(digest, name) or _shipped().get((digest, name))
        if kind is None or body is None:
            return None
        ready = self._known[digest, name] = make(body, kind, more=[FOREVER])
        return ready

    def _pinned(self, digest: str, name: str) -> bytes | None:
        with self._database.read() as db:
            return db.scalar(
                select(PinnedFile.body)
                .where(PinnedFile.digest == digest, PinnedFile.name == name)
                .limit(1)
            )


@cache
def shipped_style(name: str = STYLE) -> str:
    """Return the address of a style sheet of this version, for what is not pinned to a survey."""
    return next((file_address(*key) for key in _shipped() if key[1] == name), "")


@cache
def shipped_afterwards() -> str:
    """Return the address of this version's script for surveys that are over."""
    return file_address(_digest(_afterwards()), scripts.JOINED_AFTERWARDS)


def _afterwards() -> bytes:
    return scripts.joined(scripts.AFTERWARDS)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@cache
def _shipped() -> dict[tuple[str, str], bytes]:
    found = {}
    for file in sorted((content.static() / "respond").glob("*.*")):
        body = file.read_bytes()
        found[_digest(body), file.name] = body
    after = _afterwards()
    return found | {(_digest(after), scripts.JOINED_AFTERWARDS): after}
