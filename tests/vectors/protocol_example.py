"""The worked example of docs/protocol.md, reckoned from the document alone.

This is the second client that the document makes possible: it imports nothing of ours,
only hashes, whole numbers, one elliptic curve and AES. ``python -m
tests.vectors.protocol_example`` writes the figures anew, here and into the document.
"""

import base64
import hashlib
import hmac
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

FILE = Path(__file__).with_name("protocol-1.json")
DOCUMENT = Path(__file__).parents[2] / "docs" / "protocol.md"
BEGIN, END = "<!-- example: begin -->\n", "<!-- example: end -->\n"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PARTS = ((0, 4), (4, 6), (6, 10), (10, 12), (12, 14))


def figures(given):
    """Reckon every figure of the example from what is given."""
    survey, group = given["survey"], given["group"]
    made = _invited(given, survey) | _published(given, survey)
    made |= _receipt(bytes.fromhex(given["receipt"]), survey)
    nonce = bytes.fromhex(made["nonce"])
    slip = nonce + f"team-health/1|response|{survey}|{group}".encode()
    label = f"team-health/1|envelope|{survey}|{group}|{b64(sha256(nonce))}"
    sheet = {
        "v": 1,
        "a": given["answers"],
        "c": given["comments"],
        "r": b64(bytes.fromhex(made["reply_hash"])),
    }
    letter = canonical(sheet).ljust(4096)
    envelope = _sealed(given, label.encode(), letter)
    made |= {"slip": slip.hex(), "label": label, "letter": letter.decode().rstrip(" ")}
    made |= _stamped(given, slip) | {"envelope": b64(envelope)}
    return made | _messages(made, group)


def canonical(value):
    """Write canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(raw):
    """Write base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def sha256(raw):
    """Hash."""
    return hashlib.sha256(raw).digest()


def code(raw):
    """Write ten bytes as sixteen characters."""
    bits = "".join(f"{byte:08b}" for byte in raw)
    return "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 80, 5))


def words(raw):
    """Write ten bytes as six made-up words."""
    halves = [int(half, 16) for half in raw.hex()]
    bits = "".join(f"{half:04b}" for half in [*halves, sum(halves) % 16])
    told, first, middle = [], "bdfghjklmnrstvwz", "bdfhjlmnprstvwyz"
    for at in range(0, 84, 14):
        a, b, c, d, e = (int(bits[at + i : at + j], 2) for i, j in _PARTS)
        told.append(first[a] + "aiou"[b] + middle[c] + "aiou"[d] + "lnrs"[e])
    return " ".join(told)


def point(scalar):
    """Return the public point, uncompressed, of a private number in hexadecimal."""
    public = ec.derive_private_key(int(scalar, 16), ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def render(made):
    """Write the figures as the lines of the document; long ones by start, size and hash."""
    lines = ["| what | figure |", "|---|---|"]
    for name, value in made.items():
        told = f"`{value}`"
        if len(value) > (700 if value.startswith("{") else 200):
            hashed = sha256(value.encode()).hex()
            told = f"`{value[:32]}…`, {len(value)} characters, SHA-256 `{hashed}`"
        told = told.replace("|", "\\|")
        lines.append(f"| {name.replace('_', ' ')} | {told} |")
    return "\n".join(lines) + "\n"


def _invited(given, survey):
    named = f"team-health/1|token|{survey}|{given['invitation']}".encode()
    token = hmac.digest(bytes.fromhex(given["link_key"]), named, "sha256")[:10]
    stored = sha256(f"team-health/1|invitation|{survey}|".encode() + token)
    return {"token": code(token), "token_hash": stored.hex()}


def _published(given, survey):
    own = int(given["p"], 16) * int(given["q"], 16)
    moduli = {given["group"]: f"{own:x}"} | given["other_moduli"]
    leaves = [
        canonical(
            {
                "g": g,
                "key": b64(bytes.fromhex(n)),
                "label": g.title(),
                "size": given["sizes"][g],
                "spare": 1,
            }
        )
        for g, n in moduli.items()
    ]
    one, two, three = (sha256(b"\0" + leaf) for leaf in leaves)
    pair = sha256(b"\1" + one + two)
    root = sha256(b"\1" + pair + three)
    manifest = canonical(
        given["manifest"] | {"box": b64(point(given["box"])), "root": b64(root)}
    )
    salt = b"team-health/1|manifest"
    slow = hashlib.pbkdf2_hmac("sha256", manifest, salt, 100_000, 10)
    return {
        "leaf": leaves[0].decode(),
        "path": json.dumps(["R" + b64(two), "R" + b64(three)]),
        "manifest": manifest.decode(),
        "fingerprint": code(slow),
        "words": words(slow),
        "link": f"https://survey.example.org/a/{survey}#{_invited(given, survey)['token']}.{code(slow)}",
    }


def _receipt(receipt, survey):
    root = hmac.digest(f"team-health/1|receipt|{survey}".encode(), receipt, "sha256")
    made = {"receipt": code(receipt)}
    for name in ("nonce", "edit", "reply"):
        secret = hmac.digest(root, name.encode() + b"\1", "sha256")
        made |= {name: secret.hex(), f"{name}_hash": sha256(secret).hex()}
    return made


def _stamped(given, slip):
    # RFC 9474: EMSA-PSS with SHA-384, then blind, sign and unblind with plain whole numbers.
    p, q = int(given["p"], 16), int(given["q"], 16)
    n, d = p * q, pow(65537, -1, (p - 1) * (q - 1))
    salt, r = bytes.fromhex(given["pss_salt"]), int(given["blinding_number"], 16)
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(slip).digest() + salt).digest()
    block = bytes(256 - 48 - 48 - 2) + b"\1" + salt
    mask = b"".join(hashlib.sha384(digest + at.to_bytes(4, "big")).digest() for at in range(5))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=False))
    masked[0] &= 0x7F
    message = int.from_bytes(bytes(masked) + digest + b"\xbc", "big")
    blinded = message * pow(r, 65537, n) % n
    stamp = pow(blinded, d, n)
    signature = stamp * pow(r, -1, n) % n
    return {
        name: b64(number.to_bytes(256, "big"))
        for name, number in (("blinded", blinded), ("stamp", stamp), ("signature", signature))
    }


def _sealed(given, label, letter):
    # RFC 9180, base mode, with the one-letter key that is given.
    kem, suite = b"KEM\0\x10", b"HPKE\0\x10\0\1\0\1"
    own = ec.derive_private_key(int(given["one_letter_key"], 16), ec.SECP256R1())
    box = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point(given["box"]))
    sender, theirs = point(given["one_letter_key"]), point(given["box"])
    seed = _extract(kem, b"", b"eae_prk", own.exchange(ec.ECDH(), box))
    shared = _expand(kem, seed, b"shared_secret", sender + theirs, 32)
    context = (
        b"\0"
        + _extract(suite, b"", b"psk_id_hash", b"")
        + _extract(suite, b"", b"info_hash", label)
    )
    secret = _extract(suite, shared, b"secret", b"")
    key = _expand(suite, secret, b"key", context, 16)
    nonce = _expand(suite, secret, b"base_nonce", context, 12)
    return sender + AESGCM(key).encrypt(nonce, letter, b"")


def _extract(suite, salt, name, data):
    return hmac.digest(salt, b"HPKE-v1" + suite + name + data, "sha256")


def _expand(suite, key, name, data, size):
    wanted = size.to_bytes(2, "big") + b"HPKE-v1" + suite + name + data + b"\1"
    return hmac.digest(key, wanted, "sha256")[:size]


def _messages(made, group):
    def written(**fields):
        return canonical(fields).decode()

    edit = b64(bytes.fromhex(made["edit"]))
    return {
        "group_message": written(t=made["token"]),
        "credential_message": written(t=made["token"], b=made["blinded"]),
        "response_message": written(
            g=group,
            n=b64(bytes.fromhex(made["nonce"])),
            s=made["signature"],
            x=made["envelope"],
            e=b64(bytes.fromhex(made["edit_hash"])),
        ),
        "look_message": written(edit=edit),
        "withdraw_message": written(edit=edit, withdraw=True),
    }


def write():
    """Write the figures anew, beside what is given and into the document."""
    given = json.loads(FILE.read_text(encoding="utf-8"))["given"]
    made = figures(given)
    told = json.dumps({"given": given, "figures": made}, indent=1, ensure_ascii=False)
    FILE.write_text(told + "\n", encoding="utf-8")
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    DOCUMENT.write_text(before + BEGIN + render(made) + END + after, encoding="utf-8")


if __name__ == "__main__":
    write()
