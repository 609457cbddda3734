"""One person's answer over HTTP: page, manifest, group, credential, response, like a browser.

The messages are those of ``credentials.respondent``. What the server did not acknowledge
is sent again with the same bytes; so killing the server costs nobody an answer.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ssl import SSLContext, create_default_context
from typing import Any, Literal

import httpx

from teamhealth.cli.answers_file import Sheet
from teamhealth.credentials.codes import to_code
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.links import Link
from teamhealth.credentials.respondent import Respondent, group_message

Status = Literal["answered", "silent", "refused", "failed"]
Fill = Callable[[Respondent], Sheet | None]
"""Gives what a person says, once their group is known; None if they do not answer."""

_SERVER_ERROR = 500
_CLIENT_ERROR = 400
_PAGES_SAY = {404: "unknown", 410: "not_open"}
"""What a refused page means in the words of the messages."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went for one person.

    ``why`` is the server's word for a refusal or the kind of fault. ``receipt`` is there
    as soon as an answer was sealed; ``seconds`` the whole answer, page to acknowledgement.
    """

    status: Status
    why: str = ""
    receipt: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Visitor:
    """Answers for people at one server.

    ``patience`` is for how many seconds a request is tried again while the server does
    not answer or says that it cannot now. ``took`` collects seconds by kind of request.
    ``transport`` leads to an application in this process instead of a server.
    """

    url: str
    survey: str
    patience: float
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    tls: SSLContext = field(default_factory=create_default_context)
    transport: httpx.BaseTransport | None = None

    def answer(self, link: Link, fill: Fill) -> Outcome:
        """Answer with one link, on a connection of its own."""
        began = time.monotonic()
        receipt = ""
        with httpx.Client(
            base_url=self.url,
            verify=self.tls,
            timeout=30,
            trust_env=False,
            transport=self.transport,
        ) as client:
            try:
                self._ask(client, "page", "")
                respondent = self._meet(client, link)
                sheet = fill(respondent)
                if sheet is None or not sheet.answers:
                    return Outcome("silent")
                prepared = respondent.prepare(sheet.in_letter, sheet.comments)
                receipt = prepared.receipt
                stamped = self._ask(client, "credential", "/credential", prepared.credential)
                self._ask(client, "response", "/response", prepared.response(stamped.json()))
            except _RefusedError as refusal:
                return Outcome("refused", str(refusal), receipt)
            except (httpx.HTTPError, ValueError, KeyError) as fault:
                return Outcome("failed", type(fault).__name__, receipt)
        return Outcome("answered", "", receipt, time.monotonic() - began)

    def _meet(self, client: httpx.Client, link: Link) -> Respondent:
        manifest = self._ask(client, "manifest", "/manifest.json").content
        if link.fingerprint and to_code(link.fingerprint) != _fingerprint(manifest):
            raise ValueError("not the survey of the invitation")
        code = to_code(link.token)
        reply = self._ask(client, "group", "/group", group_message(code))
        return Respondent(manifest, reply.json(), code)

    def _ask(
        self, client: httpx.Client, kind: str, path: str, body: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        """Send one request until it is answered; raises _RefusedError or the last HTTPError."""
        pause, deadline = _FIRST_PAUSE, time.monotonic() + self.patience
        while True:
            began = time.monotonic()
            try:
                answer = _once(client, f"/a/{self.survey}{path}", body)
                if answer.status_code < _SERVER_ERROR:
                    self.took[kind].append(time.monotonic() - began)
                    return _accepted(answer)
                if time.monotonic() > deadline:
                    answer.raise_for_status()
            except httpx.TransportError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


class _RefusedError(Exception):
    """The server will not take this answer, however often it is sent."""


def _once(client: httpx.Client, path: str, body: Mapping[str, Any] | None) -> httpx.Response:
    return client.get(path) if body is None else client.post(path, json=body)


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.status_code < _CLIENT_ERROR:
        return answer
    try:
        why = str(answer.json()["error"])
    except (ValueError, KeyError, TypeError):
        why = _PAGES_SAY.get(answer.status_code, f"http_{answer.status_code}")
    raise _RefusedError(why)


@lru_cache(maxsize=8)
def _fingerprint(manifest: bytes) -> str:
    return fingerprint(manifest)  # slow on purpose, and everybody has the same manifest
