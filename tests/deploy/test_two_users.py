"""Web and worker as two users of one machine, in the very folders of ``deploy/tmpfiles.conf``.

Promise: the user who serves the pages can serve a whole answer, and can neither open one nor make a link.
"""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.deploy.two_users import IDS, WEB

DEPLOY = Path(__file__).parents[2] / "deploy"
ROOT = 0

pytestmark = pytest.mark.skipif(os.getuid() != ROOT, reason="only root can become two users")


@pytest.fixture(scope="module")
def machine():
    """Give a folder that stands for ``/``, which every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="teamhealth-users-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def _lay_out(root):
    """Do what ``systemd-tmpfiles --create`` does with our file."""
    for line in (DEPLOY / "tmpfiles.conf").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        kind, path, mode, user, group, *rest = line.split()
        place = root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if kind == "L":
            place.symlink_to(root / rest[-1].lstrip("/"))
            continue
        place.mkdir() if kind == "d" else place.touch()
        os.chown(place, IDS[user], IDS[group])
        place.chmod(int(mode, 8))


@pytest.fixture(scope="module")
def lived(machine):
    """Launch as the worker, answer as the web, and count; give what was seen on the way."""
    _lay_out(machine)
    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.two_users", machine],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_web_user_serves_whole_answers(lived):
    assert len(lived["sent"]) == 19
    assert set(lived["sent"]) == {200}


def test_the_web_user_reads_signing_keys_and_no_other(lived):
    files = {place: may for place, (mode, *may) in lived["seen"].items() if mode[0] == "-"}
    readable = {place for place, (may_read, _) in files.items() if may_read}

    assert {place.partition("/")[0] for place in readable} == {"issuers"}
    assert set(files) - readable == {"box/spring.der", "links/spring"}
    assert not any(may_write for _, _, may_write in lived["seen"].values())


def test_keys_are_for_their_owner_alone_but_signing_keys(lived):
    for place, (mode, *_) in lived["seen"].items():
        assert mode[7:] == "---", place
        assert place.startswith("issuers") or mode[4:7] in ("---", "--x"), place


def test_the_worker_counts_what_the_web_user_took_and_destroys_all_keys(lived):
    assert lived["state"] == "counted"
    assert [place for place in Path(lived["keys"]).rglob("*") if place.is_file()] == []


def test_the_key_of_the_desks_cookies_is_the_web_users(lived):
    key = Path(lived["desk"]).stat()

    assert (key.st_uid, stat.filemode(key.st_mode)) == (WEB[0], "-rw-------")
