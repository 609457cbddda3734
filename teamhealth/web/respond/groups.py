"""The groups of a survey as pinned: what a respondent is told of theirs, and its key.

All of it is public and never changes after the launch, so it is kept in memory.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from sqlalchemy import select

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.credentials.blindsign import public_key
from teamhealth.credentials.codes import unb64
from teamhealth.db import Database

MAIL, PAPER = "mail", "paper"
"""How a code came to whoever uses it."""

_AT_MOST = 20_000
_LISTS = 4  # a list of ten thousand groups has five megabytes


@dataclass(frozen=True, slots=True)
class Pinned:
    """One answering group: what is told of it by letter and on paper, and its public key."""

    told: dict[str, bytes]
    modulus: bytes
    key: RSAPublicKey


class Groups:
    """Pinned groups by survey and id, read once a process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[tuple[str, str], Pinned] = OrderedDict()
        self._lists: OrderedDict[str, bytes] = OrderedDict()

    def find(self, survey_id: str, group_id: str) -> Pinned | None:
        """Return the group, or None if nobody answers in a group of that id."""
        if known := self._known.get((survey_id, group_id)):
            return known
        with self._database.read() as db:
            row = db.execute(
                select(SurveyGroup.leaf, SurveyGroup.proof).where(
                    SurveyGroup.survey_id == survey_id, SurveyGroup.group_id == group_id
                )
            ).one_or_none()
        if row is None or row.leaf is None:
            return None
        modulus = unb64(json.loads(row.leaf)["key"], 256)
        told = {via: _told(row.leaf, row.proof, via) for via in (MAIL, PAPER)}
        pinned = self._known[survey_id, group_id] = Pinned(told, modulus, public_key(modulus))
        if len(self._known) > _AT_MOST:
            self._known.popitem(last=False)
        return pinned

    def listed(self, survey_id: str) -> bytes:
        """Return all leaves of a survey in the order of its tree, as they are told."""
        if known := self._lists.get(survey_id):
            return known
        with self._database.read() as db:
            leaves = db.scalars(
                select(SurveyGroup.leaf)
                .where(SurveyGroup.survey_id == survey_id, SurveyGroup.leaf.is_not(None))
                .order_by(SurveyGroup.position)
            ).all()
        told = json.dumps({"leaves": leaves}, ensure_ascii=False).encode()
        self._lists[survey_id] = told
        if len(self._lists) > _LISTS:
            self._lists.popitem(last=False)
        return told


def _told(leaf: str, path: list[str], via: str) -> bytes:
    said = {"leaf": leaf, "path": path, "via": via}
    return json.dumps(said, ensure_ascii=False).encode()
