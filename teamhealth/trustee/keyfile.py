"""The file of a trustee's private keys: behind a passphrase, and overwritten once it has counted.

Promise: after its one count the file holds nothing but the name of the survey counted.
Written for Windows, too: no file mode and no flag is needed that only POSIX has.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from teamhealth.credentials.codes import b64, unb64
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.trustee import keypair
from teamhealth.trustee.keypair import KeyPair

KEY_FILE = "trustee.key"

_FORMAT = "team-health-trustee-key/1"
_SPENT = "team-health-trustee-key-spent/1"
_NONCE, _SALT = 12, 16
_COST, _NO_COST = 2**15, 2


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where the private keys lie, and the passphrase that opens them; empty for none."""

    path: Path
    passphrase: str

    def store(self, pair: KeyPair) -> None:
        """Write the keys; RefusedError if there is such a file already."""
        salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
        head = {"format": _FORMAT, "name": pair.name, "address": pair.address}
        sealed = AESGCM(self._key(salt)).encrypt(nonce, pair.secret, _bound(head))
        body = {
            **head,
            "locked": bool(self.passphrase),
            "salt": b64(salt),
            "nonce": b64(nonce),
            "sealed": b64(sealed),
        }
        try:
            write_new(self.path, json.dumps(body, indent=2, ensure_ascii=False).encode())
        except FileExistsError:
            raise RefusedError(
                f"{self.path} exists already, and a key is never overwritten. Nothing was made; "
                "choose another folder."
            ) from None

    def is_locked(self) -> bool:
        """Tell whether a passphrase is needed; NotFoundError or RefusedError if there are no keys any more."""
        found = self._read()
        if found.get("format") == _SPENT:
            raise RefusedError(
                f"This key has counted survey {found.get('survey')} and was destroyed: a key counts once. "
                "Nothing was opened. The result that was written then can be uploaded; nobody can "
                "make another."
            )
        return found.get("locked") is not False

    def load(self) -> KeyPair:
        """Return the keys; NotFoundError or RefusedError, in words, if they cannot be had."""
        self.is_locked()
        found = self._read()
        try:
            head = {name: str(found[name]) for name in ("format", "name", "address")}
            cipher = AESGCM(self._key(unb64(found["salt"], _SALT)))
            secret = cipher.decrypt(
                unb64(found["nonce"], _NONCE), unb64(found["sealed"]), _bound(head)
            )
            return keypair.from_secret(head["name"], head["address"], secret)
        except InvalidTag:
            raise RefusedError(
                "The passphrase does not open this key. Nothing was done; try again. Who has forgotten "
                "it can type the printed key in (`restore`)."
            ) from None
        except (KeyError, ValueError, TypeError):
            raise self._damaged() from None

    def destroy(self, survey: str) -> None:
        """Overwrite the keys, and leave only which survey they counted."""
        _overwrite(self.path)
        spent = self.path.with_name(self.path.name + ".new")
        spent.unlink(missing_ok=True)
        write_new(spent, json.dumps({"format": _SPENT, "survey": survey}).encode())
        spent.replace(self.path)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self.path.read_bytes())
        except OSError:
            raise NotFoundError(
                f"There is no key at {self.path}. Nothing was done; name its place with --key, or type "
                "the printed key in (`restore`)."
            ) from None
        except ValueError:
            raise self._damaged() from None
        if not isinstance(found, dict):
            raise self._damaged()
        return found

    def _damaged(self) -> RefusedError:
        return RefusedError(
            f"{self.path} is damaged, or is no key. Nothing was done; type the printed key in (`restore`)."
        )

    def _key(self, salt: bytes) -> bytes:
        cost = _COST if self.passphrase else _NO_COST  # nothing to guess, nothing to slow down
        return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(self.passphrase.encode())


def write_new(path: Path, body: bytes) -> None:
    """Write a file that nobody else may read, where the system can; FileExistsError if it exists."""
    binary = getattr(os, "O_BINARY", 0)  # Windows would write two bytes at a line's end
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _bound(head: dict[str, str]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()


def _overwrite(path: Path) -> None:
    with path.open("r+b") as body:
        body.write(secrets.token_bytes(path.stat().st_size))
        body.flush()
        os.fsync(body.fileno())
