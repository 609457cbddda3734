"""A survey's box and keys, and people who answer it."""

import hashlib
import secrets

from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from teamhealth.credentials import binding, blindsign, envelopes
from teamhealth.results.count import Sealed
from tests.rooms.results.makers import charter

_PSS = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=48)


class Box:
    """A survey's keys, and people who answer it."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.issuers = {v: blindsign.generate() for v in (1, 2)}

    def charter(self, asked=None):
        issuers = {v: blindsign.modulus(key) for v, key in self.issuers.items()}
        return charter([-1, 0, 0], [0, 12, 13], issuers=issuers, asked=asked)[0]

    def sealed(
        self, v, answers, *, comment="", claims=None, survey="s1", nonce=None, letter=None
    ):
        """Answer in group v, sealed under the label of ``claims`` if that is another one."""
        nonce = nonce or secrets.token_bytes(32)
        group = f"g{v if claims is None else claims}"
        nonce_hash = hashlib.sha256(nonce).digest()
        comments = {"comment": comment} if comment else {}
        letter = letter or envelopes.letter(answers, comments, hashlib.sha256(nonce).digest())
        envelope = envelopes.seal(letter, self.point, binding.label(nonce_hash, survey, group))
        slip = binding.slip(nonce, survey, f"g{v}")
        return Sealed(nonce, self.issuers[v].sign(slip, _PSS, SHA384()), envelope)
