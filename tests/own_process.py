"""Processes of their own, to be killed as in a power cut.

All come from one that has read our code already (a fork server): reading it again for
each would take a second. That one never opens a database or works for anybody.
"""

import multiprocessing

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.dying", "tests.postman"])


class OwnProcess:
    """One that is ready to call a function with these words, and waits for ``go``."""

    def __init__(self, work, *words):
        self._line, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_when_told, args=(theirs, work, words))
        self._process.start()
        theirs.close()
        self._line.recv()

    @property
    def pid(self):
        return self._process.pid

    @property
    def is_running(self):
        return self._process.is_alive()

    def go(self):
        """Let it work."""
        self._line.send("go")

    def kill(self):
        """End it by SIGKILL, wherever it is."""
        self._process.kill()

    def end(self, timeout=120):
        """Wait for its end; give its exit code, which is that of a signal below zero."""
        self._process.join(timeout)
        return self._process.exitcode


def _when_told(line, work, words):
    line.send("ready")
    line.recv()
    work(*words)
