"""Servers that lie to one person in order to know their answer again, in each way there is.

``Liar`` knows the true survey and has a group's key of its own for the victim: whatever
is stamped with that key can be recognised when it is handed in.
"""

import json
from dataclasses import dataclass

from sqlalchemy import select

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.cells.canonical import canonical
from teamhealth.credentials import blindsign
from teamhealth.credentials.codes import b64, unb64
from teamhealth.credentials.tree import merkle
from tests.makers import issuer_key

VICTIM = "north"
LIES = {
    "a stamp of a key for one person": {"stamp"},
    "a leaf with a key for one person": {"leaf", "stamp"},
    "the leaf of one's group under a neighbour's path": {"path"},
    "the neighbours' leaf under one's own path": {"neighbour"},
    "a manifest for one person": {"manifest", "leaf", "path", "stamp"},
}


@dataclass(frozen=True)
class Liar:
    """What it says: bytes of the manifest, the reply to ``group``, and to ``credential`` by message."""

    manifest: bytes
    told: dict
    lies: frozenset

    def stamp(self, message):
        """Stamp with the key for one person; None where this liar leaves that to the true server."""
        if "stamp" not in self.lies:
            return None
        key = _tagging_key()
        reduced = int.from_bytes(unb64(message["b"], 256), "big")
        reduced %= int.from_bytes(blindsign.modulus(key), "big")
        return {"s": b64(blindsign.blind_sign(key, reduced.to_bytes(256, "big")))}


def _tagging_key():
    return issuer_key("tagging")


def liar(database, manifest, kind):
    """Make the liar of that kind for a person of the group ``VICTIM``."""
    lies = LIES[kind]
    with database.read() as db:
        rows = db.scalars(
            select(SurveyGroup)
            .where(SurveyGroup.leaf.is_not(None))
            .order_by(SurveyGroup.position)
        ).all()
        leaves = [row.leaf.encode() for row in rows]
        proofs = [list(row.proof) for row in rows]
        mine = [row.group_id for row in rows].index(VICTIM)
    other = 1 - mine
    own = json.loads(leaves[mine]) | {"key": b64(blindsign.modulus(_tagging_key()))}
    leaf, proof = leaves[mine], proofs[mine]
    if "leaf" in lies:
        leaf = canonical(own)
    if "neighbour" in lies:
        leaf = leaves[other]
    if "manifest" in lies:
        leaves[mine] = leaf
        root, proofs = merkle(leaves)
        proof = proofs[mine]
        manifest = canonical(json.loads(manifest) | {"root": b64(root)})
    elif "path" in lies:
        proof = proofs[other]
    return Liar(
        manifest, {"leaf": leaf.decode(), "path": proof, "via": "mail"}, frozenset(lies)
    )
