"""A small published survey with real keys, and the figures of the RFCs."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from teamhealth.credentials.blindsign import blind_sign, generate, modulus
from teamhealth.credentials.codes import b64, unb64
from teamhealth.credentials.tree import merkle

VECTORS = Path(__file__).parents[2] / "vectors"
CODE = "4221NBQPW4852EC9"


def figures(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def raw(figure):
    return bytes.fromhex(figure.removeprefix("0x"))


def whole(figure):
    return int(figure, 16)


@cache
def an_issuer(which=0):
    """Make a group's key once a session: making one takes 50 ms."""
    assert which >= 0
    return generate()


def a_leaf(group, key, *, size=7):
    told = {
        "g": group,
        "key": b64(modulus(key)),
        "label": "Büro " + group,
        "size": size,
        "spare": 1,
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def point(box):
    return box.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class Published:
    """A survey as the server has it: box key, issuer keys and manifest."""

    box: ec.EllipticCurvePrivateKey
    issuers: dict[str, rsa.RSAPrivateKey]
    manifest: bytes
    leaves: dict[str, str]
    paths: dict[str, list[str]]

    def told(self, group):
        return {"leaf": self.leaves[group], "path": self.paths[group]}

    def stamp(self, group, message):
        return {"s": b64(blind_sign(self.issuers[group], unb64(message["b"], 256)))}


def a_survey(groups=("ops", "lab", "hr")):
    box = ec.generate_private_key(ec.SECP256R1())
    issuers = {group: an_issuer(at) for at, group in enumerate(groups)}
    leaves = [a_leaf(group, key) for group, key in issuers.items()]
    root, paths = merkle(leaves)
    manifest = {"box": b64(point(box)), "headcount": 21, "root": b64(root), "survey": "q3-2026"}
    return Published(
        box,
        issuers,
        json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode(),
        {group: leaf.decode() for group, leaf in zip(groups, leaves, strict=True)},
        dict(zip(groups, paths, strict=True)),
    )
