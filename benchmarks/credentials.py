"""What the cryptography of an answer costs, and what the browser has to load for it.

Milliseconds on one core, best of five rounds; ratios are to OpenSSL's own RSA-PSS
signature, which is the same private-key operation without blinding and in C.
Budget (DESIGN): a whole answer takes the server at most 7 ms, of which a blind
signature and a verification are all the cryptography.
"""

import gzip
import time
from collections.abc import Callable

from budgets import finish, held, noted
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from teamhealth import content
from teamhealth.campaigns.scripts import joined
from teamhealth.credentials import blindsign
from teamhealth.credentials.binding import slip
from teamhealth.credentials.blinding import blind, unblind
from teamhealth.credentials.envelopes import letter, seal, unseal
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.receipts import derive
from teamhealth.credentials.tree import merkle

BUDGET = 2.0
"""Milliseconds of cryptography an answer may cost the server."""

GROUPS = 10_000


def milliseconds(work: Callable[[], object], *, times: int) -> float:
    """Return the milliseconds one call takes: the best of five rounds of ``times`` calls."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - start) / times)
    return 1000 * best


def main() -> None:
    """Measure and print."""
    signing = _signing()
    _sealing()
    _once_a_survey()
    _scripts()
    finish(held("cryptography of an answer, server", signing, "ms", BUDGET))


def _signing() -> float:
    key = blindsign.generate()
    public, modulus = key.public_key(), blindsign.modulus(key)
    message = slip(bytes(32), "s1", "ops")
    made = blind(modulus, message)
    signed = blindsign.blind_sign(key, made.message)
    signature = unblind(modulus, message, signed, made.opener)
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), 48)
    bare = milliseconds(lambda: key.sign(message, pss, hashes.SHA384()), times=100)
    sign = milliseconds(lambda: blindsign.blind_sign(key, made.message), times=100)
    verify = milliseconds(lambda: blindsign.verify(public, message, signature), times=500)
    _show("blind signature", sign, f"{sign / bare:.2f} × a bare RSA-PSS signature")
    _show("verification", verify, f"{1000 / verify:,.0f} a second and core")
    _show("blinding (Python client)", milliseconds(lambda: blind(modulus, message), times=20))
    return sign + verify


def _sealing() -> None:
    box = ec.generate_private_key(ec.SECP256R1())
    point = box.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    paper = letter({"a": 3}, {}, bytes(32))
    envelope = seal(paper, point, b"label")
    opening = milliseconds(lambda: unseal(envelope, box, b"label"), times=300)
    _show("sealing", milliseconds(lambda: seal(paper, point, b"label"), times=300))
    _show("opening", opening, f"{opening * 100:.1f} s for 100 000 envelopes")
    _show("secrets of a receipt", milliseconds(lambda: derive(b"0123456789", "s1"), times=300))


def _once_a_survey() -> None:
    making = milliseconds(blindsign.generate, times=8)
    leaves = [bytes(420) + number.to_bytes(4, "big") for number in range(GROUPS)]
    print_ = milliseconds(lambda: fingerprint.__wrapped__(bytes(900)), times=3)
    _show("key of a group", making, f"{making:.0f} s for 1 000 groups")
    _show(f"tree of {GROUPS:,} groups", milliseconds(lambda: merkle(leaves), times=1))
    _show("fingerprint", print_)


def _scripts() -> None:
    folder = content.static() / "respond"
    sizes = {name: (folder / f"{name}.js").read_bytes() for name in ("bytes", "blind", "seal")}
    whole = joined()
    lines = sum(body.count(b"\n") for body in sizes.values())
    size = sum(map(len, sizes.values()))
    noted("bytes + blind + seal", lines, "lines", f"{size:,} bytes")
    noted(
        "joined script, gzipped",
        len(gzip.compress(whole, 9)) / 1000,
        "kB",
        f"{len(whole):,} bytes plain",
    )


def _show(what: str, took: float, more: str = "") -> None:
    noted(what, took, "ms", more)


if __name__ == "__main__":
    main()
