"""People who answer through the real door, each from an address of their own, and what can go wrong with them."""

import socket
from contextlib import suppress

import httpx

from teamhealth.credentials.codes import b64, from_code
from teamhealth.credentials.respondent import Respondent, group_message

STRANGE = "CANARYPATH"


class Visitor:
    """Somebody who answers through the real door; ``number`` gives address and browser."""

    def __init__(self, url, survey, code, number):
        self.survey, self.code, self.number = survey, code, number
        self.client = httpx.Client(
            base_url=url,
            transport=httpx.HTTPTransport(
                local_address=f"127.0.0.{100 + number}",
                limits=httpx.Limits(max_keepalive_connections=0),
            ),
            headers={"User-Agent": f"CANARYAGENT{number}", "X-Forwarded-For": "203.0.113.77"},
        )
        self.prepared = self.handed = None
        self.told = []

    def post(self, thing, body, **more):
        answer = self.client.post(f"/a/{self.survey}/{thing}", json=body, **more)
        self.told.append(answer)
        return answer

    def seal(self):
        manifest = self.client.get(f"/a/{self.survey}/manifest.json").content
        reply = self.post("group", group_message(self.code)).json()
        self.prepared = Respondent(manifest, reply, self.code).prepare(
            {"psych_safety_1": 1 + self.number % 5}, {"comment": f"CANARYWORDS{self.number}"}
        )
        stamp = self.post("credential", self.prepared.credential).json()
        self.handed = self.prepared.response(stamp)

    def hand_in(self):
        return self.post("response", self.handed).status_code


def refusals(visitor, server):
    """Give an answer of every kind of refusal, each asked with all that can name somebody."""
    client, code, here = visitor.client, visitor.code, f"/a/{visitor.survey}"
    handed = visitor.handed
    yield from (
        client.get(path)
        for path in (
            f"{here}%23{code}",
            f"{here}%2523{code}.{code}",
            f"/a/nowhere-{code.lower()}",
            f"{here}/{STRANGE}?t={code}",
            f"/{STRANGE}/{code}",
            f"/desk/setup/{code}",
        )
    )
    yield from (
        client.request(method, f"{here}/{STRANGE}%23{code}")
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "POST", "TRACE", "PROPFIND")
    )
    json_type = {"Content-Type": "application/json"}
    for body in (b'{"t": "' + code.encode(), code.encode() * 2000, b"\xff" + code.encode()):
        yield client.post(f"{here}/group", content=body, headers=json_type)
    yield client.post(f"{here}/group", content=code)
    yield visitor.post("group", {"t": "7QFM2X9PT4RS0ABC"})
    yield visitor.post("group", {"t": code, code: STRANGE})
    for name in ("Cookie", "Authorization"):
        yield visitor.post("group", {"t": code}, headers={name: f"{STRANGE}={code}"})
    yield visitor.post("credential", {"t": code, "b": b64(b"\1" * 256)})
    yield visitor.post("response", {**handed, "e": b64(b"\1" * 32)})
    yield visitor.post("response", {**handed, "n": b64(b"\1" * 32)})
    yield visitor.post("response/edit", {"edit": b64(from_code(visitor.prepared.receipt) * 4)})
    assert server.process.poll() is None


def shouts(port, code, survey):
    """Speak HTTP badly, or hang up in the middle."""
    start = f"POST /a/{survey}/group HTTP/1.1\r\nHost: x\r\nUser-Agent: CANARYAGENT\r\n"
    typed = f"{start}Content-Type: application/json\r\n"
    words = [
        f"GET /a/{STRANGE} {code} HTTP/9.9\r\n\r\n",
        f"GET http://x/a/{survey}%23{code} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        f"GET /a/{survey}%ff%00{code} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        f"{typed}Content-Length: 500\r\n\r\n" + '{"t": "' + code,
        f"{typed}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{code}\r\n",
        f"{typed}Content-Length: {code}\r\n\r\n",
        f"{start}X-{STRANGE}: {code * 20_000}\r\n\r\n",
        f"\x16\x03\x01{code}",
    ]
    for said in words:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            heard = b""
            with suppress(OSError):  # the server may hang up first
                line.sendall(said.encode("latin-1"))
                line.shutdown(socket.SHUT_WR)
                while more := line.recv(65536):
                    heard += more
        yield httpx.Response(0, content=heard)
