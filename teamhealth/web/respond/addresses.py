"""Reading the address of a page: which survey, which thing, and nothing more.

Mail gateways bend links (``%23``, ``%2523``, a trailing dot or bracket), so whatever
follows the survey is ignored. Promise: that rest, which may hold a code, is not kept,
not logged and not sent back.
"""

import enum
import re
from dataclasses import dataclass

PREFIX = "/a/"

_SURVEY = re.compile(
    r"/a/(?P<survey>[A-Za-z0-9-]{1,40})(?![A-Za-z0-9-])"
    r"(?:/(?P<thing>(?i:kiosk|plain))(?![A-Za-z0-9_-]))?"
    r"(?:/(?P<language>[A-Za-z]{2,3})(?![A-Za-z0-9_.-]*[A-Za-z0-9]))?"
)
_DATA = re.compile(r"/a/(?P<survey>[a-z0-9-]{1,40})/(?P<thing>manifest|status|audit)\.json")
_FILE = re.compile(r"/a/_s/(?P<digest>[0-9a-f]{64})/(?P<name>[a-z0-9][a-z0-9._-]{0,79})")
_DONE = re.compile(r"/a/done(?:/(?P<language>[A-Za-z]{2,3}))?/?")


class Thing(enum.Enum):
    """What can be fetched at this door."""

    PAGE = "page"
    KIOSK = "kiosk"
    PLAIN = "plain"
    MANIFEST = "manifest"
    STATUS = "status"
    AUDIT = "audit"
    FILE = "file"
    DONE = "done"
    DOORSTEP = "doorstep"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for; ``language`` is as asked and may not be offered."""

    thing: Thing
    survey: str = ""
    language: str = ""
    digest: str = ""
    name: str = ""

    @property
    def is_page(self) -> bool:
        """Tell whether people read it, in a language of the survey."""
        return self.thing in (Thing.PAGE, Thing.KIOSK, Thing.PLAIN)

    @property
    def is_data(self) -> bool:
        """Tell whether a script asks, which wants JSON even where it is refused."""
        return self.thing in (Thing.MANIFEST, Thing.STATUS, Thing.AUDIT)


def read(path: str) -> Address:
    """Read a path, decoded once, as the server got it.

    A survey's id may be typed in capitals, and hyphens may trail it.
    """
    if path in ("/a", "/a/"):
        return Address(Thing.DOORSTEP)
    if found := _DATA.fullmatch(path):
        return Address(Thing(found["thing"]), survey=found["survey"])
    if found := _FILE.fullmatch(path):
        return Address(Thing.FILE, digest=found["digest"], name=found["name"])
    if found := _DONE.fullmatch(path):
        return Address(Thing.DONE, language=(found["language"] or "").lower())
    if found := _SURVEY.match(path):
        return Address(
            Thing((found["thing"] or "page").lower()),
            survey=found["survey"].lower().rstrip("-"),
            language=(found["language"] or "").lower(),
        )
    return Address(Thing.UNKNOWN)
