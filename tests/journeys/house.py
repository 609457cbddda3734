"""An installation run as people run it: the real command in real processes, on an empty database."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from teamhealth.db import open_database
from teamhealth.settings import load
from tests.conftest import POSTGRES
from tests.serving import _free_port


@dataclass
class House:
    """``home`` is TEAMHEALTH_HOME; ``settings`` further TEAMHEALTH_* variables."""

    home: Path
    database_url: str
    settings: dict = field(default_factory=dict)

    @property
    def mail(self):
        return self.home / "outbox"

    @property
    def is_sqlite(self):
        return self.database_url.startswith("sqlite:")

    def opened(self, look):
        """Call ``look`` with the database and the settings, as a process of ours has them."""
        settings = load({k: v for k, v in self.environment().items() if "TEAMHEALTH_" in k})
        database = open_database(settings.database_url)
        try:
            return look(database, settings)
        finally:
            database.close()

    def environment(self):
        """Give the environment of a process: ours without our own TEAMHEALTH_*."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("TEAMHEALTH_")}
        ours = {"HOME": self.home, "DATABASE_URL": self.database_url, **self.settings}
        temporary = (
            self.home.parent / "temporary"
        )  # so that a test can look at what is left there
        temporary.mkdir(exist_ok=True)
        kept |= dict.fromkeys(("TMPDIR", "SQLITE_TMPDIR"), str(temporary))
        return {**kept, **{f"TEAMHEALTH_{key}": str(value) for key, value in ours.items()}}

    def run(self, *words, code=0, stdin=""):
        """Run one command to its end; a wrong exit code fails the test with what was printed."""
        command = [sys.executable, "-m", "teamhealth.cli", *map(str, words)]
        done = subprocess.run(
            command,
            env=self.environment(),
            cwd=self.home.parent,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done

    def ask(self, *words, code=0):
        """Run one command with --json; give its one object."""
        return json.loads(self.run(*words, "--json", code=code).stdout)

    @contextmanager
    def served(self, *words, port=None):
        """Run ``teamhealth serve`` until the block ends."""
        server = Server(self, port or _free_port(), words)
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Server:
    """One ``teamhealth serve`` that can be killed and started again at its port."""

    def __init__(self, house, port, words=()):
        self.house, self.port, self.words = house, port, words
        self.url = f"http://127.0.0.1:{port}"
        self.log = house.home.parent / f"serve-{port}.log"
        self.process = None

    def start(self):
        command = [sys.executable, "-m", "teamhealth.cli", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--workers", "1", *self.words],
                env=self.house.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                httpx.get(f"{self.url}/a/", trust_env=False)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.log.read_text())

    def kill(self):
        """End every process of the server at once, as a power failure would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


@contextmanager
def empty_database(kind, folder):
    """Give the URL of a database that nobody has set up yet."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'home' / 'teamhealth.sqlite3'}"
        return
    name = f"th_{uuid.uuid4().hex[:16]}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield POSTGRES.rsplit("/", 1)[0] + "/" + name
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
