"""Firefox and WebKitGTK as Debian ships them, driven without a package of anybody else.

Firefox speaks Marionette (JSON over a socket), WebKitGTK W3C WebDriver (JSON over HTTP);
the commands are the same. Each runs headless, with a profile of its own that is gone afterwards.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx

from tests.serving import _free_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's name for an element's id
PATIENCE = 20
INSTALL = "`make browsers` installs it"
_WAITS = """
const [data, done] = arguments;
(%s)(data).then((ok) => done({ok}), (no) => done({no: String(no && no.message || no)}));
"""


class MissingBrowserError(Exception):
    """A browser that is not installed here; says so in words."""


class Driver:
    """One browser with one window; ``_ask`` sends a command by its name in Marionette."""

    folder = None  # where it writes

    def go(self, address):
        self._ask("Navigate", url=address)

    def back(self):
        self._ask("Back")

    def reload(self):
        self._ask("Refresh")

    @property
    def address(self):
        return self._ask("GetCurrentURL")

    def look(self, expression):
        """Give the value of an expression in the page."""
        return self._ask("ExecuteScript", script=f"return {expression};", args=[])

    def wait_for(self, expression):
        """Wait until an expression in the page is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.look(expression):
            assert time.monotonic() < deadline, f"{expression} in {self.address}"
            time.sleep(0.05)

    def click(self, selector):
        """Press what is visible and matches, as a person would."""
        self._ask("ElementClick", id=self._visible(selector))

    def type(self, selector, words):
        self._ask("ElementSendKeys", id=self._visible(selector), text=words)

    def evaluate(self, function, data=None):
        """Call an async function of JavaScript with some data, like Playwright's ``evaluate``."""
        reply = self._ask("ExecuteAsyncScript", script=_WAITS % function, args=[data])
        if "no" in reply:
            raise AssertionError(reply["no"])
        return reply.get("ok")

    def cookies(self):
        return self._ask("GetCookies")

    def _visible(self, selector):
        deadline = time.monotonic() + PATIENCE
        while True:
            for found in self._ask("FindElements", using="css selector", value=selector):
                place = found[ELEMENT]
                if self._ask("IsElementDisplayed", id=place):
                    return place
            assert time.monotonic() < deadline, f"{selector} in {self.address}"
            time.sleep(0.05)

    def _ask(self, command, **more):
        raise NotImplementedError


class Marionette(Driver):
    """A running Firefox."""

    def __init__(self, port):
        self._line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._numbers = count(1)
        self._hear()  # its greeting
        self._ask("NewSession", capabilities={})

    def close(self):
        self._line.close()

    def _ask(self, command, **more):
        message = json.dumps([0, next(self._numbers), f"WebDriver:{command}", more]).encode()
        self._line.sendall(b"%d:%b" % (len(message), message))
        _, _, fault, told = self._hear()
        assert not fault, (command, fault["message"])
        return told["value"] if isinstance(told, dict) and "value" in told else told

    def _hear(self):
        size = b""
        while (one := self._line.recv(1)) != b":":
            assert one, "Firefox hung up"
            size += one
        heard = b""
        while len(heard) < int(size):
            heard += self._line.recv(int(size) - len(heard))
        return json.loads(heard)


_ROUTES = {
    "Navigate": ("POST", "url"),
    "GetCurrentURL": ("GET", "url"),
    "Back": ("POST", "back"),
    "Refresh": ("POST", "refresh"),
    "ExecuteScript": ("POST", "execute/sync"),
    "ExecuteAsyncScript": ("POST", "execute/async"),
    "FindElements": ("POST", "elements"),
    "IsElementDisplayed": ("GET", "element/{id}/displayed"),
    "ElementClick": ("POST", "element/{id}/click"),
    "ElementSendKeys": ("POST", "element/{id}/value"),
    "GetCookies": ("GET", "cookie"),
}


class WebDriver(Driver):
    """A browser behind a driver of the W3C's kind."""

    def __init__(self, address, options):
        self._http = httpx.Client(base_url=address, timeout=60, trust_env=False)
        wish = {"capabilities": {"alwaysMatch": options}}
        self._here = f"/session/{self._send('POST', '/session', wish)['sessionId']}"

    def close(self):
        self._send("DELETE", self._here, None)
        self._http.close()

    def _ask(self, command, **more):
        method, path = _ROUTES[command]
        body = {name: value for name, value in more.items() if name != "id"}
        return self._send(method, f"{self._here}/{path.format(**more)}", body)

    def _send(self, method, path, body):
        told = self._http.request(method, path, json=body if method == "POST" else None)
        value = told.json()["value"]
        assert told.is_success, value["message"]
        return value


@contextmanager
def firefox(profile):
    """Run Debian's Firefox with an empty profile in a folder."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        raise MissingBrowserError(f"no Firefox here: {INSTALL}")
    port = _free_port()
    profile.mkdir(parents=True)
    wishes = {"marionette.port": port, "browser.sessionstore.interval": 500}  # milliseconds
    lines = [f'user_pref("{name}", {value});\n' for name, value in wishes.items()]
    (profile / "user.js").write_text("".join(lines))
    words = (program, "--headless", "--no-remote", "--marionette", "--profile", profile)
    with _running(words, HOME=str(profile.parent)) as process:
        driver = Marionette(_once_it_listens(process, port))
        driver.folder = profile.parent
        yield driver
        driver.close()


@contextmanager
def webkit(profile):
    """Run Debian's WebKitGTK in its MiniBrowser, on a screen that nobody sees."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not (driver and screen and browsers):
        raise MissingBrowserError(f"no WebKitGTK with its driver and Xvfb here: {INSTALL}")
    options = {"binary": str(browsers[-1]), "args": ["--automation"]}
    profile.mkdir(parents=True)
    port = _free_port()
    home = {
        "HOME": str(profile),
        "XDG_RUNTIME_DIR": str(profile),
        "XDG_DATA_HOME": str(profile),
    }
    display = f":{port}"
    with (
        _running((screen, display, "-nolisten", "tcp", "-screen", "0", "900x1000x24")) as shown,
        _running((driver, f"--port={port}"), DISPLAY=display, **home) as process,
    ):
        address = f"http://127.0.0.1:{_once_it_listens(process, port)}"
        assert shown.poll() is None
        opened = WebDriver(address, {"webkitgtk:browserOptions": options})
        opened.folder = profile.parent
        yield opened
        opened.close()


@contextmanager
def _running(words, **environment):
    process = subprocess.Popen(
        list(map(str, words)),
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def kept_in(folder):
    """Give the bytes of every file of a profile, Firefox's packed ones unpacked."""
    for file in folder.rglob("*"):
        if file.is_file():
            body = file.read_bytes()
            yield file.name, _unpacked(body[12:]) if body.startswith(b"mozLz40\0") else body


def _unpacked(block):
    # LZ4's block format: literals, then what to repeat from how far back.
    told, at = bytearray(), 0

    def length(start):
        nonlocal at
        while start >= 15 and block[at] == 255:
            start, at = start + 255, at + 1
        if start >= 15:
            start, at = start + block[at], at + 1
        return start

    while at < len(block):
        token, at = block[at], at + 1
        size = length(token >> 4)
        told += block[at : at + size]
        at += size
        if at >= len(block):
            break
        back, at = block[at] | block[at + 1] << 8, at + 2
        for _ in range(length(token & 15) + 4):
            told.append(told[-back])
    return bytes(told)


def _once_it_listens(process, port):
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return port
    raise AssertionError("the browser did not start")
