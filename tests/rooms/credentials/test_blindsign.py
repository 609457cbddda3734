"""Blind signatures agree with RFC 9474's figures and refuse what they must."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from teamhealth.credentials import blindsign
from teamhealth.credentials.blinding import blind, open_signed, unblind
from teamhealth.credentials.blindsign import blind_sign, modulus, public_key, verify
from tests.rooms.credentials.makers import an_issuer, figures, raw, whole

SLIP = b"n" * 32 + b"team-health/1|response|s1|ops"


def _key(figure):
    p, q, d = whole(figure["p"]), whole(figure["q"]), whole(figure["d"])
    public = rsa.RSAPublicNumbers(whole(figure["e"]), whole(figure["n"]))
    return rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    ).private_key(unsafe_skip_rsa_key_validation=True)


@pytest.mark.parametrize("figure", figures("rfc9474.json"), ids=lambda figure: figure["name"])
def test_every_step_gives_the_figures_of_rfc_9474(figure):
    key = _key(figure)
    n = whole(figure["n"])
    message = raw(figure["input_msg"])

    blinded = blind(
        modulus(key), message, salt=raw(figure["salt"]), secret=pow(whole(figure["inv"]), -1, n)
    )
    signed = blind_sign(key, blinded.message)
    signature = open_signed(modulus(key), signed, blinded.opener)

    assert blinded.message == raw(figure["blinded_msg"])
    assert blinded.opener == whole(figure["inv"])
    assert signed == raw(figure["blind_sig"])
    assert signature == raw(figure["sig"])
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), whole(figure["sLen"]))
    key.public_key().verify(signature, message, pss, hashes.SHA384())
    with pytest.raises(InvalidSignature):
        key.public_key().verify(
            bytes([signature[0] ^ 1]) + signature[1:], message, pss, hashes.SHA384()
        )


def test_what_is_no_blinded_slip_is_not_signed():
    key = an_issuer()
    n = modulus(key)

    for bad in (b"", bytes(255), bytes(256), n, b"\xff" * 256, b"\1" * 257):
        with pytest.raises(ValueError, match="not a blinded slip"):
            blind_sign(key, bad)


def test_the_same_blinded_slip_gets_the_same_signature_again():
    key = an_issuer()
    blinded = blind(modulus(key), SLIP).message

    assert blind_sign(key, blinded) == blind_sign(key, blinded)


def test_an_unblinded_signature_is_good_for_its_slip_and_no_other():
    key = an_issuer()
    blinded = blind(modulus(key), SLIP)

    signature = unblind(modulus(key), SLIP, blind_sign(key, blinded.message), blinded.opener)

    public = public_key(modulus(key))
    assert verify(public, SLIP, signature)
    assert not verify(public, SLIP + b"2", signature)
    assert not verify(public, SLIP, signature[:-1])
    assert not verify(public, SLIP, bytes([signature[0] ^ 1]) + signature[1:])
    assert not verify(an_issuer(1).public_key(), SLIP, signature)


def test_a_server_that_signs_with_a_key_for_one_person_gets_nothing():
    published, tagging = an_issuer(), an_issuer(1)
    blinded = blind(modulus(published), SLIP)

    # Reduced, so that the other key signs at all.
    other = int.from_bytes(blinded.message, "big") % int.from_bytes(modulus(tagging), "big")
    signed = blind_sign(tagging, other.to_bytes(256, "big"))

    with pytest.raises(ValueError, match="published key"):
        unblind(modulus(published), SLIP, signed, blinded.opener)


def test_the_same_slip_is_never_blinded_the_same_way():
    n = modulus(an_issuer())

    assert len({blind(n, SLIP).message for _ in range(10)}) == 10


@pytest.mark.parametrize(
    "bad", [bytes(256), b"\xff" * 255, b"\xfe" * 256, b"\x7f" + b"\xff" * 255, b"\xff" * 257]
)
def test_what_is_no_modulus_makes_no_key(bad):
    with pytest.raises(ValueError, match="not the modulus"):
        public_key(bad)


def test_the_hand_written_cryptography_of_the_server_stays_readable():
    lines = Path(blindsign.__file__).read_text(encoding="utf-8").splitlines()

    assert len([line for line in lines if line.strip()]) <= 60
