"""The link key of a survey: the codes of all invitations follow from it, so reminders repeat them.

Promise: web never reaches this module (import contract).
"""

import secrets
from pathlib import Path

from teamhealth.keys import files

SIZE = 32


def make(home_keys: Path, survey: str) -> bytes:
    """Make and store a survey's link key (32 bytes) in place of any other; return it."""
    path = files.link_file(home_keys, survey)
    key = secrets.token_bytes(SIZE)
    files.make_folder(path.parent)
    files.write(path, key)
    files.sync(path.parent)
    return key


def load(home_keys: Path, survey: str) -> bytes:
    """Return a survey's link key; KeysMissingError if it is not here or is none."""
    key = files.read(files.link_file(home_keys, survey))
    if len(key) != SIZE:
        raise files.missing()
    return key
