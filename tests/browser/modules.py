"""The respondent's modules in Chromium, one by one, behind the door's own security policy."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from teamhealth import content
from teamhealth.campaigns.scripts import MODULES
from teamhealth.web.respond.ready import POLICY

_PAGE = b"<!doctype html><html lang=en><meta charset=utf-8><title>Modules</title>"
_TOOLS = """
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const unhex = (digits) => Uint8Array.from(digits.match(/../g) || [], (two) => parseInt(two, 16));
const m = {};
for (const name of %s) Object.assign(m, await import('/' + name + '.js'));
"""


class _Files(SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(_PAGE)

    def log_message(self, *_told):
        pass


@contextmanager
def serving():
    """Serve the static modules and an empty page; give its address."""
    handler = partial(_Files, directory=content.static() / "respond")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Modules:
    """The cryptographic modules, loaded in a page; ``run`` calls them."""

    names = tuple(
        name for name in MODULES if name in ("bytes", "blind", "seal", "receipt", "check")
    )

    def __init__(self, page):
        self._page = page

    def run(self, body, data=None):
        """Run statements that end in ``return``; they see ``m`` (all modules), ``hex``, ``unhex``, ``d``."""
        tools = _TOOLS % list(self.names)
        return self._page.evaluate(f"async (d) => {{ {tools} {body} }}", data)

    def refuses(self, expression, data=None):
        """Return the words with which an expression throws, or None if it does not."""
        return self.run(
            f"try {{ await ({expression}); return null; }} catch (fault) {{ return String(fault.message || fault); }}",
            data,
        )


@contextmanager
def opened(chromium):
    """Open the modules in a page; whatever the page complains of fails the test at the end."""
    faults = []
    with serving() as address:
        context = chromium.new_context()
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        page = context.new_page()
        page.on(
            "console", lambda said: faults.append(said.text) if said.type == "error" else None
        )
        page.goto(address)
        yield Modules(page)
        context.close()
    assert faults == []  # our modules run under the door's policy without a complaint
