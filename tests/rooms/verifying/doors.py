"""A launched survey behind a door that tells lies, one at a time."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from teamhealth.web.respond.app import create_app
from teamhealth.web.respond.front import Front
from tests.firms import codes, survey_of


@dataclass
class Told:
    """One answer, to be bent: ``path`` and ``asked`` are the request's, the rest is the answer's."""

    path: str
    asked: dict
    status: str
    headers: dict
    body: bytes

    def text(self, old, new):
        """Replace some words of the body, which must be there."""
        assert old.encode() in self.body, old
        self.body = self.body.replace(old.encode(), new.encode())

    def data(self, **more):
        """Change fields of a JSON object."""
        self.body = json.dumps(json.loads(self.body) | more).encode()


@dataclass
class Door:
    """The door of one survey. ``lie`` bends answers; ``seen`` are the requests that came in."""

    app: object
    address: str
    name: str
    codes: dict
    manifest: bytes
    fingerprint: str
    lie: object = None
    seen: list = field(default_factory=list)

    @property
    def page(self):
        """Give the address of the survey's page."""
        return f"{self.address}/a/{self.name}"

    def code(self, group="acme-north"):
        """Give a code of a group."""
        return self.codes[group][0]

    def answer(self, environ, start):
        """Answer as the app does, or with the lie of the moment."""
        self.seen.append({name: environ[name] for name in environ if name.isupper()})
        if self.lie:
            environ.pop("HTTP_ACCEPT_ENCODING", None)  # a lie is told in plain words
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        told = Told(environ["PATH_INFO"], environ, status, dict(headers), b"".join(body))
        if self.lie:
            self.lie(told)
            told.headers["Content-Length"] = str(len(told.body))
        start(told.status, list(told.headers.items()))
        return [told.body]


@contextmanager
def opened(database, settings, name):
    """Serve a survey that was launched; give its door."""
    survey = survey_of(database, name)
    app = Front(create_app(database, settings))
    door = Door(
        app, "", name, codes(database, settings, name), survey.manifest, survey.fingerprint
    )
    server = make_server("127.0.0.1", 0, door.answer, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    door.address = f"http://localhost:{server.server_port}"
    try:
        yield door
    finally:
        server.shutdown()
