"""``teamhealth serve`` and ``teamhealth worker``: the processes that run all the time.

Promise: no access log, and no process is left behind, however the server ends.
"""

import os
import signal
import socket
import threading
import time
from pathlib import Path
from wsgiref.types import WSGIApplication

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from teamhealth import logs, worker, wsgi
from teamhealth.cli.companion import Companion
from teamhealth.cli.opening import opened
from teamhealth.errors import UnavailableError

_THREADS = 8
"""Requests that one web process works on at a time; more wait in its queue."""

_LAST_WORDS = 10
"""Seconds for requests under way when the server is asked to stop."""

_PORT_PATIENCE = 5.0
"""Seconds for the processes of a killed server to notice that it is gone, and let go of the port."""


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Web processes; default: one a core, 4 at most.",
)
@click.option(
    "--no-worker", is_flag=True, help="Do not run a background worker beside the server."
)
def serve(host: str, port: int, workers: int | None, *, no_worker: bool) -> None:
    """Serve the web pages, with a background worker beside them."""
    run(host, port, workers=workers, with_worker=not no_worker)


def run(
    host: str,
    port: int,
    *,
    workers: int | None = None,
    with_worker: bool = True,
    tls: tuple[Path, Path] | None = None,
    greeting: str = "",
) -> None:
    """Serve the installation of this process's environment until somebody stops it.

    ``tls`` are the files of a certificate and its key. ``greeting`` is said instead of our
    own, once the server answers.
    """
    with opened() as installation:
        base_url = installation.settings.base_url
    wait_for_port(host, port)
    logs.to_stderr()
    server = Server(
        "teamhealth.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(4, os.cpu_count() or 1),
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_LAST_WORDS,
        ssl_cert=tls[0] if tls else None,
        ssl_key=tls[1] if tls else None,
    )
    companion = Companion() if with_worker else None
    server.on_startup(lambda: click.echo(greeting or _greeting(host, port, base_url)))
    try:
        server.serve(target_loader=application, wrap_loader=False)
    finally:
        if companion:
            companion.stop()


@click.command("worker")
@click.option(
    "--beside",
    type=int,
    default=0,
    hidden=True,
    help="Process id of the server that started us.",
)
def work(beside: int) -> None:
    """Run the background worker: mail, openings, closings, clearing up."""
    logs.to_stderr()
    with opened() as installation:
        worker.run(installation.settings, installation.database, companion_of=beside)


def application() -> WSGIApplication:
    """Build the web application inside a web process that ends with the server's main process."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    return wsgi.application()


def _end_with(parent: int) -> None:
    """End this process soon after its parent was killed: it would keep the port."""
    while os.getppid() == parent:
        time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LAST_WORDS)
    os._exit(1)


def wait_for_port(host: str, port: int) -> None:
    """Raise UnavailableError if something else listens there; the server itself would share the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + _PORT_PATIENCE
    while True:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError as fault:
                if time.monotonic() > deadline:
                    raise UnavailableError(
                        f"Nobody can listen at {host} port {port}: {fault.strerror}. Nothing was "
                        "started; stop the other server or choose another --port."
                    ) from None
            else:
                return
        time.sleep(0.2)


def _greeting(host: str, port: int, base_url: str) -> str:
    place = f"[{host}]" if ":" in host else host
    return (
        f"Team Health answers at http://{place}:{port} and is known to people as {base_url}. "
        "Ctrl-C stops it."
    )
