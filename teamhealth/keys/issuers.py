"""Signing keys: one for each survey and answering group. The only keys that web may read.

Where the folder of them is shared with a group (``files.is_shared``), that group may read
these and no other keys: so web and worker can be two users of the machine.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from teamhealth.credentials import blindsign
from teamhealth.keys import files

_AT_A_TIME = 100  # keys between two calls of ``on_batch``: about five seconds on one core


def make(
    home_keys: Path,
    survey: str,
    groups: Sequence[str],
    *,
    on_batch: Callable[[], None] = lambda: None,
) -> list[bytes]:
    """Make and store a key for each group; return their moduli (256 bytes) in that order.

    Keys of an earlier, interrupted try are destroyed first. Making one takes about
    45 ms, on all cores at once; ``on_batch`` is called every few seconds meanwhile.
    """
    folder = files.issuers_folder(home_keys, survey)
    destroy(home_keys, survey)
    files.make_folder(folder)
    mode = files.PRIVATE
    if files.is_shared(folder.parent):
        mode = files.SHARED
        folder.chmod(0o2750)
    moduli: list[bytes] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:  # OpenSSL lets go of the GIL
        for start in range(0, len(groups), _AT_A_TIME):
            some = groups[start : start + _AT_A_TIME]
            moduli += pool.map(lambda group: _make_one(folder / f"{group}.der", mode), some)
            on_batch()
    files.sync(folder)
    return moduli


@lru_cache(maxsize=4096)
def load(home_keys: Path, survey: str, group: str) -> RSAPrivateKey:
    """Return a group's signing key, read once a process.

    Raises KeysMissingError if it is not here or is no key.
    """
    return read(files.issuers_folder(home_keys, survey) / f"{group}.der")


def read(path: Path) -> RSAPrivateKey:
    """Return the key in a file as it is on the disk now; KeysMissingError as ``load``."""
    body = files.read(path)
    try:
        # Validating costs 42 ms a key; ours were made here, and ``jobs.watching`` compares
        # their moduli with the published ones.
        key = load_der_private_key(body, password=None, unsafe_skip_rsa_key_validation=True)
    except ValueError:
        raise files.missing() from None
    if not isinstance(key, RSAPrivateKey):
        raise files.missing()
    return key


def destroy(home_keys: Path, survey: str) -> int:
    """Overwrite and remove all signing keys of a survey; return how many files there were."""
    folder = files.issuers_folder(home_keys, survey)
    if not folder.is_dir():
        return 0
    gone = sum(files.destroy(file) for file in sorted(folder.iterdir()))
    files.sync(folder)
    folder.rmdir()
    files.sync(folder.parent)
    return gone


def _make_one(path: Path, mode: int) -> bytes:
    key = blindsign.generate()
    body = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    files.write(path, body, mode=mode)
    return blindsign.modulus(key)
