"""Who a trustee is to everybody else: a name, perhaps an address, and the public halves of two keys."""

import json
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from teamhealth.credentials.codes import PROTOCOL, b64, unb64
from teamhealth.errors import WrongUseError
from teamhealth.i18n.signs import has_unseen

PUBLIC_FILE = "trustee.public.json"
LONGEST_NAME, LONGEST_ADDRESS = 120, 320

_FORMAT = "team-health-trustee/1"
_FIELDS = {"format", "name", "address", "box", "sign"}
_ADDRESS = re.compile(
    r"""[^\s@<>()\[\],;:"\\]{1,64}@[a-z0-9.-]{1,255}""", re.ASCII | re.IGNORECASE
)
_LARGEST = 10_000  # bytes of the file


@dataclass(frozen=True, slots=True)
class Trustee:
    """The public side. ``box`` is an uncompressed point (65 bytes), ``sign`` an Ed25519 key (32 bytes)."""

    name: str
    address: str
    box: bytes
    sign: bytes

    def signed(self, kind: str, body: bytes, signature: bytes) -> bool:
        """Tell whether this trustee signed a text of that kind."""
        try:
            Ed25519PublicKey.from_public_bytes(self.sign).verify(signature, to_sign(kind, body))
        except InvalidSignature:
            return False
        return True

    def plain(self) -> dict[str, str]:
        """Return what is pinned of a trustee."""
        return {
            "name": self.name,
            "address": self.address,
            "box": b64(self.box),
            "sign": b64(self.sign),
        }


def trustee(name: str, address: str, box: bytes, sign: bytes) -> Trustee:
    """Return a trustee; WrongUseError, in words, for a name, address or key that cannot be used."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or has_unseen(name):
        raise WrongUseError(
            f"A trustee needs a name of 1 to {LONGEST_NAME} ordinary characters, for people to read. "
            "Nothing was stored."
        )
    if address and (len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address)):
        raise WrongUseError(
            "The trustee’s address does not look like an e-mail address of plain letters, digits and "
            "signs. Nothing was stored; correct it, or leave it out."
        )
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), box)
        Ed25519PublicKey.from_public_bytes(sign)
    except ValueError:
        raise _none() from None
    return Trustee(name, address, box, sign)


def from_plain(plain: dict[str, str]) -> Trustee:
    """Return the trustee that ``plain`` wrote."""
    return trustee(
        plain["name"], plain["address"], unb64(plain["box"], 65), unb64(plain["sign"], 32)
    )


def to_file(who: Trustee) -> bytes:
    """Return the public file."""
    return json.dumps({"format": _FORMAT, **who.plain()}, indent=2, ensure_ascii=False).encode()


def from_file(body: bytes) -> Trustee:
    """Read the public file; WrongUseError if it is none."""
    try:
        found = json.loads(body.decode("utf-8-sig")) if len(body) <= _LARGEST else None
        if not isinstance(found, dict) or found.keys() != _FIELDS or found["format"] != _FORMAT:
            raise _none()
        if not all(isinstance(value, str) for value in found.values()):
            raise _none()
        return from_plain(found)
    except (ValueError, RecursionError):
        raise _none() from None


def to_sign(kind: str, body: bytes) -> bytes:
    """Return the very bytes that are signed: a signature of one kind is none of another."""
    return f"{PROTOCOL}|{kind}|".encode() + body


def box_label(survey: str) -> bytes:
    """Return the text without which a file for the trustee does not open."""
    return f"{PROTOCOL}|box|{survey}".encode()


def manifest_entry(who: Trustee) -> dict[str, str]:
    """Return what the manifest says of the trustee besides the box key."""
    return {"name": who.name, "sign": b64(who.sign)}


def _none() -> WrongUseError:
    return WrongUseError(
        f"This is not the public file of a trustee. Nothing was stored; take {PUBLIC_FILE}, as "
        "`teamhealth trustee keygen` wrote it."
    )
