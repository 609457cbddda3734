"""A survey lived through by two users of this machine: ``python -m tests.deploy.two_users ROOT``, started as root.

Loads everything once; then each step happens in a process of its own that gives root up
before it touches a file. Prints what was seen as JSON.
"""

import _strptime  # noqa: F401  (like the next found by name later, when its file could not be read)
import encodings.idna  # noqa: F401
import json
import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

from werkzeug.test import Client

from teamhealth import clock
from teamhealth.cli.installing import set_up
from teamhealth.cli.opening import Installation
from teamhealth.db import open_database
from teamhealth.jobs.closing import close
from teamhealth.settings import load
from teamhealth.wsgi import build
from tests.firms import codes, found, hand_in, launch

IDS = {"teamhealth": 61_183, "teamhealth-web": 61_184}  # numbers are enough: no account is made
WORKER = (IDS["teamhealth"], [IDS["teamhealth"], IDS["teamhealth-web"]])
WEB = (IDS["teamhealth-web"], [IDS["teamhealth-web"]])
UMASK = 0o077  # as in the units


def launched(database, settings):
    """Set up as ``teamhealth init`` does, and open a survey; give its codes."""
    set_up(Installation(settings, database))
    found(database, settings.home)
    now = clock.now()
    name = launch(database, settings, closes_at=now + timedelta(days=14), at=now)
    by_group = codes(database, settings, name)
    return name, [code for some in by_group.values() for code in some]


def answered(database, settings, name, links):
    """Let everybody answer through the doors that this user serves."""
    client = Client(build(database, settings))
    return [hand_in(client, name, code, {"psych_safety_1": 4}).status for code in links]


def tried(_database, _settings, places):
    """Tell of each file or folder whether it can be read and written."""
    return [[os.access(place, mode) for mode in (os.R_OK, os.W_OK)] for place in places]


def counted(database, settings, name):
    """Close the survey as the worker does; give its state."""
    return close(database, settings, name)


def _as(user, step, home, url, *told):
    """Do a step as a user, ``(uid, [gid, …])``, in a process of its own; give what came of it."""
    reads, writes = os.pipe()
    if os.fork() == 0:
        uid, groups = user
        os.umask(UMASK)
        os.setgroups(groups)
        os.setgid(groups[0])
        os.setuid(uid)
        settings = load({"TEAMHEALTH_HOME": str(home), "TEAMHEALTH_DATABASE_URL": url})
        database = open_database(url)
        with os.fdopen(writes, "w") as out:
            json.dump(step(database, settings, *told), out)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as heard:
        return json.load(heard)


def main(root):
    """Live through it in the folders below ``root``; give what was seen on the way."""
    worker, web = root / "var/lib/teamhealth", root / "var/lib/teamhealth-web"
    url = f"sqlite:///{worker / 'database' / 'teamhealth.sqlite3'}"
    name, links = _as(WORKER, launched, worker, url)
    sent = _as(WEB, answered, web, url, name, links)
    keys = worker / "keys"
    places = [str(place) for place in (keys, *sorted(keys.rglob("*")))]
    may = _as(WEB, tried, web, url, places)
    modes = [stat.filemode(Path(place).stat().st_mode) for place in places]
    return {
        "sent": sent,
        "keys": str(keys),
        "seen": {
            str(Path(place).relative_to(keys)): [mode, *rights]
            for place, mode, rights in zip(places, modes, may, strict=True)
        },
        "state": _as(WORKER, counted, worker, url, name),
        "desk": str(web / "desk.key"),
    }


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
