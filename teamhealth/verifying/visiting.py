"""Asking the server: like two different browsers, following nowhere, keeping nothing.

Promises: no cookie is kept or sent, no redirection is followed, no certificate is
accepted that a browser would refuse; every request is on the list ``sent``.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx

from teamhealth.errors import UnavailableError
from teamhealth.verifying.addresses import Target

PATIENCE = 30
LARGEST = 32 * 1024 * 1024

DESKTOP = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Accept-Encoding": "gzip, deflate",
}
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36",
    "Accept-Encoding": "identity",
}
"""Two ordinary browsers, so that a server cannot tell this check from people."""

_NOTHING = "Nothing could be compared; nothing was sent but the question."


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, unpacked."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_there(self) -> bool:
        """Whether it is the thing that was asked for."""
        return self.status == httpx.codes.OK


@dataclass
class Visit:
    """One check's conversation with one server. ``sent`` names what was asked, in order."""

    target: Target
    transport: httpx.BaseTransport | None = None
    sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            base_url=self.target.origin,
            verify=ssl.create_default_context(),
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=not self.target.is_this_machine,  # the way out of an office may be a proxy
            transport=self.transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(
        self, path: str, browser: Mapping[str, str] = DESKTOP, *, languages: str = "en"
    ) -> Reply:
        """Fetch something; UnavailableError if the server cannot be reached or trusted."""
        self.sent.append(f"GET {path}")
        headers = {**browser, "Accept-Language": languages, "Accept": "*/*"}
        return self._ask(self._client.build_request("GET", path, headers=headers))

    def post(self, path: str, message: Mapping[str, str], told: str) -> Reply:
        """Send a message of the protocol; ``told`` says what is in it, for the list."""
        self.sent.append(f"POST {path} with {told}")
        request = self._client.build_request(
            "POST", path, json=dict(message), headers={**DESKTOP, "Accept": "*/*"}
        )
        return self._ask(request)

    def _ask(self, request: httpx.Request) -> Reply:
        try:
            answer = self._client.send(request, stream=True)
            try:
                body = _whole(answer)
            finally:
                answer.close()
        except httpx.TimeoutException:
            raise UnavailableError(
                f"{self.target.host} did not answer within {PATIENCE} seconds. {_NOTHING}"
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ssl.SSLError) as fault:
            raise UnavailableError(self._unreachable(fault)) from None
        self._client.cookies.clear()
        return Reply(answer.status_code, answer.headers, body)

    def _unreachable(self, fault: BaseException) -> str:
        host = self.target.host
        refused = _cause(fault, ssl.SSLError)
        if isinstance(refused, ssl.SSLCertVerificationError):
            return (
                f"{host} cannot prove that it is {host}: its certificate is not accepted "
                f"({refused.verify_message}). Do not answer there until that is explained. {_NOTHING}"
            )
        if refused is not None:
            return f"No encrypted connection to {host} could be made. {_NOTHING}"
        return (
            f"{host} cannot be reached from here. Is the address right, and does a browser on this "
            f"machine reach it? {_NOTHING}"
        )


def _whole(answer: httpx.Response) -> bytes:
    pieces, size = [], 0
    for piece in answer.iter_bytes():
        size += len(piece)
        if size > LARGEST:
            raise UnavailableError(
                "The server sends far more than any survey has; the check was stopped there."
            )
        pieces.append(piece)
    return b"".join(pieces)


def _cause(fault: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    while fault is not None and not isinstance(fault, kind):
        fault = fault.__cause__ or fault.__context__
    return fault
