"""The address to check, as people have it: of the page, or their whole link with its code.

Promise: the code in a link is never part of a request's address.
"""

import re
from dataclasses import dataclass

from teamhealth.credentials import links
from teamhealth.credentials.links import Link
from teamhealth.errors import WrongUseError

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^\s/@?#\\]+)/a/(?P<survey>[a-z0-9-]{1,40})(?![a-z0-9-])",
    re.IGNORECASE | re.ASCII,
)
_OWN_MACHINE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")


@dataclass(frozen=True, slots=True)
class Target:
    """A survey somewhere. ``link`` is what the address carried behind ``#``, if it did."""

    origin: str
    survey: str
    link: Link | None

    @property
    def path(self) -> str:
        """Where the survey is at its server."""
        return f"/a/{self.survey}"

    @property
    def host(self) -> str:
        """The server's name, with the port if it has one."""
        return self.origin.partition("://")[2]

    @property
    def is_encrypted(self) -> bool:
        """Whether others on the way are kept from reading and changing what is sent."""
        return self.origin.startswith("https://")

    @property
    def is_this_machine(self) -> bool:
        """Whether the server is this very machine, so that there is no way between."""
        return _OWN_MACHINE.fullmatch(self.host) is not None


def read(address: str) -> Target:
    """Read an address, however mail programs bent it; WrongUseError if it is none of a survey."""
    text = address.strip().strip("<>\"'“”")
    if "://" not in text:
        text = f"https://{text}"
    found = _ADDRESS.match(text)
    if found is None:
        raise WrongUseError(
            "This is no address of a Team Health survey, which has /a/ and the survey's name after "
            "the server's, such as https://survey.example.org/a/spring. Nothing was asked."
        )
    origin = f"{found['scheme']}://{found['host']}".lower()
    return Target(origin, found["survey"].lower().rstrip("-"), links.read(text))
