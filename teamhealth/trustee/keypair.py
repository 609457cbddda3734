"""The trustee's two private keys: one opens the box, one signs what came out of it."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from teamhealth.trustee import parties
from teamhealth.trustee.parties import Trustee

SECRET = 64
"""Bytes of both private keys together."""

_HALF = 32


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both private keys of one trustee, for one survey."""

    name: str
    address: str
    box: ec.EllipticCurvePrivateKey
    sign: Ed25519PrivateKey

    @property
    def secret(self) -> bytes:
        """Both keys as 64 bytes: all that has to be kept."""
        scalar = self.box.private_numbers().private_value
        return scalar.to_bytes(_HALF, "big") + self.sign.private_bytes_raw()

    @property
    def public(self) -> Trustee:
        """What everybody may know."""
        point = self.box.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return Trustee(
            self.name, self.address, point, self.sign.public_key().public_bytes_raw()
        )

    def signature(self, kind: str, body: bytes) -> bytes:
        """Sign a text of that kind."""
        return self.sign.sign(parties.to_sign(kind, body))


def make(name: str, address: str) -> KeyPair:
    """Make two new keys; WrongUseError for a name or address that cannot be used."""
    return _checked(
        KeyPair(
            name, address, ec.generate_private_key(ec.SECP256R1()), Ed25519PrivateKey.generate()
        )
    )


def from_secret(name: str, address: str, secret: bytes) -> KeyPair:
    """Return the keys of 64 bytes; ValueError if these are no keys."""
    if len(secret) != SECRET:
        raise ValueError(f"two keys have {SECRET} bytes")
    scalar = int.from_bytes(secret[:_HALF], "big")
    box = ec.derive_private_key(scalar, ec.SECP256R1())
    return _checked(
        KeyPair(name, address, box, Ed25519PrivateKey.from_private_bytes(secret[_HALF:]))
    )


def _checked(pair: KeyPair) -> KeyPair:
    found = pair.public
    tidy = parties.trustee(found.name, found.address, found.box, found.sign)
    return KeyPair(tidy.name, tidy.address, pair.box, pair.sign)
