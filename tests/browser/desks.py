"""The desk served for a real browser, and what every page of it must bear."""

import threading
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.browser.axe import LIGHTS, sound
from tests.desk import HR, PASSWORD

TOO_SMALL = """
() => Array.from(document.querySelectorAll('button, summary, .btn, nav a, .menu a, input:not(.vh), select, textarea'))
  .filter((one) => one.offsetParent && one.type !== 'hidden' && one.type !== 'checkbox' && one.type !== 'radio')
  .filter((one) => one.offsetHeight < 44 || one.offsetWidth < 44)
  .map((one) => one.outerHTML.slice(0, 90))
"""

WIDTH = "() => document.documentElement.scrollWidth"


class _Quiet(WSGIRequestHandler):
    def log(self, *_args):
        pass


@contextmanager
def served_desk(app):
    """Serve an app made by ``tests.desk.desk_of`` on this machine; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def enter(seat, address, email=HR, password=PASSWORD):
    """Sign somebody in, as they would."""
    seat.page.goto(f"{address}/desk/sign-in")
    seat.page.get_by_label("Work e-mail").fill(email)
    seat.page.get_by_label("Password").fill(password)
    seat.page.get_by_role("button", name="Sign in").click()


def look_at(seat, width, lights=LIGHTS):
    """Fail for what axe finds on the page, for what overflows and for what is too small to be hit."""
    sound(seat.page, lights=lights)
    assert seat.page.evaluate(TOO_SMALL) == [], seat.page.url
    assert seat.page.evaluate(WIDTH) <= width, seat.page.url
