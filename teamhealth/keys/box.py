"""The box key of a survey: every answer is sealed to it, and it opens them once, at the close.

Promise: web never reaches this module (import contract).
"""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from teamhealth.keys import files


def make(home_keys: Path, survey: str) -> bytes:
    """Make and store a survey's box key in place of any other; return its public point (65 bytes)."""
    path = files.box_file(home_keys, survey)
    key = ec.generate_private_key(ec.SECP256R1())
    files.make_folder(path.parent)
    files.write(path, key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    files.sync(path.parent)
    return public_point(key)


def load(home_keys: Path, survey: str) -> ec.EllipticCurvePrivateKey:
    """Return a survey's box key; KeysMissingError if it is not here or is no key."""
    body = files.read(files.box_file(home_keys, survey))
    try:
        key = load_der_private_key(body, password=None)
    except ValueError:
        raise files.missing() from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise files.missing()
    return key


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return what the manifest publishes of a box key: the uncompressed point."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
