"""The worker process beside ``teamhealth serve``: started again when it dies, stopped with the server.

Promise: it never outlives the server. Asked to stop, it ends its sweep; if the server was
killed, the worker sees that its parent is gone (``worker.run``).
"""

import os
import subprocess
import sys
import threading

from teamhealth import logs

_AGAIN_AFTER = 3.0
"""Seconds before a worker that died is started again."""

_LAST_WORDS = 40.0
"""Seconds to end a sweep; killed after that, which costs nothing but a repetition."""


class Companion:
    """One worker process and the thread that watches it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = _started()
        self._watch = threading.Thread(target=self._keep, name="companion", daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """End the worker; returns when it is gone."""
        self._stopping.set()
        self._watch.join()
        self._process.terminate()
        try:
            self._process.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _keep(self) -> None:
        while not self._stopping.wait(0.2):
            if self._process.poll() is not None:
                logs.event("sweep_failed", step="worker", problem="ended")
                if not self._stopping.wait(_AGAIN_AFTER):
                    self._process = _started()


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "teamhealth.cli", "worker", "--beside", str(os.getpid())]
    # A group of its own: Ctrl-C reaches the server, which then stops us in order.
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603
