"""Signing slips unseen: the server's half of RFC 9474, RSABSSA-SHA384-PSS-Randomized.

``blind_sign`` is all the hand-written cryptography of the server; tests run the RFC's figures.
"""

import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from gmpy2 import invert, mpz, powmod, powmod_sec

_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=48)


def generate() -> rsa.RSAPrivateKey:
    """Make the key of one group in one survey: 2 048 bits, exponent 65537."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def modulus(key: rsa.RSAPrivateKey | rsa.RSAPublicKey) -> bytes:
    """Return the published part of a key."""
    public = key.public_key() if isinstance(key, rsa.RSAPrivateKey) else key
    return public.public_numbers().n.to_bytes(public.key_size // 8, "big")


def public_key(modulus: bytes) -> rsa.RSAPublicKey:
    """Return the key of a published modulus; ValueError unless it has 2 048 bits and is odd."""
    if len(modulus) != 256 or modulus[0] < 128 or modulus[-1] % 2 == 0:  # noqa: PLR2004
        raise ValueError("not the modulus of a key")
    return rsa.RSAPublicNumbers(65537, int.from_bytes(modulus, "big")).public_key()


def blind_sign(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """Sign a blinded slip (RFC 9474, 4.3); ValueError for what is none or a faulty result."""
    n, e, p, q, dp, dq, qinv = _numbers(key)
    message = mpz.from_bytes(blinded, byteorder="big")
    if len(blinded) != key.key_size // 8 or not 0 < message < n:
        raise ValueError("not a blinded slip")
    mask = mpz(secrets.randbelow(int(n) - 2) + 2)  # hides the message from whoever times this
    masked = message * powmod(mask, e, n) % n
    at_p, at_q = powmod_sec(masked, dp, p), powmod_sec(masked, dq, q)
    signed = (at_q + (at_p - at_q) * qinv % p * q) * invert(mask, n) % n
    if powmod(signed, e, n) != message:  # a fault in one half would give the key away
        raise ValueError("signing failed")
    return bytes(signed.to_bytes(len(blinded), "big"))


def sign(key: rsa.RSAPrivateKey, message: bytes) -> bytes:
    """Sign a slip that was made here: nobody can tell it from one that was signed unseen."""
    return key.sign(message, _PSS, hashes.SHA384())


def verify(public: rsa.RSAPublicKey, message: bytes, signature: bytes) -> bool:
    """Tell whether an unblinded signature was made with this key for this slip."""
    try:
        public.verify(signature, message, _PSS, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _numbers(key: rsa.RSAPrivateKey) -> tuple[mpz, ...]:
    own, public = key.private_numbers(), key.public_key().public_numbers()
    return tuple(map(mpz, (public.n, public.e, own.p, own.q, own.dmp1, own.dmq1, own.iqmp)))
