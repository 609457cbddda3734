"""Key files: written whole or not at all, readable by their owner alone, overwritten before they go.

Layout under the folder of keys: ``issuers/<survey>/<group>.der``, ``box/<survey>.der``,
``links/<survey>``. Signing keys alone may be shared with the group of a web process that
runs as another user, if whoever set the machine up says so (``is_shared``).
"""

import os
import secrets
import stat
from pathlib import Path

from teamhealth.errors import KeysMissingError

PRIVATE, SHARED = 0o600, 0o640  # modes of key files

_NEW = ".new"  # the ending of a file that is being written; no id holds a dot


def issuers_folder(home_keys: Path, survey: str) -> Path:
    """Return the folder of a survey's signing keys."""
    return home_keys / "issuers" / survey


def box_file(home_keys: Path, survey: str) -> Path:
    """Return the file of a survey's box key."""
    return home_keys / "box" / f"{survey}.der"


def link_file(home_keys: Path, survey: str) -> Path:
    """Return the file of a survey's link key."""
    return home_keys / "links" / survey


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for their owner alone; one that exists is left as it is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync(folder.parent)


def is_shared(folder: Path) -> bool:
    """Tell whether a folder was made for a group to read: ``chgrp``, then ``chmod 2750``.

    Both bits are asked for: a folder below one with the set-group-ID bit has this, too.
    """
    mode = folder.stat().st_mode
    return bool(mode & stat.S_ISGID and mode & stat.S_IRGRP)


def write(path: Path, body: bytes, *, mode: int = PRIVATE) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never half.

    The caller syncs the folder when all its files are written.
    """
    new = path.with_name(path.name + _NEW)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, PRIVATE)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read(path: Path) -> bytes:
    """Return a key file's bytes; KeysMissingError, which names no path, if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise missing() from None


def missing() -> KeysMissingError:
    """Return the refusal for a key that is not there or cannot be used."""
    return KeysMissingError(
        "Answering is paused: a key of this survey is missing here. "
        "Nothing was stored; please try again later with the same link."
    )


def destroy(path: Path) -> int:
    """Overwrite and remove a file and what is left of writing it; return how many there were.

    The caller syncs the folder. Overwriting reaches the same blocks on ordinary file
    systems; copy-on-write ones and flash keep what they keep (docs/anonymity.md).
    """
    gone = 0
    for file in (path, path.with_name(path.name + _NEW)):
        if file.is_file():
            _overwrite(file)
            file.unlink()
            gone += 1
    return gone


def sync(folder: Path) -> None:
    """Make the names in a folder as durable as the files."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _overwrite(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as body:
        body.write(secrets.token_bytes(size))
        body.flush()
        os.fsync(body.fileno())
