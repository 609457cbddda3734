"""The real server process, for tests that look at what it prints or how it behaves from outside."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx


@contextmanager
def served(environment, log, *, port=None):
    """Run ``teamhealth.wsgi:app`` under granian; give its address.

    ``environment`` are the TEAMHEALTH_* settings; everything the process prints goes to
    the file ``log``.
    """
    port = port or _free_port()
    command = [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "2", "--host", "127.0.0.1", "--port", str(port)]
    with Path(log).open("wb") as output:
        process = subprocess.Popen(
            [*command, "teamhealth.wsgi:app"],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process, log)
            yield address, process
        finally:
            process.terminate()
            process.wait(15)


def environment_of(settings):
    """Give the environment of a server process with these settings."""
    return {
        "TEAMHEALTH_HOME": str(settings.home),
        "TEAMHEALTH_DATABASE_URL": settings.database_url,
    }


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(address, process, log):
    for _ in range(150):
        try:
            httpx.get(f"{address}/a/")
        except httpx.TransportError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not start:\n{Path(log).read_text()}")
