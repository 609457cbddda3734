"""From a fresh clone to the finished demo: ``git clone``, then ``make demo ARGS=--once``.

Wall-clock seconds, since that is what somebody waits: system packages that are here
already, and whatever pip has in its cache, are not fetched again. It clones what is
committed; ``--once`` does more than the demo that is served, so it is the longer of the two.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from budgets import finish, held, noted

SECONDS = 180.0
HERE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Clone, set up, run."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEAMHEALTH_", "MAKE", "MFLAGS", "VIRTUAL_ENV"))
    }
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        began = time.monotonic()
        _run(["git", "clone", "-q", str(HERE), str(clone)], clean)
        _run(["make", "-C", str(clone), ".make/run"], clean)
        ready = time.monotonic()
        _run(["make", "-C", str(clone), "demo", "ARGS=--once"], clean)
        done = time.monotonic()
    noted("clone and set-up", ready - began, "s")
    noted("demo --once: five quarters and their reports", done - ready, "s")
    finish(held("fresh clone to a finished demo", done - began, "s", SECONDS))


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
